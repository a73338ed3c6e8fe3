import { calc } from '@csstools/css-calc';
import { conditionHolds } from './condition.js';
import { lengthPx } from '../declarations/lengths.js';

/** Of a window in which people read mail, in CSS pixels. */
const windowPx = { width: 1_000, height: 700 };

const values: Readonly<Record<string, string>> = {
  'any-hover': 'hover',
  'any-pointer': 'fine',
  'color-gamut': 'srgb',
  'display-mode': 'browser',
  'dynamic-range': 'standard',
  'forced-colors': 'none',
  grid: '0',
  hover: 'hover',
  'inverted-colors': 'none',
  monochrome: '0',
  orientation: 'landscape',
  'overflow-block': 'scroll',
  'overflow-inline': 'scroll',
  pointer: 'fine',
  'prefers-color-scheme': 'light',
  'prefers-contrast': 'no-preference',
  'prefers-reduced-data': 'no-preference',
  'prefers-reduced-motion': 'no-preference',
  'prefers-reduced-transparency': 'no-preference',
  scripting: 'none',
  update: 'fast',
};
const numbers: Readonly<Record<string, number>> = {
  ...windowPx,
  'device-width': windowPx.width,
  'device-height': windowPx.height,
  'aspect-ratio': windowPx.width / windowPx.height,
  'device-aspect-ratio': windowPx.width / windowPx.height,
  color: 8,
  'color-index': 0,
  resolution: 1,
  'device-pixel-ratio': 1,
};
const pxOfInch = 96;

/** Whether a media query list (Media Queries 4, section 2) holds on a computer's screen; what it does not know does not. */
export function holdsOnScreen(queries: string): boolean {
  const list = queries
    .replaceAll(/\/\*.*?\*\//gs, ' ')
    .toLowerCase()
    .trim();
  return list === '' || list.split(',').some(holds);
}

function holds(query: string): boolean {
  const [, prefix, type, rest = ''] =
    /^\s*(?:(not|only)\s+)?(?!not\b)([a-z][a-z-]*)(?:\s*$|\s+and\b([^]*)$)/.exec(query) ?? [];
  if (type === undefined) return conditionHolds(query, featureHolds);
  const met =
    (type === 'all' || type === 'screen') && (rest.trim() === '' || conditionHolds(rest, featureHolds));
  return prefix === 'not' ? !met : met;
}

function featureHolds(feature: string): boolean | null {
  const plain = feature
    .replaceAll(/\s*([<>=:/]+)\s*/g, '$1')
    .replace(/^-webkit-/, '')
    .trim();
  const [, bound = '', name = '', value] =
    /^(min-|max-)?(?:-webkit-)?([a-z-]+?)(?::(.+))?$/.exec(plain) ?? [];
  const number = numbers[name];
  if (number !== undefined) {
    if (value === undefined) return number > 0;
    return compares(number, { 'min-': '>=', 'max-': '<=' }[bound] ?? '=', value);
  }
  const own = values[name];
  if (own !== undefined) return value === undefined ? !/^(?:none|0|no-preference)$/.test(own) : own === value;
  return rangeHolds(plain);
}

/** `width>=600px` and `400px<width<=900px` (Media Queries 4, section 2.4.3). */
function rangeHolds(feature: string): boolean | null {
  const [first = '', sign = '', second = '', nextSign, third = ''] = feature.split(/([<>]=?|=)/);
  const middle = numbers[second];
  if (middle !== undefined) {
    const lower = compares(middle, sign.replace(/[<>]/, opposite), first);
    return nextSign === undefined || lower !== true ? lower : compares(middle, nextSign, third);
  }
  const number = numbers[first];
  return number === undefined ? null : compares(number, sign, second);
}

function opposite(sign: string): string {
  return sign === '<' ? '>' : '<';
}

function compares(own: number, sign: string, written: string): boolean | null {
  const other = numberOf(written);
  if (other === null) return null;
  if (sign.endsWith('=') && own === other) return true;
  return sign.startsWith('<') ? own < other : sign.startsWith('>') && own > other;
}

function numberOf(written: string): number | null {
  const [, over, under] = /^([\d.]+)\/([\d.]+)$/.exec(written) ?? [];
  if (over !== undefined) return Number(over) / Number(under);
  const [, digits, unit] = /^([\d.]+)(dppx|x|dpi|dpcm)$/.exec(written) ?? [];
  if (digits !== undefined)
    return Number(digits) / ({ dpi: pxOfInch, dpcm: pxOfInch / 2.54 }[unit ?? ''] ?? 1);
  return lengthPx(written.includes('(') ? calc(written, { toCanonicalUnits: true }) : written);
}
