import { attributeColour, black, type Colour, cssColour, isTold, over, white } from './colours.js';
import type { Declarations } from './declarations.js';
import { attributeOf, hasAttribute, type HtmlElement } from '../tree/html-tree.js';
import { hidesBox, isHiddenByItself, lengthPx } from './hidden-box.js';

/** How an element's text looks, as far as it decides whether and how it is seen. */
export interface Visibility {
  /** With all below. */
  hidden: boolean;
  invisible: boolean;
  fontPx: number;
  opacity: number;
  /** Null where it cannot be told: text then counts as seen. */
  ink: Colour | null;
  ground: Colour | null;
  /** Of links that declare none. */
  linkInk: Colour;
  /** A shadow, or a picture cut to the letters, shows what has no ink. */
  inkless: boolean;
  movedAway: boolean;
  struck: boolean;
  keepsLines: boolean;
}

const linkBlue: Colour = [0, 0, 238, 1];

export const visible: Visibility = {
  hidden: false,
  invisible: false,
  fontPx: 16,
  opacity: 1,
  ink: black,
  ground: white,
  linkInk: linkBlue,
  inkless: false,
  movedAway: false,
  struck: false,
  keepsLines: false,
};

/** Smaller text is a speck. */
const leastFontPx = 2;
const leastOpacity = 0.05;
const fontKeywords: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  initial: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
};

/** Whether text directly inside is seen. */
export function isSeen(it: Visibility): boolean {
  return isShown(it) && it.fontPx > leastFontPx && !it.movedAway && (it.inkless || hasInk(it));
}

/** Whether pictures are. */
export function isShown({ hidden, invisible, opacity }: Visibility): boolean {
  return !hidden && !invisible && opacity >= leastOpacity;
}

function hasInk({ ink, ground, opacity }: Visibility): boolean {
  if (ink === null) return true;
  const [red, green, blue, alpha] = ink;
  if (ground === null) return alpha * opacity >= leastOpacity;
  return isTold(over([red, green, blue, alpha * opacity], ground), ground);
}

/** What an element makes of its parent's look. */
export function inherit(parent: Visibility, element: HtmlElement, declarations: Declarations): Visibility {
  const value = (property: string): string => declarations.get(property)?.value ?? '';
  if (declarations.size === 0) return undeclared(parent, element, value);
  return {
    hidden: parent.hidden || hidesBox(element, value),
    invisible: replaced(parent.invisible, value('visibility'), (it) => it === 'hidden' || it === 'collapse'),
    fontPx: fontSize(parent.fontPx, value('font-size') || sizeIn(value('font'))),
    opacity: parent.opacity * opacityOf(value),
    ink: inkOf(parent, element, value),
    ground: groundOf(parent.ground, element, value),
    linkInk: linkInkOf(parent, element),
    inkless: replaced(parent.inkless, value('text-shadow'), (it) => it !== 'none') || isCutToLetters(value),
    movedAway: replaced(parent.movedAway, value('text-indent'), (it) => Math.abs(lengthPx(it) ?? 0) > 1_000),
    struck: parent.struck || strikes(element, value),
    keepsLines: replaced(parent.keepsLines, value('white-space'), (it) => /^(?:pre|break)/.test(it)),
  };
}

/** Most elements declare nothing. */
function undeclared(parent: Visibility, element: HtmlElement, value: Value): Visibility {
  return {
    ...parent,
    hidden: parent.hidden || isHiddenByItself(element),
    ink: inkOf(parent, element, value),
    ground: groundOf(parent.ground, element, value),
    linkInk: linkInkOf(parent, element),
    struck: parent.struck || strikes(element, value),
  };
}

function linkInkOf({ linkInk }: Visibility, element: HtmlElement): Colour {
  return element.tagName === 'body' ? (attributeColour(attributeOf(element, 'link')) ?? linkInk) : linkInk;
}

type Value = (property: string) => string;

function replaced(parent: boolean, value: string, test: (value: string) => boolean): boolean {
  return value === '' || value === 'inherit' ? parent : test(value);
}

function opacityOf(value: Value): number {
  const own = value('opacity') || (/^opacity\(([^)]*)\)/.exec(value('filter'))?.[1] ?? '');
  const number = Number.parseFloat(own) / (own.endsWith('%') ? 100 : 1);
  return Number.isNaN(number) ? 1 : Math.min(Math.max(number, 0), 1);
}

function inkOf(parent: Visibility, element: HtmlElement, value: Value): Colour | null {
  const declared = value('-webkit-text-fill-color') || value('color');
  if (declared === 'inherit' || declared === 'currentcolor') return parent.ink;
  if (declared === 'initial') return black;
  if (declared !== '') {
    const colour = cssColour(declared);
    return colour ?? (/\(|current/.test(declared) ? null : parent.ink);
  }
  switch (element.tagName) {
    case 'font':
      return attributeColour(attributeOf(element, 'color')) ?? parent.ink;
    case 'body':
      return attributeColour(attributeOf(element, 'text')) ?? parent.ink;
    case 'a':
      return hasAttribute(element, 'href') ? parent.linkInk : parent.ink;
    case 'button':
    case 'textarea':
    case 'select':
    case 'mark':
      return black;
    default:
      return parent.ink;
  }
}

const withGroundAttribute = new Set('body table thead tbody tfoot tr td th'.split(' '));
const withOwnGround = new Map<string, Colour>([
  ['mark', [255, 255, 0, 1]],
  ['button', [239, 239, 239, 1]],
  ['textarea', white],
  ['select', white],
]);

function groundOf(parent: Colour | null, element: HtmlElement, value: Value): Colour | null {
  const hints = withGroundAttribute.has(element.tagName);
  if (hints && hasAttribute(element, 'background')) return null;
  const shorthand = value('background');
  const declared = value('background-color') || colourIn(shorthand);
  if (/url\(|gradient\(|image\(|var\(/.test(shorthand + value('background-image') + declared)) return null;
  const hinted = hints ? attributeColour(attributeOf(element, 'bgcolor')) : null;
  const own = cssColour(declared) ?? hinted ?? withOwnGround.get(element.tagName);
  if (own === undefined) return parent;
  return own[3] === 1 ? own : parent && over(own, parent);
}

/** The colour among the other values of a shorthand; the longest that a function or a word makes. */
function colourIn(shorthand: string): string {
  const words = shorthand.match(/[a-z-]+\([^()]*\)|[^\s()]+/g) ?? [];
  return words.find((word) => cssColour(word) !== null) ?? '';
}

function isCutToLetters(value: Value): boolean {
  return [value('background-clip'), value('-webkit-background-clip')].includes('text');
}

function strikes({ tagName }: HtmlElement, value: Value): boolean {
  const decoration = value('text-decoration-line') || value('text-decoration');
  if (decoration.includes('line-through')) return true;
  return decoration === '' && ['s', 'strike', 'del'].includes(tagName);
}

function fontSize(parent: number, declared: string): number {
  const keyword = fontKeywords[declared];
  if (keyword !== undefined) return keyword;
  if (declared === 'smaller') return parent / 1.2;
  if (declared === 'larger') return parent * 1.2;
  return lengthPx(declared, parent, parent) ?? parent;
}

/** The size in a `font` shorthand such as `0/0 arial`. */
function sizeIn(font: string): string {
  return /(?:^|\s)((?:\d+(?:\.\d+)?|\.\d+)[a-z%]*)(?=\/|\s|$)/.exec(font)?.[1] ?? '';
}
