import { compile } from 'html-to-text';
import { Anchors } from '../links/anchors.js';
import { withoutFiller } from './filler.js';
import { visibleHtml } from './visible-html.js';
import { cellMark, gapMark } from './visible-writer.js';
import type { WorkBudget } from '../tree/work-budget.js';

const blocks = 'address caption center dd dl dt fieldset figcaption figure legend tr'.split(' ');
const convert = compile({
  baseElements: { selectors: [] },
  wordwrap: false,
  // A zero-width space is none to a reader.
  whitespaceCharacters: ' \t\r\n\f',
  selectors: [
    { selector: 'table', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
    })),
    ...blocks.map((selector) => ({
      selector,
      format: 'block',
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
    })),
  ],
});

/**
 * An HTML mail as text: the cells of a row of data separated by ` | `, headings after `#`, struck text between `~~`,
 * images by their alternative text, and nothing that a reader would not see. Links are added to the anchors and marked
 * in the text; where none are given, they stand in it as `text [target]`. The budget bounds what it costs, and is told
 * what was left out for that.
 */
export function htmlToText(html: string, budget: WorkBudget, anchors?: Anchors): string {
  const found = anchors ?? new Anchors();
  const text = textOf(visibleHtml(html, budget, found));
  return anchors === undefined ? found.whole(text) : text;
}

function textOf(visible: string): string {
  const text = convert(visible);
  const lines = withoutFiller(text).split('\n').map(finishLine);
  return (
    lines
      .join('\n')
      // It keeps words together on a screen, and reads as a space.
      .replaceAll('\u00a0', ' ')
      .replaceAll(/\n{3,}/g, '\n\n')
      .replace(/^\n+/, '')
      .trimEnd()
  );
}

function finishLine(line: string): string {
  if (line.includes(cellMark)) return withCells(line.split(cellMark), ' | ').trimEnd();
  if (line.includes(gapMark))
    return withCells(
      line.split(gapMark).filter((cell) => cell.trim() !== ''),
      '  ',
    );
  return /^[>\s]*#{1,6}\s*$/.test(line) ? '' : line.trimEnd();
}

function withCells(cells: readonly string[], separator: string): string {
  return cells.map((cell) => cell.trim()).join(separator);
}
