import { parseHtml } from './bounded-parser.js';
import type { WorkBudget } from './work-budget.js';

/** More style than this is not read: css-tree's buffers grow with its largest input, and stay so. */
const maxStyleChars = 128_000;

/** The style sheets of a document; null if they are too long or nested too deep to be read whole. */
export function styleBlocks(html: string, budget: WorkBudget): string | null {
  if (!/<style/i.test(html)) return '';
  const read = { css: [] as string[], chars: 0, inStyle: false, cutByDepth: false };
  parseHtml(html, {
    onOpen: (name) => (read.inStyle = name === 'style'),
    onText: (text) => {
      if (!read.inStyle) return;
      read.chars += text.length;
      if (read.chars <= maxStyleChars) read.css.push(text);
    },
    onClose: () => (read.inStyle = false),
    onTooDeep: () => {
      read.cutByDepth ||= read.inStyle;
      read.inStyle = false;
    },
  });
  if (read.cutByDepth) budget.leftOut.add('depth');
  if (read.chars > maxStyleChars) budget.leftOut.add('styleSize');
  const complete = !read.cutByDepth && read.chars <= maxStyleChars;
  return complete ? read.css.join('').replaceAll(/<!--|-->/g, '') : null;
}
