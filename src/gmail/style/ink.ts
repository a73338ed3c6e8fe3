import { html } from 'parse5';
import { attributeColour, black, type Colour, cssColour } from '../declarations/colours.js';
import type { Value } from '../declarations/computed-values.js';
import { attributeOf, hasAttribute, type HtmlElement } from '../tree/html-tree.js';

interface Ink {
  ink: Colour | null;
  filled: boolean;
}

export const linkBlue: Colour = [0, 0, 238, 1];
const transparent: Colour = [0, 0, 0, 0];
const withBlackInk = new Set(['button', 'textarea', 'select', 'input', 'mark', 'dialog']);

/** What paints an element's letters; null where it cannot be told. */
export function inkOf(parent: Ink & { linkInk: Colour }, element: HtmlElement, value: Value): Ink {
  if (element.namespaceURI === html.NS.SVG) return { ink: paintOf(parent, element, value), filled: false };
  const fill = value('-webkit-text-fill-color');
  if (fill === '' || fill === 'inherit') {
    if (parent.filled) return { ink: parent.ink, filled: true };
  } else if (fill !== 'currentcolor') return { ink: colourOr(fill, parent.ink), filled: true };
  return { ink: colourOf(parent, element, value('color')), filled: false };
}

/** The colour of links inside that declare none. */
export function linkInkOf({ linkInk }: { linkInk: Colour }, element: HtmlElement): Colour {
  return element.tagName === 'body' ? (attributeColour(attributeOf(element, 'link')) ?? linkInk) : linkInk;
}

function colourOf(parent: Ink & { linkInk: Colour }, element: HtmlElement, declared: string): Colour | null {
  if (declared === 'inherit' || declared === 'currentcolor') return parent.ink;
  if (declared !== '') return colourOr(declared, parent.ink);
  const { tagName } = element;
  if (tagName === 'font') return attributeColour(attributeOf(element, 'color')) ?? parent.ink;
  if (tagName === 'body') return attributeColour(attributeOf(element, 'text')) ?? parent.ink;
  if (tagName === 'a' && hasAttribute(element, 'href')) return parent.linkInk;
  return withBlackInk.has(tagName) ? black : parent.ink;
}

/** A function that is not known makes a colour that is not; anything else is none. */
function colourOr(declared: string, otherwise: Colour | null): Colour | null {
  return cssColour(declared) ?? (declared.includes('(') ? null : otherwise);
}

/** What paints the text of drawings (SVG 2, section 13.4). */
function paintOf(parent: Ink, element: HtmlElement, value: Value): Colour | null {
  const stroke = value('stroke');
  if (stroke !== '' && stroke !== 'none') return null;
  const ink = filling(parent, element, value('fill'));
  if (ink === null) return null;
  const opacity = Number.parseFloat(value('fill-opacity') || '1');
  return [ink[0], ink[1], ink[2], ink[3] * (Number.isNaN(opacity) ? 1 : opacity)];
}

function filling(parent: Ink, { tagName }: HtmlElement, fill: string): Colour | null {
  if (fill === 'none') return transparent;
  if (fill !== '' && fill !== 'inherit') return cssColour(fill);
  return tagName === 'svg' || tagName === 'foreignObject' ? black : parent.ink;
}
