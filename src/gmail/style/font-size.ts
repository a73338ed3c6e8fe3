import { attributeOf, type HtmlElement } from '../tree/html-tree.js';
import type { Value } from '../declarations/computed-values.js';
import { lengthPx } from '../declarations/lengths.js';

/** A size as a browser keeps it. */
export interface FontSize {
  px: number;
  /** Whether it, or one that it depends on, is given in pixels or another measure of its own. */
  isAbsolute: boolean;
}

export const mediumFont: FontSize = { px: 16, isAbsolute: false };

/** Lower text is a speck. */
const leastPx = 3.4;
/** Chromium draws sizes that depend on those of the reader's browser no smaller, unless they are nothing. */
const leastRelativePx = 6;
const keywords: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
  'xxx-large': 48,
};
const ofFontElement = [10, 10, 13, 16, 18, 24, 32, 48];
const factors: Readonly<Record<string, number>> = {
  h1: 2,
  h2: 1.5,
  h3: 1.17,
  h5: 0.83,
  h6: 0.67,
  small: 0.83,
  sub: 0.83,
  sup: 0.83,
  big: 1.2,
};
const fields = new Set(['button', 'input', 'select', 'textarea']);

/** Whether letters can be told. */
export function isLegible({ px, isAbsolute }: FontSize, scale: number): boolean {
  const drawn = px > 0 && !isAbsolute ? Math.max(px, leastRelativePx) : px;
  return drawn * scale >= leastPx;
}

export function fontSize(parent: FontSize, value: Value, element: HtmlElement): FontSize {
  const zoom = zoomOf(value('zoom'));
  const own = declaredSize(parent, value('font-size')) ?? sizeOfElement(parent, element);
  return zoom === 1 ? own : { px: own.px * zoom, isAbsolute: true };
}

function declaredSize(parent: FontSize, declared: string): FontSize | null {
  if (declared === '') return null;
  if (declared === 'inherit') return parent;
  const keyword = keywords[declared];
  if (keyword !== undefined) return { px: keyword, isAbsolute: false };
  if (declared === 'smaller') return { ...parent, px: parent.px / 1.2 };
  if (declared === 'larger') return { ...parent, px: parent.px * 1.2 };
  const px = lengthPx(declared, parent.px, parent.px);
  if (px === null) return null;
  return { px, isAbsolute: parent.isAbsolute || !/(?:[a-z]?em|ex|ch|%)$/.test(declared) };
}

function sizeOfElement(parent: FontSize, element: HtmlElement): FontSize {
  const { tagName } = element;
  const factor = factors[tagName];
  if (factor !== undefined) return { ...parent, px: parent.px * factor };
  if (fields.has(tagName)) return { px: 13.3, isAbsolute: false };
  return tagName === 'font' ? sizeOfFontElement(parent, attributeOf(element, 'size')) : parent;
}

/** https://html.spec.whatwg.org/#rules-for-parsing-a-legacy-font-size */
function sizeOfFontElement(parent: FontSize, written: string): FontSize {
  const [, sign = '', digits] = /^\s*([+-]?)(\d+)/.exec(written) ?? [];
  if (digits === undefined) return parent;
  const size = sign === '' ? Number(digits) : 3 + Number(`${sign}${digits}`);
  return { px: ofFontElement[Math.min(Math.max(size, 1), 7)] ?? mediumFont.px, isAbsolute: false };
}

function zoomOf(zoom: string): number {
  const factor = Number.parseFloat(zoom) / (zoom.endsWith('%') ? 100 : 1);
  return Number.isNaN(factor) || factor <= 0 ? 1 : factor;
}
