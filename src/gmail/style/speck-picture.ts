import { attributeOf, type HtmlElement } from '../tree/html-tree.js';
import type { Value } from '../declarations/computed-values.js';
import { lengthPx } from '../declarations/lengths.js';

const speckPx = 3;

/** A tracking pixel, or a spacer. */
export function isSpeckPicture(element: HtmlElement, value: Value): boolean {
  if (element.tagName !== 'img') return false;
  const isSpeck = (length: string): boolean => (lengthPx(length) ?? Infinity) <= speckPx;
  return ['width', 'height'].some(
    (side) => isSpeck(value(side) || attributeOf(element, side).trim()) || isSpeck(value(`max-${side}`)),
  );
}
