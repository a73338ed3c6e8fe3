import type { Declarations } from './declarations.js';

/** Whether an element's text is seen. `hidden` holds for all below; the others until a descendant says otherwise. */
export interface Visibility {
  hidden: boolean;
  invisible: boolean;
  tiny: boolean;
  transparent: boolean;
}

export const visible: Visibility = { hidden: false, invisible: false, tiny: false, transparent: false };

/** Whether text directly inside is seen. */
export function isSeen({ hidden, invisible, tiny, transparent }: Visibility): boolean {
  return !(hidden || invisible || tiny || transparent);
}

/**
 * What declarations make of the parent's visibility. `font-size: 0` is inherited and not final, since layouts set it
 * on a wrapper to close the gaps between its columns and set it anew inside.
 */
export function inherit(parent: Visibility, declarations: Declarations): Visibility {
  const value = (property: string): string => declarations.get(property)?.value ?? '';
  return {
    hidden: parent.hidden || hidesAll(value),
    invisible: replaced(parent.invisible, value('visibility'), (it) => it === 'hidden' || it === 'collapse'),
    tiny: isTiny(parent.tiny, value('font-size') || sizeIn(value('font'))),
    transparent: replaced(parent.transparent, value('color'), isTransparent),
  };
}

function hidesAll(value: (property: string) => string): boolean {
  if (value('display') === 'none' || value('mso-hide') === 'all') return true;
  if (value('opacity') !== '' && Number.parseFloat(value('opacity')) < 0.05) return true;
  const clipped = /^(?:hidden|clip)/.test(value('overflow'));
  return clipped && (isZero(value('max-height')) || isZero(value('height')));
}

function replaced(parent: boolean, value: string, test: (value: string) => boolean): boolean {
  return value === '' || value === 'inherit' ? parent : test(value);
}

function isZero(length: string): boolean {
  return /^0+(?:\.0+)?(?:[a-z]+|%)?$/.test(length);
}

function isTransparent(color: string): boolean {
  if (color === 'transparent' || /^#(?:...0|.{6}00)$/.test(color)) return true;
  return /^(?:rgb|hsl)a?\((?:[^,]+,[^,]+,[^,]+,|[^/]+\/)\s*0*(?:\.0+)?%?\s*\)$/.test(color);
}

/** Text of one pixel or less is meant for no reader. */
function isTiny(parent: boolean, fontSize: string): boolean {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?|\.\d+)([a-z]*|%)$/.exec(fontSize) ?? [];
  if (digits === undefined) return parent && /^(?:inherit|smaller|larger|)$/.test(fontSize);
  const size = Number(digits);
  if (['em', 'ex', 'ch', '%'].includes(unit)) return parent || size === 0;
  return unit === 'px' || unit === 'pt' || unit === '' ? size <= 1 : size === 0;
}

/** The size in a `font` shorthand such as `0/0 arial`. */
function sizeIn(font: string): string {
  return /(?:^|\s)((?:\d+(?:\.\d+)?|\.\d+)[a-z%]*)(?=\/|\s|$)/.exec(font)?.[1] ?? '';
}
