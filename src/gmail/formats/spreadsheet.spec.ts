import { describe, expect, it } from '@jest/globals';
import { shownNumber } from './cell-value.js';
import { xlsx } from './office.fixture.js';
import { readDocument } from './read-document.js';

async function rowsOf(rows: string, parts = {}): Promise<string> {
  const reading = await readDocument(xlsx([{ name: 'S', rows }], parts));
  if ('unreadable' in reading) return reading.unreadable;
  return reading.text.replace('--- sheet "S" ---', '').trim();
}

const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;€&quot;"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs>';

describe('a workbook', () => {
  it('is read with the values that its cells show', async () => {
    const strings =
      '<si><t>Item</t></si><si><r><t>Rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si>';
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>In line</t></is></c></row>' +
      '<row r="2"><c r="A2" s="1"><v>46100</v></c><c r="B2" s="2"><f>SUM(B3:B9)</f><v>1234.5</v></c><c r="C2" s="3"><v>0.0725</v></c></row>' +
      '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#DIV/0!</v></c><c r="C3" t="str"><f>A1</f><v>shown</v></c></row>' +
      '<row r="4"><c r="A4"><f>1+1</f></c><c r="B4"><v>0.1</v></c></row>';
    expect(await rowsOf(rows, { strings, styles })).toBe(
      [
        'Item | Rich text | In line',
        '2026-03-19 | 1,234.50 € | 7.25%',
        'TRUE | #DIV/0! | shown',
        '=1+1 | 0.1',
      ].join('\n'),
    );
  });

  it('keeps its columns where cells are empty or merged, and rows that name no cells', async () => {
    const rows =
      '<row><c r="A1"><v>1</v></c><c r="B1"/><c r="D1"><v>4</v></c></row><row/>' +
      '<row><c><v>5</v></c><c><v>6</v></c></row><row><c r="XFD9"><v>7</v></c></row>';
    const read = (await rowsOf(rows)).split('\n');
    expect(read.slice(0, 2)).toEqual(['1 |  |  | 4', '5 | 6']);
    expect(read[2]?.replaceAll(/[| ]/g, '')).toBe('7');
    expect(read[2]?.length).toBeLessThan(200);
  });

  it('is read sheet by sheet, hidden ones told', async () => {
    const rows = '<row><c r="A1"><v>1</v></c></row>';
    const bytes = xlsx([
      { name: 'First &amp; last', rows },
      { name: 'Rates', state: 'hidden', rows },
      { name: 'Lists', state: 'veryHidden', rows },
    ]);
    expect(await readDocument(bytes)).toEqual({
      text:
        '--- sheet "First & last" ---\n1\n\n--- sheet "Rates": hidden, left out ---\n\n' +
        '--- sheet "Lists": hidden, left out ---',
    });
  });

  it('counts its days from 1904 where it says so', async () => {
    const rows = '<row><c r="A1" s="1"><v>44638</v></c></row>';
    expect(await rowsOf(rows, { styles, workbook: '<workbookPr date1904="1"/>' })).toBe('2026-03-19');
  });
});

describe('a number in a cell', () => {
  it.each([
    ['46100', 'General', '46100'],
    ['0.30000000000000004', 'General', '0.3'],
    ['46100', 'dd/mm/yyyy', '2026-03-19'],
    ['46100.75', '[$-407]d. mmmm yyyy h:mm;@', '2026-03-19 18:00'],
    ['46100.9999999999', 'yyyy-mm-dd hh:mm:ss', '2026-03-20 00:00'],
    ['0.5', 'h:mm AM/PM', '12:00'],
    ['1.5', '[h]:mm', '36:00'],
    ['-3.14', '0.0;(0.0)', '(3.1)'],
    ['7', '"#"0', '#7'],
    ['7', '0"', '7'],
    ['7', '0'.repeat(300), '7'],
    ['not a number', '0.00', 'not a number'],
    ['1e999', '0.00', '1e999'],
    ['-5', 'yyyy-mm-dd', '-5'],
  ])('%s in the format %j is %s', (value, pattern, shown) => {
    expect(shownNumber(value, pattern, false)).toBe(shown);
  });
});
