import { Unreadable } from '../archives/unreadable.js';
import { attribute, readXml } from '../archives/xml-events.js';
import type { ZipArchive } from '../archives/zip-archive.js';

/** Formats that are not written out in a file (ECMA-376, part 1, section 18.8.30); dates of all countries are one. */
const builtInFormats: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  18: 'hh:mm',
  19: 'hh:mm:ss',
  20: 'hh:mm',
  21: 'hh:mm:ss',
  22: 'yyyy-mm-dd hh:mm',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  48: '##0.0E+0',
};
const mostFormats = 100_000;
/** The texts of a workbook are held as long as it is read. */
const mostStrings = 1_000_000;
const mostStringChars = 20_000_000;
const general = 'General';
const aDate = 'yyyy-mm-dd';

/**
 * The number format of each cell style, in the order in which cells name them.
 * @throws Unreadable when there are too many
 */
export async function cellFormats(zip: ZipArchive, part: string): Promise<string[]> {
  const own = new Map<number, string>();
  const formats: string[] = [];
  let isCellStyle = false;
  await readXml(zip.bytesOf(part), {
    open: (name, attributes) => {
      if (own.size + formats.length > mostFormats) throw new Unreadable('too_large');
      const id = Number(attributes.numFmtId ?? '0');
      if (name === 'numFmt') own.set(id, attributes.formatCode ?? general);
      if (name === 'cellXfs') isCellStyle = true;
      if (name === 'xf' && isCellStyle) formats.push(own.get(id) ?? builtInFormat(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  return formats;
}

function builtInFormat(id: number): string {
  const isDate = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return isDate ? aDate : (builtInFormats[id] ?? general);
}

/**
 * The texts that cells name by their number.
 * @throws Unreadable when there are too many, or too long ones
 */
export async function sharedStrings(zip: ZipArchive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let chars = 0;
  await readXml(zip.bytesOf(part), {
    // The readings of East Asian words.
    skipped: new Set(['rPh']),
    open: (name) => {
      if (name === 'si') text = '';
      isText = name === 't';
    },
    text: (piece) => {
      if (!isText) return;
      chars += piece.length;
      if (chars > mostStringChars) throw new Unreadable('too_large');
      text += piece;
    },
    close: (name) => {
      if (name === 'si') strings.push(text);
      if (strings.length > mostStrings) throw new Unreadable('too_large');
      isText = false;
    },
  });
  return strings;
}

/** Whether the workbook counts its days from 1904 (ECMA-376, part 1, section 18.2.28). */
export async function countsFrom1904(zip: ZipArchive, part: string): Promise<boolean> {
  let from1904 = false;
  await readXml(zip.bytesOf(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '');
    },
  });
  return from1904;
}
