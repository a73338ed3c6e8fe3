import { attributeColour, type Colour, cssColour, over, white } from '../declarations/colours.js';
import type { Value } from '../declarations/computed-values.js';
import { attributeOf, hasAttribute, type HtmlElement } from '../tree/html-tree.js';

const withAttribute = new Set('body table thead tbody tfoot tr td th'.split(' '));
const own = new Map<string, Colour>([
  ['mark', [255, 255, 0, 1]],
  ['button', [239, 239, 239, 1]],
  ['textarea', white],
  ['select', white],
  ['dialog', white],
]);

/** The colour behind an element's text; null where a picture or what cannot be told is there. */
export function groundOf(parent: Colour | null, element: HtmlElement, value: Value): Colour | null {
  const declared = value('background-color');
  if (hasPicture(element, value('background-image')) || declared === 'currentcolor') return null;
  const colour = cssColour(declared) ?? (declared === '' ? byElement(element) : null);
  if (colour === null) return declared.includes('(') ? null : parent;
  return colour[3] === 1 ? colour : parent && over(colour, parent);
}

function hasPicture(element: HtmlElement, declared: string): boolean {
  if (declared !== '') return declared.includes('(');
  return withAttribute.has(element.tagName) && attributeOf(element, 'background').trim() !== '';
}

function byElement(element: HtmlElement): Colour | null {
  if (!withAttribute.has(element.tagName)) return own.get(element.tagName) ?? null;
  return hasAttribute(element, 'bgcolor') ? attributeColour(attributeOf(element, 'bgcolor')) : null;
}
