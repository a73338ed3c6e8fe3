import { attributeOf, elementsBelow, type HtmlElement, isElement, isTextNode } from '../tree/html-tree.js';
import type { WorkBudget } from '../tree/work-budget.js';

/** Cells of data are short; longer ones hold columns of text. */
const mostCharsOfData = 200;
export const mostSpan = 50;
const nodesOfStep = 8;
const sections = new Set(['thead', 'tbody', 'tfoot']);
const columnContent = new Set('h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre hr'.split(' '));

/**
 * Whether a table says something by its rows and columns, and does not only place things on the page. Most of those in
 * mail do, whatever they are marked as: nested ones, those of one row, those with long texts. False where the budget
 * does not suffice.
 */
export function isDataTable(table: HtmlElement, budget: WorkBudget): boolean {
  const rows = rowsOf(table).map(cellsOf);
  if (rows.every((cells) => cells.length < 2) || hasNestedTable(table, budget)) return false;
  const filled = rows.map((cells) => cells.filter((cell) => textLength(cell, 1, budget) > 0));
  if (isMarkedAsData(table, rows)) return filled.some((cells) => cells.length >= 2);
  return filled.filter((cells) => cells.length >= 2).length >= 2 && rows.flat().every(isShort(budget));
}

export function rowsOf(table: HtmlElement): HtmlElement[] {
  return table.childNodes.filter(isElement).flatMap((child) => {
    if (child.tagName === 'tr') return [child];
    return sections.has(child.tagName) ? child.childNodes.filter(isElement) : [];
  });
}

export function cellsOf(row: HtmlElement): HtmlElement[] {
  return row.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'td' || tagName === 'th');
}

function hasNestedTable(table: HtmlElement, budget: WorkBudget): boolean {
  let seen = 0;
  for (const { tagName } of elementsBelow(table)) {
    seen += 1;
    if (tagName === 'table' || (seen % nodesOfStep === 0 && !budget.spend(1))) return true;
  }
  return false;
}

function isMarkedAsData(table: HtmlElement, rows: readonly HtmlElement[][]): boolean {
  if (/^(?:presentation|none)$/.test(attributeOf(table, 'role'))) return false;
  if (Number.parseInt(attributeOf(table, 'border')) > 0) return true;
  if (table.childNodes.some(({ nodeName }) => nodeName === 'caption' || nodeName === 'thead')) return true;
  return rows.flat().some(({ tagName }) => tagName === 'th');
}

function isShort(budget: WorkBudget): (cell: HtmlElement) => boolean {
  return (cell) => {
    if (textLength(cell, mostCharsOfData + 1, budget) > mostCharsOfData) return false;
    for (const { tagName } of elementsBelow(cell)) if (columnContent.has(tagName)) return false;
    return true;
  };
}

/** How many characters of text and alternative text there are, blanks apart, counted no further than a limit. */
export function textLength(element: HtmlElement, limit: number, budget: WorkBudget): number {
  let length = 0;
  let seen = 0;
  for (const each of [element, ...elementsBelow(element)]) {
    seen += 1;
    if (seen % nodesOfStep === 0 && !budget.spend(1)) return limit;
    if (each.tagName === 'style') continue;
    if (each.tagName === 'img') length += attributeOf(each, 'alt').trim().length;
    for (const child of each.childNodes) if (isTextNode(child)) length += child.value.trim().length;
    if (length >= limit) return limit;
  }
  return length;
}

/** The cells of a table by their rows and columns (HTML Standard, section 4.9.12.1). */
export class DataRows {
  private readonly rows: string[][] = [];
  /** By column: for how many more rows a cell reaches down, and what it says. */
  private reaching: { rows: number; text: string }[] = [];

  beginRow(): void {
    this.rows.push([]);
  }

  /** What spans rows is said in each of them; what spans columns once, with empty ones behind. */
  add(cell: HtmlElement, text: string): void {
    if (this.rows.length === 0) this.beginRow();
    const row = this.rows.at(-1) ?? [];
    this.fillFromAbove(row);
    const rowsBelow = span(cell, 'rowspan') - 1;
    const columns = span(cell, 'colspan');
    for (let column = 0; column < columns; column += 1) {
      const said = column === 0 ? text : '';
      if (rowsBelow > 0) this.reaching[row.length] = { rows: rowsBelow, text: said };
      row.push(said);
    }
  }

  endRow(): void {
    this.fillFromAbove(this.rows.at(-1) ?? []);
  }

  /** Without rows that are empty, and columns that are empty in every row. */
  filled(): string[][] {
    const rows = this.rows.filter((row) => row.some((text) => text !== ''));
    const columns = Math.max(0, ...rows.map((row) => row.length));
    const kept = Array.from({ length: columns }, (_, column) => column).filter((column) =>
      rows.some((row) => (row[column] ?? '') !== ''),
    );
    return rows.map((row) => kept.map((column) => row[column] ?? ''));
  }

  private fillFromAbove(row: string[]): void {
    for (let above = this.reaching[row.length]; above !== undefined && above.rows > 0;) {
      above.rows -= 1;
      row.push(above.text);
      above = this.reaching[row.length];
    }
  }
}

export function span(cell: HtmlElement, name: 'rowspan' | 'colspan'): number {
  const number = Number.parseInt(attributeOf(cell, name));
  return Number.isNaN(number) ? 1 : Math.min(Math.max(number, 1), mostSpan);
}
