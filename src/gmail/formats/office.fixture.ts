import { zipOfTexts } from '../archives/zip.fixture.js';

type Texts = Readonly<Record<string, string>>;

const office = 'application/vnd.openxmlformats-officedocument';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function contentTypes(types: Texts): string {
  const overrides = Object.entries(types).map(
    ([part, type]) => `<Override PartName="/${part}" ContentType="${office}.${type}+xml"/>`,
  );
  return `<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function rels(targets: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = targets.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${relationships}/${type}" Target="${target}"/>`,
  );
  return `<Relationships>${each.join('')}</Relationships>`;
}

/** A Word document, with further parts by the words of their content types: `footnotes`, `header`. */
export function docx(body: string, parts: Texts = {}): Buffer {
  const further = Object.fromEntries(
    Object.entries(parts).map(([type, xml]) => [`word/${type}1.xml`, `<w:x>${xml}</w:x>`]),
  );
  return zipOfTexts({
    '[Content_Types].xml': contentTypes({
      'word/document.xml': 'wordprocessingml.document.main',
      ...Object.fromEntries(
        Object.keys(parts).map((type) => [`word/${type}1.xml`, `wordprocessingml.${type}`]),
      ),
    }),
    'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`,
    ...further,
  });
}

/** A paragraph of one run. */
export function paragraph(text: string, properties = ''): string {
  return `<w:p><w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

interface Sheet {
  name: string;
  state?: string;
  rows: string;
}

/** A workbook with its texts and cell styles. */
export function xlsx(
  sheets: readonly Sheet[],
  { strings = '', styles = '', workbook = '' }: { strings?: string; styles?: string; workbook?: string } = {},
): Buffer {
  const listed = sheets.map(
    ({ name, state = 'visible' }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" state="${state}" r:id="rId${at + 1}"/>`,
  );
  const parts = sheets.map(({ rows }, at) => [
    `xl/worksheets/sheet${at + 1}.xml`,
    `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  ]);
  return zipOfTexts({
    '[Content_Types].xml': contentTypes({ 'xl/workbook.xml': 'spreadsheetml.sheet.main' }),
    'xl/workbook.xml': `<workbook>${workbook}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rels([
      ...sheets.map((_, at) => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`] as const),
      ['rId98', 'sharedStrings', '/xl/sharedStrings.xml'],
      ['rId99', 'styles', '../xl/styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...(Object.fromEntries(parts) as Texts),
  });
}

interface Slide {
  body: string;
  notes?: string;
  isHidden?: boolean;
}

/** A presentation whose slides lie in the archive in another order than they are shown. */
export function pptx(slides: readonly Slide[]): Buffer {
  const texts: Record<string, string> = {};
  for (const [at, { body, notes, isHidden = false }] of slides.entries()) {
    const file = `slide${slides.length - at}.xml`;
    texts[`ppt/slides/${file}`] = `<p:sld${isHidden ? ' show="0"' : ''}>${body}</p:sld>`;
    if (notes === undefined) continue;
    texts[`ppt/slides/_rels/${file}.rels`] = rels([['rId1', 'notesSlide', `../notesSlides/${file}`]]);
    texts[`ppt/notesSlides/${file}`] = `<p:notes>${notes}</p:notes>`;
  }
  const ids = slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`);
  return zipOfTexts({
    '[Content_Types].xml': contentTypes({ 'ppt/presentation.xml': 'presentationml.presentation.main' }),
    'ppt/presentation.xml': `<p:presentation><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': rels(
      slides.map((_, at) => [`rId${at + 1}`, 'slide', `slides/slide${slides.length - at}.xml`]),
    ),
    ...texts,
  });
}

export function slideText(text: string): string {
  return `<p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
}

/** A file in the OpenDocument format: what stands in its body, its automatic styles, its headers. */
export function openDocument(
  body: string,
  { styles = '', masters = '', manifest = '' }: { styles?: string; masters?: string; manifest?: string } = {},
): Buffer {
  return zipOfTexts({
    'content.xml': `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
    'styles.xml': `<office:document-styles>${masters}</office:document-styles>`,
    'META-INF/manifest.xml': `<manifest:manifest>${manifest}</manifest:manifest>`,
  });
}
