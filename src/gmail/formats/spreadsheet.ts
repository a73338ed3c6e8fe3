import type { DocumentText } from '../archives/document-text.js';
import { listedParts, relationshipsOf } from '../archives/open-packaging.js';
import { type Attributes, readXml, type XmlHandler } from '../archives/xml-events.js';
import type { ZipArchive } from '../archives/zip-archive.js';
import { shownNumber } from './cell-value.js';
import { cellFormats, countsFrom1904, sharedStrings } from './workbook-parts.js';

/** What Excel lets stand in a cell, and some more. */
const longestCell = 100_000;

/** What cells name by numbers. */
interface Workbook {
  strings: readonly string[];
  formats: readonly string[];
  is1904: boolean;
}

/**
 * Reads a workbook (ECMA-376, part 1, section 18): each sheet's rows as its cells show them, formulas by the value
 * that they had when the file was saved. A hidden sheet is told and left out.
 */
export async function readSpreadsheet(zip: ZipArchive, main: string, text: DocumentText): Promise<void> {
  const related = await relationshipsOf(zip, main);
  const part = (wanted: string): string => related.find(({ type }) => type === wanted)?.target ?? '';
  const workbook: Workbook = {
    strings: await sharedStrings(zip, part('sharedStrings')),
    formats: await cellFormats(zip, part('styles')),
    is1904: await countsFrom1904(zip, main),
  };
  for (const { name, isHidden, target } of await listedParts(zip, main, 'sheet')) {
    text.mark(`--- sheet "${name}"${isHidden ? ': hidden, left out' : ''} ---`);
    if (!isHidden) await readXml(zip.bytesOf(target), new SheetText(workbook, text));
  }
}

class SheetText implements XmlHandler {
  /** The readings of East Asian words, and what stands around the cells. */
  readonly skipped = new Set(['rPh', 'headerFooter', 'extLst']);
  private cell: Attributes = {};
  private column = 0;
  private taken: 'value' | 'formula' | null = null;
  private value = '';
  private formula = '';
  private isInTable = false;

  constructor(
    private readonly workbook: Workbook,
    private readonly out: DocumentText,
  ) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'sheetData') this.begin();
    else if (name === 'row') this.column = 0;
    else if (name === 'c') {
      this.cell = attributes;
      this.value = '';
      this.formula = '';
    } else if (name === 'v' || name === 't') this.taken = 'value';
    else if (name === 'f') this.taken = 'formula';
  }

  text(text: string): void {
    if (this.taken === 'value') this.value = cut(this.value, text);
    else if (this.taken === 'formula') this.formula = cut(this.formula, text);
  }

  close(name: string): void {
    this.taken = null;
    if (name === 'c') this.endCell();
    else if (name === 'row') this.out.closeRow();
    else if (name === 'sheetData' && this.isInTable) this.out.closeTable();
  }

  private begin(): void {
    this.isInTable = true;
    this.out.openTable();
  }

  private endCell(): void {
    const shown = this.shown();
    if (shown === '') return;
    const column = columnOf(this.cell.r ?? '') ?? this.column + 1;
    this.out.write(shown);
    this.out.closeCell(Math.max(column - this.column - 1, 0));
    this.column = column;
  }

  /** A program that computes nothing saves formulas without their values. */
  private shown(): string {
    const { value, formula, workbook, cell } = this;
    if (value === '') return formula === '' ? '' : `=${formula}`;
    if (cell.t === 's') return workbook.strings[Number(value)] ?? '';
    if (cell.t === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (cell.t !== undefined && cell.t !== 'n') return value;
    return shownNumber(value, workbook.formats[Number(cell.s ?? '0')] ?? 'General', workbook.is1904);
  }
}

function cut(text: string, more: string): string {
  return text.length < longestCell ? text + more.slice(0, longestCell) : text;
}

/** The number of a cell's column, from 1: `AB7` is in the 28th. */
function columnOf(reference: string): number | null {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0];
  if (letters === undefined) return null;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
