import { compile, type FormatCallback } from 'html-to-text';
import { withoutFiller } from './filler.js';
import { visibleHtml } from './visible-html.js';
import type { WorkBudget } from './work-budget.js';

/** Marks where a table's cell begins, until the whole line is known. */
const cellMark = '\ue000';

function markedCell(...[element, walk, builder]: Parameters<FormatCallback>): void {
  builder.addInline(` ${cellMark} `);
  walk(element.children, builder);
}

const blocks = 'address caption center dd dl dt fieldset figcaption figure legend tr'.split(' ');
const convert = compile({
  baseElements: { selectors: [] },
  wordwrap: false,
  formatters: { markedCell },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
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
    ...['td', 'th'].map((selector) => ({ selector, format: 'markedCell' })),
  ],
});

/**
 * An HTML mail as text: links as `text [target]`, the cells of a table's row separated by ` | `, images by their
 * alternative text, and nothing that a reader would not see. The budget bounds what it costs, and is told what was left
 * out for that.
 */
export function htmlToText(html: string, budget: WorkBudget): string {
  const text = convert(visibleHtml(html, budget).replaceAll(cellMark, ''));
  const lines = withoutFiller(text).split('\n').map(finishLine);
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

/** Layout tables leave empty cells and cells alone on their line; only filled neighbours are told apart. */
function finishLine(line: string): string {
  if (!line.includes(cellMark)) return line.trimEnd();
  return line
    .split(cellMark)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' | ');
}
