import { compile, type FormatCallback } from 'html-to-text';
import { withoutFiller } from './filler.js';
import { visibleHtml } from './visible-html.js';

/** Twenty times what Gmail itself shows before it clips a message. */
const maxHtmlChars = 2_000_000;
const cutNotice = '\n\n[The rest of this very long HTML message is left out]';

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
 * alternative text, and nothing that a reader would not see. Time and depth are bounded whatever comes in.
 */
export function htmlToText(html: string): string {
  const text = convert(visibleHtml(convertedPart(html)));
  const lines = withoutFiller(text).split('\n').map(finishLine);
  const finished = lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
  return html.length > maxHtmlChars ? finished + cutNotice : finished;
}

/** What of a document is converted at all. */
export function convertedPart(html: string): string {
  return html.slice(0, maxHtmlChars).replaceAll(cellMark, '');
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
