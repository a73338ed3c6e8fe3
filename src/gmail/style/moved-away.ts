import type { HtmlElement } from '../tree/html-tree.js';
import type { Value } from '../declarations/computed-values.js';
import { isInline, isPositioned } from './hidden-box.js';
import { lengthPx } from '../declarations/lengths.js';
import type { Transformation } from './transforms.js';

const farPx = 1_000;
const farToTheRightPx = 5_000;
/** The width and height of the window, as far as a percentage refers to them. */
const windowPx = { across: 1_000, along: 700 };

/** Whether an element is drawn where no window reaches. */
export function isMovedAway(element: HtmlElement, value: Value, moved: Transformation): boolean {
  const [right, down] = positionOf(value);
  if (right <= -farPx || down <= -farPx || right >= farToTheRightPx || down >= farToTheRightPx) return true;
  if (['margin-left', 'margin-top'].some((side) => (lengthPx(value(side)) ?? 0) <= -farPx)) return true;
  if (isInline(element, value)) return false;
  return [moved.right, moved.down].some((px) => px <= -farPx || px >= farToTheRightPx);
}

/** By `position`, how far to the right and down of where it would be else (CSS Positioned Layout 3, section 3). */
function positionOf(value: Value): [right: number, down: number] {
  if (!/^(?:absolute|fixed|relative)$/.test(value('position'))) return [0, 0];
  return [
    along(value, ['left', 'margin-left', 'right', 'margin-right'], windowPx.across),
    along(value, ['top', 'margin-top', 'bottom', 'margin-bottom'], windowPx.along),
  ];
}

type Sides = readonly [start: string, startMargin: string, end: string, endMargin: string];

function along(value: Value, [start, startMargin, end, endMargin]: Sides, wholePx: number): number {
  const px = (property: string): number | null => lengthPx(value(property), undefined, wholePx);
  const fromStart = px(start);
  // Percentages of a height that is not known move what stays in the flow by nothing.
  if (fromStart !== null) {
    if (!isPositioned(value) && value(start).endsWith('%') && start === 'top') return 0;
    return fromStart + (px(startMargin) ?? 0);
  }
  const fromEnd = px(end);
  if (fromEnd === null) return 0;
  return -(fromEnd + (px(endMargin) ?? 0));
}
