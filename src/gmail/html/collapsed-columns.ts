import { attributeOf, type HtmlElement, isElement } from '../tree/html-tree.js';
import { cellsOf, mostSpan, rowsOf, span } from './tables.js';

/** Columns further right are of no mail. */
const mostColumns = 1_000;

/**
 * The cells of a table that stand in collapsed columns only, which takes them off the page (CSS 2.2, section 17.5.5).
 * A cell that reaches into a column which is shown is cut off at most.
 */
export function collapsedCells(
  table: HtmlElement,
  isCollapsed: (column: HtmlElement) => boolean,
): ReadonlySet<HtmlElement> {
  const collapsed = columnsOf(table, isCollapsed);
  const cells = new Set<HtmlElement>();
  if (!collapsed.includes(true)) return cells;
  /** By column: how many more rows a cell from above takes. */
  let taken: number[] = [];
  for (const row of rowsOf(table)) {
    const left = taken.map((rows) => Math.max(0, rows - 1));
    let column = 0;
    for (const cell of cellsOf(row)) {
      while ((taken[column] ?? 0) > 0) column += 1;
      const end = Math.min(column + span(cell, 'colspan'), mostColumns);
      const covered = collapsed.slice(column, end);
      if (covered.length > 0 && covered.length === end - column && !covered.includes(false)) cells.add(cell);
      for (; column < end; column += 1) left[column] = span(cell, 'rowspan') - 1;
    }
    taken = left;
  }
  return cells;
}

/** By column, whether it is collapsed. */
function columnsOf(table: HtmlElement, isCollapsed: (column: HtmlElement) => boolean): boolean[] {
  const columns: boolean[] = [];
  const add = (element: HtmlElement, is: boolean): void => {
    const width = Math.min(Math.max(Number.parseInt(attributeOf(element, 'span')) || 1, 1), mostSpan);
    for (let each = 0; each < width && columns.length < mostColumns; each += 1) columns.push(is);
  };
  for (const child of table.childNodes.filter(isElement)) {
    if (child.tagName === 'col') add(child, isCollapsed(child));
    if (child.tagName !== 'colgroup') continue;
    const inner = child.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'col');
    const whole = isCollapsed(child);
    if (inner.length === 0) add(child, whole);
    for (const column of inner) add(column, whole || isCollapsed(column));
  }
  return columns;
}
