import type { DocumentText } from '../archives/document-text.js';
import { Unreadable } from '../archives/unreadable.js';
import { type Attributes, attribute, readXml, type XmlHandler } from '../archives/xml-events.js';
import type { ZipArchive } from '../archives/zip-archive.js';

/** A repeated cell or row with content, so often; the format allows two thousand million. */
const mostRepeats = 100;
const mostSpaces = 100;
const mostStyles = 100_000;

/**
 * Reads a text, a table or a presentation in the OpenDocument format (OASIS ODF 1.3): its text as it stands with all
 * changes accepted, comments and notes in their places. Hidden tables and slides are told and left out.
 * @throws Unreadable when it is encrypted
 */
export async function readOpenDocument(zip: ZipArchive, text: DocumentText): Promise<void> {
  if (await isEncrypted(zip)) throw new Unreadable('encrypted');
  await readXml(zip.bytesOf('content.xml'), new ContentText(text));
  text.section('--- headers and footers ---');
  await readXml(zip.bytesOf('styles.xml'), new HeaderText(text));
}

async function isEncrypted(zip: ZipArchive): Promise<boolean> {
  let encrypted = false;
  await readXml(zip.bytesOf('META-INF/manifest.xml'), {
    open: (name) => {
      if (name === 'encryption-data') encrypted = true;
    },
  });
  return encrypted;
}

const paragraphs = new Set(['p', 'h']);

class ContentText implements XmlHandler {
  /** Deleted text, forms' settings, what draws an object that cannot be shown. */
  readonly skipped = new Set(['tracked-changes', 'forms', 'desc', 'title', 'table-columns', 'shapes']);
  private readonly hiddenStyles = new Set<string>();
  private style = '';
  private paragraphDepth = 0;
  private slides = 0;
  private isSpreadsheet = false;
  private annotations = 0;
  /** Inside of what a comment says of itself: when it was written. */
  private isMuted = false;
  /** Inside of a table or slide that is not shown. */
  private hidden: string | null = null;
  private tables = 0;
  private emptyCells = 0;
  private cell = '';
  private repeats = 1;
  private rowRepeats = 1;
  private rowHasText = false;

  constructor(private readonly out: DocumentText) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'style') this.style = attribute(attributes, 'name') ?? '';
    else if (hides(name, attributes)) this.hide(this.style);
    else if (this.hidden === null) this.openShown(name, attributes);
  }

  text(text: string): void {
    const isShown = this.paragraphDepth > 0 || this.annotations > 0;
    if (this.hidden === null && isShown && !this.isMuted) this.write(text);
  }

  close(name: string): void {
    if (this.hidden !== null) {
      if (name === this.hidden) this.hidden = null;
    } else if (name === 'table-cell') this.closeCell();
    else if (name === 'table-row') this.closeRow();
    else if (name === 'table') this.closeTable();
    else this.closeText(name);
  }

  private closeText(name: string): void {
    this.isMuted = false;
    if (paragraphs.has(name)) this.closeParagraph();
    else if (name === 'creator' && this.annotations > 0) this.write(': ');
    else if (name === 'note') this.write(']');
    else if (name === 'note-citation') this.write(': ');
    else if (name === 'annotation') {
      this.annotations = Math.max(this.annotations - 1, 0);
      this.write(']');
    }
  }

  private openShown(name: string, attributes: Attributes): void {
    if (name === 'spreadsheet') this.isSpreadsheet = true;
    else if (name === 'page') this.openSlide(attributes);
    else if (name === 'table') this.openTable(attributes);
    else if (name === 'table-row') this.openRow(attributes);
    else if (name === 'table-cell' || name === 'covered-table-cell') this.openCell(name, attributes);
    else this.openText(name, attributes);
  }

  private openText(name: string, attributes: Attributes): void {
    if (paragraphs.has(name)) this.paragraphDepth += 1;
    else if (this.annotations > 0) this.isMuted = name === 'date' || name === 'creator-initials';
    else if (name === 's') this.write(' '.repeat(repeatsOf(attributes, 'c', mostSpaces)));
    else if (name === 'tab') this.write('\t');
    else if (name === 'line-break') this.endLine();
    else if (name === 'list-item') this.write('- ');
    else if (name === 'note') this.write(' [note ');
    else if (name === 'notes') this.out.section('Notes:');
    else if (name === 'annotation') {
      this.annotations += 1;
      this.write(' [comment by ');
    }
  }

  /** Cells are written when they end, as often as they are repeated. */
  private write(text: string): void {
    if (this.tables === 0) this.out.write(text);
    else this.cell = (this.cell + text).slice(0, this.out.room);
  }

  private endLine(): void {
    if (this.tables === 0) this.out.endLine();
    else this.write(' ');
  }

  private closeParagraph(): void {
    this.paragraphDepth = Math.max(this.paragraphDepth - 1, 0);
    // A comment or a note stands in the line that it is about.
    if (this.paragraphDepth > 0 || this.annotations > 0) this.write(' ');
    else this.endLine();
  }

  private hide(style: string): void {
    if (this.hiddenStyles.size < mostStyles) this.hiddenStyles.add(style);
  }

  private openSlide(attributes: Attributes): void {
    this.slides += 1;
    const isHidden = this.hiddenStyles.has(attribute(attributes, 'style-name') ?? '');
    this.out.mark(`--- slide ${this.slides}${isHidden ? ': hidden, left out' : ''} ---`);
    if (isHidden) this.hidden = 'page';
  }

  private openTable(attributes: Attributes): void {
    const isSheet = this.isSpreadsheet && this.tables === 0;
    const isHidden = this.hiddenStyles.has(attribute(attributes, 'style-name') ?? '');
    const name = attribute(attributes, 'name') ?? '';
    if (isSheet) this.out.mark(`--- table "${name}"${isHidden ? ': hidden, left out' : ''} ---`);
    if (isHidden && isSheet) this.hidden = 'table';
    else {
      if (this.tables === 0) this.out.openTable();
      this.tables += 1;
    }
  }

  private openRow(attributes: Attributes): void {
    if (this.tables > 1) return;
    this.rowRepeats = repeatsOf(attributes, 'number-rows-repeated', Number.MAX_SAFE_INTEGER);
    this.rowHasText = false;
  }

  private openCell(name: string, attributes: Attributes): void {
    this.repeats = repeatsOf(attributes, 'number-columns-repeated', Number.MAX_SAFE_INTEGER);
    if (this.tables === 1) this.cell = '';
    if (name === 'covered-table-cell') this.emptyCells += this.repeats;
  }

  private closeCell(): void {
    if (this.tables > 1) {
      this.write(' ');
      return;
    }
    if (this.cell.trim() === '') {
      this.emptyCells += this.repeats;
      return;
    }
    for (let each = Math.min(this.repeats, mostRepeats); each > 0; each -= 1) {
      this.out.write(this.cell);
      this.out.closeCell(this.emptyCells);
      this.emptyCells = 0;
    }
    this.rowHasText = true;
    this.cell = '';
  }

  private closeRow(): void {
    if (this.tables > 1) return;
    if (this.rowRepeats > 1 && this.rowHasText) {
      this.out.write(`[${this.rowRepeats} such rows]`);
      this.out.closeCell();
    }
    this.out.closeRow();
    this.emptyCells = 0;
  }

  private closeTable(): void {
    this.tables = Math.max(this.tables - 1, 0);
    if (this.tables === 0) this.out.closeTable();
  }
}

/** The headers and footers of the pages, which stand with their styles. */
class HeaderText implements XmlHandler {
  private depth = 0;

  constructor(private readonly out: DocumentText) {}

  open(name: string): void {
    if (/^(?:header|footer)(?:-left|-first)?$/.test(name)) this.depth += 1;
  }

  text(text: string): void {
    if (this.depth > 0) this.out.write(text);
  }

  close(name: string): void {
    if (this.depth > 0 && paragraphs.has(name)) this.out.endLine();
    if (/^(?:header|footer)(?:-left|-first)?$/.test(name)) this.depth -= 1;
  }
}

/** Whether it says of a style that what bears it is not shown. */
function hides(name: string, attributes: Attributes): boolean {
  if (name === 'table-properties') return attribute(attributes, 'display') === 'false';
  return name === 'drawing-page-properties' && attribute(attributes, 'visibility') === 'hidden';
}

function repeatsOf(attributes: Attributes, name: string, most: number): number {
  const repeats = Number(attribute(attributes, name) ?? '1');
  return Number.isSafeInteger(repeats) && repeats > 0 ? Math.min(repeats, most) : 1;
}
