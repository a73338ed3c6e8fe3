import { black, type Colour, isTold, over, white } from '../declarations/colours.js';
import {
  customProperties,
  type CustomProperties,
  noCustomProperties,
  type Value,
  valuesOf,
} from '../declarations/computed-values.js';
import type { Declarations } from '../declarations/declarations.js';
import { type FontSize, fontSize, isLegible, mediumFont } from './font-size.js';
import { html } from 'parse5';
import { attributeOf, type HtmlElement } from '../tree/html-tree.js';
import { groundOf } from './ground.js';
import { inkOf, linkBlue, linkInkOf } from './ink.js';
import { clips, hidesBox, isInline } from './hidden-box.js';
import { lengthPx } from '../declarations/lengths.js';
import { isMovedAway } from './moved-away.js';
import { transformationOf } from './transforms.js';

/** How an element's text looks, as far as it decides whether and how it is seen. */
export interface Visibility {
  /** With all below. */
  hidden: boolean;
  invisible: boolean;
  font: FontSize;
  /** How much smaller transforms draw it. */
  scale: number;
  opacity: number;
  /** Null where it cannot be told: text then counts as seen. */
  ink: Colour | null;
  ground: Colour | null;
  /** Of links that declare none. */
  linkInk: Colour;
  /** A shadow, or a picture cut to the letters, shows what has no ink. */
  inkless: boolean;
  /** Whether the ink is that of `-webkit-text-fill-color`, which wins over any `color` inside. */
  filled: boolean;
  movedAway: boolean;
  struck: boolean;
  keepsLines: boolean;
  custom: CustomProperties;
}

export const visible: Visibility = {
  hidden: false,
  invisible: false,
  font: mediumFont,
  scale: 1,
  opacity: 1,
  ink: black,
  ground: white,
  linkInk: linkBlue,
  inkless: false,
  filled: false,
  movedAway: false,
  struck: false,
  keepsLines: false,
  custom: noCustomProperties,
};

const leastOpacity = 0.05;

/** Whether text directly inside is seen. */
export function isSeen(it: Visibility): boolean {
  return isShown(it) && isLegible(it.font, it.scale) && !it.movedAway && (it.inkless || hasInk(it));
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
  if (declarations.size === 0 && !isOfSvg(element)) return undeclared(parent, element);
  const custom = customProperties(parent.custom, declarations);
  const value = withPresentation(element, valuesOf(declarations, custom));
  const moved = transformationOf(value);
  return {
    hidden: parent.hidden || hidesBox(element, value) || isMovedAway(element, value, moved),
    invisible: replaced(parent.invisible, value('visibility'), (it) => it === 'hidden' || it === 'collapse'),
    font: fontSize(parent.font, value, element),
    scale: parent.scale * (isInline(element, value) ? 1 : moved.scale),
    opacity: parent.opacity * opacityOf(value),
    ...inkOf(parent, element, value),
    ground: groundOf(parent.ground, element, value),
    linkInk: linkInkOf(parent, element),
    inkless: replaced(parent.inkless, value('text-shadow'), (it) => it !== 'none') || isCutToLetters(value),
    movedAway: isIndentedAway(parent.movedAway, value),
    struck: parent.struck || strikes(element, value),
    keepsLines: replaced(parent.keepsLines, value('white-space'), (it) => /^(?:pre|break)/.test(it)),
    custom,
  };
}

/** Most elements declare nothing. */
function undeclared(parent: Visibility, element: HtmlElement): Visibility {
  return {
    ...parent,
    hidden: parent.hidden || hidesBox(element, nothingDeclared),
    font: fontSize(parent.font, nothingDeclared, element),
    ...inkOf(parent, element, nothingDeclared),
    ground: groundOf(parent.ground, element, nothingDeclared),
    linkInk: linkInkOf(parent, element),
    struck: parent.struck || strikes(element, nothingDeclared),
  };
}

function isOfSvg({ namespaceURI }: HtmlElement): boolean {
  return namespaceURI === html.NS.SVG;
}

/** In drawings, attributes declare what no style does (SVG 2, section 6.6). */
function withPresentation(element: HtmlElement, value: Value): Value {
  if (!isOfSvg(element)) return value;
  return (property) => value(property) || attributeOf(element, property).trim().toLowerCase();
}

function nothingDeclared(): string {
  return '';
}

function isIndentedAway(parent: boolean, value: Value): boolean {
  const indent = value('text-indent');
  // Past the edge of a box that cuts off what does not fit.
  if (
    clips(value) &&
    /^nowrap|^pre$/.test(value('white-space')) &&
    Number.parseFloat(indent) >= 100 &&
    indent.endsWith('%')
  )
    return true;
  return replaced(parent, indent, (it) => Math.abs(lengthPx(it) ?? 0) > 1_000);
}

function replaced(parent: boolean, value: string, test: (value: string) => boolean): boolean {
  return value === '' || value === 'inherit' ? parent : test(value);
}

function opacityOf(value: Value): number {
  const filtered = /opacity\(([^)]*)\)/.exec(value('filter'))?.[1] ?? '';
  return shareOf(value('opacity')) * shareOf(filtered);
}

function shareOf(written: string): number {
  const number = Number.parseFloat(written) / (written.endsWith('%') ? 100 : 1);
  return Number.isNaN(number) ? 1 : Math.min(Math.max(number, 0), 1);
}

function isCutToLetters(value: Value): boolean {
  return value('background-clip') === 'text';
}

function strikes({ tagName }: HtmlElement, value: Value): boolean {
  const decoration = value('text-decoration-line');
  if (decoration.includes('line-through')) return true;
  return decoration === '' && ['s', 'strike', 'del'].includes(tagName);
}
