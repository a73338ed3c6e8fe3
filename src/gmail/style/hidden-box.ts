import { attributeOf, hasAttribute, type HtmlElement } from '../tree/html-tree.js';

import type { Declarations } from './declarations.js';

type Value = (property: string) => string;

/** What is no larger holds no letter. */
const speckPx = 2;
const speckPicturePx = 3;
/** Room for letters. */
const readablePx = 8;
const farPx = 1_000;
const farToTheRightPx = 5_000;
const pxOf: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  rem: 16,
  vw: 10,
  vh: 8,
};
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
  if (value('content-visibility') === 'hidden') return true;
  if (isPositioned(value) && value('clip').startsWith('rect(') && clipsAll(value('clip'))) return true;
  if (clipsAll(value('clip-path'))) return true;
  return isMovedAway(element, value) || isClippedToNothing(element, value);
}

/** By its tag and attributes alone. */
export function isHiddenByItself(element: HtmlElement): boolean {
  if (hasAttribute(element, 'hidden')) return true;
  return element.tagName === 'dialog' && !hasAttribute(element, 'open');
}

function isPositioned(value: Value): boolean {
  return /^(?:absolute|fixed)$/.test(value('position'));
}

/** `rect(0 0 0 0)` and `rect(1px, 1px, 1px, 1px)`, `inset(50%)`, `circle(0)`, a polygon of nothing but zeros. */
function clipsAll(shape: string): boolean {
  const [, name = '', inside = ''] = /^([a-z]+)\(([^()]*)\)/.exec(shape) ?? [];
  const numbers = inside.split(/[\s,]+/).filter((part) => part !== '');
  switch (name) {
    case 'rect':
      return numbers.length === 4 && numbers.every((part) => (lengthPx(part) ?? farPx) <= speckPx);
    case 'inset':
      return (
        numbers.length > 0 && numbers.every((part) => part.endsWith('%') && Number.parseFloat(part) >= 50)
      );
    case 'circle':
    case 'ellipse':
      return /^0(?:px|%)?$/.test(numbers[0] ?? '');
    case 'polygon':
      return numbers.every((part) => /^0(?:px|%)?$/.test(part));
    default:
      return false;
  }
}

function isMovedAway(element: HtmlElement, value: Value): boolean {
  const moves = /^(?:absolute|fixed|relative)$/.test(value('position'));
  const offsets = moves ? ['left', 'top', 'right', 'bottom'].map(value) : [];
  const margins = [value('margin-left'), value('margin-top'), ...value('margin').split(' ')];
  if (offsets.some(isFar) || margins.some((each) => (lengthPx(each) ?? 0) <= -farPx)) return true;
  if (isInline(element, value)) return false;
  const transform = value('transform');
  if (/scale(?:x|y|3d)?\(\s*0*(?:\.0+)?\s*[,)]/.test(transform)) return true;
  return (/translate(?:x|y|3d)?\(([^()]*)\)/.exec(transform)?.[1] ?? '')
    .split(',')
    .some((it) => isFar(it.trim()));
}

function isFar(length: string): boolean {
  const px = lengthPx(length) ?? 0;
  return px <= -farPx || px >= farToTheRightPx;
}

function isClippedToNothing(element: HtmlElement, value: Value): boolean {
  const clips = ['overflow', 'overflow-x', 'overflow-y'].some((each) =>
    /^(?:hidden|clip|auto|scroll)/.test(value(each)),
  );
  if (
    !clips ||
    growing.has(element.tagName) ||
    value('display').startsWith('table') ||
    isInline(element, value)
  )
    return false;
  const isSpeck = (length: string): boolean => (lengthPx(length) ?? farPx) <= speckPx;
  const isLow = ['max-height', 'height', 'block-size'].some((each) => isSpeck(value(each)));
  if (isLow) return !isPaddedOpen(value('padding'));
  return ['max-width', 'width', 'inline-size'].some((each) => isSpeck(value(each)));
}

/** What does not fit is cut off at the edge of the padding, and shows within it (CSS Overflow, section 3). */
function isPaddedOpen(padding: string): boolean {
  const [top = '', , bottom = top] = padding.split(' ');
  return [top, bottom].some((length) => (lengthPx(length) ?? 0) >= readablePx);
}

function isInline({ tagName }: HtmlElement, value: Value): boolean {
  const display = value('display');
  if (isPositioned(value) || /^(?:left|right)$/.test(value('float'))) return false;
  return display === 'inline' || (display === '' && inline.has(tagName));
}

/** In CSS pixels; null for what is no length, or a percentage where none is given to refer to. */
export function lengthPx(length: string, emPx = 16, wholePx?: number): number | null {
  const [, digits, unit = ''] = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))([a-z]*|%)$/.exec(length) ?? [];
  if (digits === undefined) return null;
  const size = Number(digits);
  if (unit === '%') return wholePx === undefined ? null : (size * wholePx) / 100;
  if (unit === 'em') return size * emPx;
  if (unit === 'ex' || unit === 'ch') return (size * emPx) / 2;
  const factor = pxOf[unit];
  return factor === undefined ? null : size * factor;
}

/** Whether an element shows its content only when it is opened, and is not. */
export function isClosedDetails(element: HtmlElement): boolean {
  return element.tagName === 'details' && !hasAttribute(element, 'open');
}

/** A tracking pixel, or a spacer. */
export function isSpeckPicture(element: HtmlElement, declarations: Declarations): boolean {
  if (element.tagName !== 'img') return false;
  const isSpeck = (length: string): boolean => (lengthPx(length) ?? farPx) <= speckPicturePx;
  const declared = (property: string): string => declarations.get(property)?.value ?? '';
  return ['width', 'height'].some(
    (side) =>
      isSpeck(declared(side) || attributeOf(element, side).trim()) || isSpeck(declared(`max-${side}`)),
  );
}
