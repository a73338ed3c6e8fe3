import type { Declarations } from '../declarations/declarations.js';
import { attributeOf, type HtmlElement } from '../tree/html-tree.js';

const blocks = new Set(
  (
    'address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol p pre search section summary table tr ul'
  ).split(' '),
);
const writtenAs = new Map([
  ['details', 'div'],
  ['dialog', 'div'],
  ['dir', 'ul'],
  ['fieldset', 'div'],
  ['hgroup', 'div'],
  ['legend', 'div'],
  ['menu', 'ul'],
  ['search', 'div'],
  ['summary', 'div'],
]);
const neverSeen = new Set(
  (
    'audio canvas clipPath defs desc embed iframe linearGradient marker mask metadata meter param ' +
    'pattern progress radialGradient symbol template video'
  ).split(' '),
);
/** A style that makes them boxes shows their text, be it a style sheet. */
const unlessDisplayed = new Set('datalist head noembed noframes rp script style title'.split(' '));
/** They take a place in the line, so that what is beside them stands apart. */
const boxes = new Set(
  'audio button canvas embed iframe input marquee meter object option progress rp rt select svg textarea video'.split(
    ' ',
  ),
);

/** Whether what is in an element has no place on the page, whatever its style says. */
export function isNeverSeen({ tagName }: HtmlElement): boolean {
  return neverSeen.has(tagName);
}

/** Whether its style does not show what a browser hides by itself. */
export function isHiddenUnlessDisplayed({ tagName }: HtmlElement, declarations: Declarations): boolean {
  return unlessDisplayed.has(tagName) && !declarations.has('display');
}

export function takesPlace({ tagName }: HtmlElement): boolean {
  return boxes.has(tagName);
}

/** The name of the block that an element is written as. */
export function blockName({ tagName }: HtmlElement): string {
  return writtenAs.get(tagName) ?? (blocks.has(tagName) ? tagName : 'div');
}

/** What of a list's tag is kept. */
export function keptAttributes(element: HtmlElement): string {
  if (element.tagName !== 'ol') return '';
  return listAttributes(attributeOf(element, 'start'), element);
}

/** Of the list that goes on with an item which says its own number; null for every other item. */
export function attributesFrom(item: HtmlElement): string | null {
  const { parentNode } = item;
  const value = item.tagName === 'li' ? attributeOf(item, 'value').trim() : '';
  if (!listNumber.test(value) || parentNode === null || !('tagName' in parentNode)) return null;
  return parentNode.tagName === 'ol' ? listAttributes(value, parentNode) : null;
}

const listNumber = /^\d{1,4}$/;

function listAttributes(start: string, list: HtmlElement): string {
  const type = attributeOf(list, 'type');
  return (
    (listNumber.test(start) ? ` start="${start}"` : '') + (/^[aAiI1]$/.test(type) ? ` type="${type}"` : '')
  );
}

/** Whether what is directly inside stands apart. */
export function laysItemsOut(declarations: Declarations): boolean {
  return /^(?:inline-)?(?:flex|grid)/.test(declarations.get('display')?.value ?? '');
}

/** `box` is a line's part that stands apart, as buttons do. */
export function displayOf(element: HtmlElement, declarations: Declarations): 'block' | 'inline' | 'box' {
  const declared = declarations.get('display')?.value ?? '';
  if (/^inline-|^table-cell$/.test(declared)) return 'box';
  if (declared === 'inline' || declared === 'contents') return 'inline';
  if (/^(?:block|flex|grid|table|list-item|flow-root|-webkit-box)/.test(declared)) return 'block';
  if (boxes.has(element.tagName) || isOutOfFlow(declarations)) return 'box';
  return blocks.has(element.tagName) ? 'block' : 'inline';
}

/** What stands elsewhere is not part of a word. */
function isOutOfFlow(declarations: Declarations): boolean {
  const value = (property: string): string => declarations.get(property)?.value ?? '';
  return /^(?:absolute|fixed)$/.test(value('position')) || /^(?:left|right)$/.test(value('float'));
}
