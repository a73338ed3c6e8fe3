import type { DocumentText } from '../archives/document-text.js';
import { type Attributes, attribute, readXml, type XmlHandler } from '../archives/xml-events.js';
import type { ZipArchive } from '../archives/zip-archive.js';

/** What stands around the text, by the end of its content type, in the order in which it is read. */
const sections: readonly (readonly [type: string, heading: string])[] = [
  ['footnotes+xml', '--- footnotes ---'],
  ['endnotes+xml', '--- endnotes ---'],
  ['comments+xml', '--- comments ---'],
  ['header+xml', '--- headers and footers ---'],
  ['footer+xml', '--- headers and footers ---'],
];

/**
 * Reads a Word document (ECMA-376, part 1, section 17): its text as it stands with all changes accepted, then its notes,
 * comments, headers and footers. Deleted and hidden text is left out.
 */
export async function readWord(
  zip: ZipArchive,
  main: string,
  types: ReadonlyMap<string, string>,
  text: DocumentText,
): Promise<void> {
  await readXml(zip.bytesOf(main), new WordText(text));
  for (const [type, heading] of sections) {
    const parts = [...types].filter(([, each]) => each.endsWith(type)).map(([part]) => part);
    for (const part of parts) {
      text.section(heading);
      await readXml(zip.bytesOf(part), new WordText(text));
    }
  }
}

/** Elements that stand for a character, or for a mark of ours. */
const marks: Readonly<Record<string, (attributes: Attributes) => string>> = {
  tab: () => '\t',
  noBreakHyphen: () => '-',
  numPr: () => '- ',
  footnoteReference: (attributes) => noteMark('', attributes),
  endnoteReference: (attributes) => noteMark('end ', attributes),
  commentReference: (attributes) => noteMark('comment ', attributes),
  comment: (attributes) => `${noteMark('comment ', attributes)} ${attribute(attributes, 'author') ?? ''}: `,
};

class WordText implements XmlHandler {
  /** Changes that took text away, what older programs show instead, tab stops, the readings of East Asian words. */
  readonly skipped = new Set(['del', 'moveFrom', 'Fallback', 'tabs', 'rt']);
  private isText = false;
  private isHidden = false;

  constructor(private readonly out: DocumentText) {}

  open(name: string, attributes: Attributes): void {
    if (name === 't') this.isText = true;
    else if (name === 'r') this.isHidden = false;
    else if (name === 'vanish') this.isHidden = isOn(attributes);
    else if (name === 'tbl') this.out.openTable();
    else if (name === 'br' || name === 'cr') this.out.endLine();
    else if (name === 'footnote' || name === 'endnote') this.openNote(name, attributes);
    else if (marks[name] !== undefined) this.out.write(marks[name](attributes));
  }

  text(text: string): void {
    if (this.isText && !this.isHidden) this.out.write(text);
  }

  close(name: string): void {
    if (name === 't') this.isText = false;
    else if (name === 'r') this.isHidden = false;
    else if (name === 'p') this.out.endLine();
    else if (name === 'tc') this.out.closeCell();
    else if (name === 'tr') this.out.closeRow();
    else if (name === 'tbl') this.out.closeTable();
  }

  /** The first two are the lines that divide notes from the text. */
  private openNote(name: string, attributes: Attributes): void {
    if (attribute(attributes, 'type') !== undefined) return;
    this.out.write(`${noteMark(name === 'endnote' ? 'end ' : '', attributes)} `);
  }
}

function noteMark(kind: string, attributes: Attributes): string {
  return `[${kind}${attribute(attributes, 'id') ?? ''}]`;
}

function isOn(attributes: Attributes): boolean {
  return !['0', 'false', 'off'].includes(attribute(attributes, 'val') ?? '');
}
