import type { DocumentText } from '../archives/document-text.js';
import { listedParts, relationshipsOf } from '../archives/open-packaging.js';
import { readXml, type XmlHandler } from '../archives/xml-events.js';
import type { ZipArchive } from '../archives/zip-archive.js';

/**
 * Reads a presentation (ECMA-376, part 1, section 19): the text of each slide, of its diagrams, and its notes. A hidden
 * slide is told and left out.
 */
export async function readSlides(zip: ZipArchive, main: string, text: DocumentText): Promise<void> {
  const slides = await listedParts(zip, main, 'sldId');
  for (const [index, { target }] of slides.entries()) {
    const heading = `--- slide ${index + 1} of ${slides.length}`;
    if (await isHidden(zip, target)) {
      text.mark(`${heading}: hidden, left out ---`);
      continue;
    }
    text.mark(`${heading} ---`);
    await readXml(zip.bytesOf(target), new SlideText(text));
    const related = await relationshipsOf(zip, target);
    for (const { target: diagram } of related.filter(({ type }) => type === 'diagramData'))
      await readXml(zip.bytesOf(diagram), new SlideText(text));
    for (const { target: notes } of related.filter(({ type }) => type === 'notesSlide')) {
      text.section('Notes:');
      await readXml(zip.bytesOf(notes), new SlideText(text));
    }
  }
}

async function isHidden(zip: ZipArchive, slide: string): Promise<boolean> {
  let hidden = false;
  await readXml(zip.bytesOf(slide), {
    open: (name, { show }) => {
      if (name === 'sld') hidden = show === '0' || show === 'false';
    },
  });
  return hidden;
}

class SlideText implements XmlHandler {
  /** What older programs show instead, and fields: the number of the slide. */
  readonly skipped = new Set(['Fallback', 'fld']);
  private isText = false;

  constructor(private readonly out: DocumentText) {}

  open(name: string): void {
    if (name === 't') this.isText = true;
    else if (name === 'tbl') this.out.openTable();
    else if (name === 'br') this.out.endLine();
  }

  text(text: string): void {
    if (this.isText) this.out.write(text);
  }

  close(name: string): void {
    if (name === 't') this.isText = false;
    else if (name === 'p') this.out.endLine();
    else if (name === 'tc') this.out.closeCell();
    else if (name === 'tr') this.out.closeRow();
    else if (name === 'tbl') this.out.closeTable();
  }
}
