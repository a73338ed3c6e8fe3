/** A run of text on a page, as PDF.js tells it. */
export interface PageItem {
  str: string;
  /** https://developer.mozilla.org/docs/Web/API/DOMMatrix: scale and skew, then where it stands. */
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

/** As parts of the height of the letters. */
const gapOfWords = 0.15;
const gapOfColumns = 1.5;
const sameLine = 0.5;

interface Written {
  x: number;
  y: number;
}

/**
 * The lines of a page in the order in which they were written, which nearly all programs make the order of reading;
 * what stands apart on a line is divided by ` | `, as the cells of a table.
 */
export function pageLines(items: readonly PageItem[]): string {
  let text = '';
  let last: Written | null = null;
  for (const item of items) {
    if (item.str.trim() !== '') {
      text += between(last, item, text) + item.str;
      last = endOf(item);
    }
    if (item.hasEOL && !text.endsWith('\n')) {
      text += '\n';
      last = null;
    }
  }
  return text;
}

function between(last: Written | null, item: PageItem, text: string): string {
  if (last === null || text === '' || text.endsWith('\n')) return '';
  const { along, across } = distance(last, item);
  const height = sizeOf(item);
  if (Math.abs(across) > height * sameLine) return '\n';
  if (along > height * gapOfColumns) return ' | ';
  // Backwards is right to left, or another column.
  if (along < -height * gapOfColumns) return item.str.startsWith(' ') ? '' : ' ';
  return along > height * gapOfWords && !text.endsWith(' ') && !item.str.startsWith(' ') ? ' ' : '';
}

/** From the end of what was written, in the direction in which the item runs, however the page is turned. */
function distance(last: Written, item: PageItem): { along: number; across: number } {
  const [cos, sin] = directionOf(item);
  const dx = (item.transform[4] ?? 0) - last.x;
  const dy = (item.transform[5] ?? 0) - last.y;
  return { along: dx * cos + dy * sin, across: dy * cos - dx * sin };
}

function endOf(item: PageItem): Written {
  const [cos, sin] = directionOf(item);
  const [, , , , x = 0, y = 0] = item.transform;
  return { x: x + cos * item.width, y: y + sin * item.width };
}

function directionOf({ transform: [a = 1, b = 0] }: PageItem): [cos: number, sin: number] {
  const length = Math.hypot(a, b);
  return length === 0 ? [1, 0] : [a / length, b / length];
}

function sizeOf({ height, transform: [, , c = 0, d = 0] }: PageItem): number {
  return height > 0 ? height : Math.max(Math.hypot(c, d), 1);
}
