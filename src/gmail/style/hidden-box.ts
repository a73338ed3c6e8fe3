import { attributeOf, hasAttribute, type HtmlElement } from '../tree/html-tree.js';
import type { Value } from '../declarations/computed-values.js';
import { lengthPx } from '../declarations/lengths.js';

/** What is no larger holds no letter. */
const speckPx = 2;
/** Room for letters. */
const readablePx = 8;
const farPx = 1_000;
/** Width, height and clipping do not apply to boxes of these kinds (CSS 2.2, sections 10 and 11). */
const inline = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup tt u var'.split(
    ' ',
  ),
);
const growing = new Set('table thead tbody tfoot tr td th caption'.split(' '));

/** Whether an element is not shown, and nothing in it, whatever its descendants declare. */
export function hidesBox(element: HtmlElement, value: Value): boolean {
  const display = value('display');
  if (display === 'none' || (display === '' && isHiddenByItself(element))) return true;
  if (hidesContent(element, value)) return true;
  if (isPositioned(value) && value('clip').startsWith('rect(') && clipsAll(value('clip'))) return true;
  return clipsAll(value('clip-path')) || isClippedToNothing(element, value);
}

/** By its tag and attributes alone. */
function isHiddenByItself(element: HtmlElement): boolean {
  if (hasAttribute(element, 'hidden')) return attributeOf(element, 'hidden').toLowerCase() !== 'until-found';
  if (hasAttribute(element, 'popover')) return true;
  return element.tagName === 'dialog' && !hasAttribute(element, 'open');
}

/** https://www.w3.org/TR/css-contain-2/#content-visibility: it does not apply to what is inline. */
function hidesContent(element: HtmlElement, value: Value): boolean {
  const declared = value('content-visibility');
  const isHidden = declared === '' ? isHiddenUntilFound(element) : declared === 'hidden';
  return isHidden && !isInline(element, value) && !isOfTable(element, value);
}

function isHiddenUntilFound(element: HtmlElement): boolean {
  return attributeOf(element, 'hidden').toLowerCase() === 'until-found';
}

/** Out of the flow. */
export function isPositioned(value: Value): boolean {
  return /^(?:absolute|fixed)$/.test(value('position'));
}

/** `rect(0 0 0 0)` and `rect(1px, 1px, 1px, 1px)`, `inset(50%)`, `circle(0)`, a polygon of nothing but zeros. */
function clipsAll(shape: string): boolean {
  const [, name = '', inside = ''] = /^([a-z]+)\(([^()]*)\)/.exec(shape) ?? [];
  const numbers = inside.split(/[\s,]+/).filter((part) => part !== '');
  switch (name) {
    case 'rect':
      return isEmptyRectangle(numbers);
    case 'inset':
      return isEmptyInset(
        inside
          .replace(/\bround\b.*/, '')
          .trim()
          .split(/\s+/),
      );
    case 'circle':
    case 'ellipse':
      return /^0(?:px|%)?$/.test(numbers[0] ?? '');
    case 'polygon':
      return isEmptyPolygon(inside);
    default:
      return false;
  }
}

/** From the upper and left edges, in the order top, right, bottom, left (CSS 2.2, section 11.1.2). */
function isEmptyRectangle(numbers: readonly string[]): boolean {
  const [top, right, bottom, left] = numbers.map((part) => lengthPx(part));
  const isEmpty = (start?: number | null, end?: number | null): boolean =>
    start != null && end != null && end - start <= speckPx && numbers.length === 4;
  return isEmpty(top, bottom) || isEmpty(left, right) || (isEmpty(0, bottom) && top === undefined);
}

function isEmptyInset([top = '', right = top, bottom = top, left = right]: readonly string[]): boolean {
  const share = (length: string): number => (length.endsWith('%') ? Number.parseFloat(length) : 0);
  const far = [top, right, bottom, left].some((length) => (lengthPx(length) ?? 0) >= farPx);
  return far || share(top) + share(bottom) >= 100 || share(left) + share(right) >= 100;
}

/** Of points on one line across or along. */
function isEmptyPolygon(inside: string): boolean {
  const points = inside
    .replace(/^\s*(?:nonzero|evenodd)\s*,/, '')
    .split(',')
    .map((point) => point.trim().split(/\s+/).map(Number.parseFloat));
  return [0, 1].some((axis) => points.every((point) => point[axis] === points[0]?.[axis]));
}

function isClippedToNothing(element: HtmlElement, value: Value): boolean {
  if (element.tagName === 'svg') return isLow(value) || isNarrow(value);
  if (!clips(value) || isInline(element, value) || isOfTable(element, value)) return false;
  return isLow(value) || isNarrow(value);
}

export function clips(value: Value): boolean {
  return ['overflow-x', 'overflow-y'].some((each) => /^(?:hidden|clip|auto|scroll)$/.test(value(each)));
}

/** What does not fit is cut off at the edge of the padding, and shows in the one below (CSS Overflow 3, section 3). */
function isLow(value: Value): boolean {
  const room = isAtLeast(value('min-height'), readablePx) || isAtLeast(value('padding-bottom'), readablePx);
  return ['max-height', 'height'].some((each) => isSpeck(value(each))) && !room;
}

function isNarrow(value: Value): boolean {
  const room = isAtLeast(value('min-width'), readablePx) || isAtLeast(value('padding-right'), readablePx);
  return ['max-width', 'width'].some((each) => isSpeck(value(each))) && !room;
}

function isSpeck(length: string): boolean {
  return (lengthPx(length) ?? farPx) <= speckPx;
}

function isAtLeast(length: string, px: number): boolean {
  return (lengthPx(length) ?? 0) >= px;
}

function isOfTable({ tagName }: HtmlElement, value: Value): boolean {
  const display = value('display');
  return display === '' ? growing.has(tagName) : display.startsWith('table');
}

/** In a line, without a box of its own. */
export function isInline({ tagName }: HtmlElement, value: Value): boolean {
  const display = value('display');
  if (isPositioned(value) || /^(?:left|right)$/.test(value('float'))) return false;
  return display === 'inline' || display === 'contents' || (display === '' && inline.has(tagName));
}

/** Whether an element shows its content only when it is opened, and is not. */
export function isClosedDetails(element: HtmlElement): boolean {
  return element.tagName === 'details' && !hasAttribute(element, 'open');
}
