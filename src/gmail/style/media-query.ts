/** Of a window in which people read mail, in CSS pixels. */
const windowPx = { width: 1_000, height: 700 };
const pxOfEm = 16;
const holding = new Set([
  '(prefers-color-scheme:light)',
  '(orientation:landscape)',
  '(color)',
  '(hover:hover)',
]);

/** Whether a media query list (Media Queries 4, section 2) holds on a computer's screen; what it does not know does not. */
export function holdsOnScreen(queries: string): boolean {
  const list = queries.toLowerCase().trim();
  return list === '' || list.split(/,|\bor\b/).some(holds);
}

function holds(query: string): boolean {
  const [, prefix, type, rest = ''] = /^\s*(not\s|only\s)?\s*([a-z]+)?([^]*)$/.exec(query) ?? [];
  const features = rest.split(/\band\b/).map((each) => each.replaceAll(/\s/g, ''));
  const all =
    [undefined, 'all', 'screen'].includes(type) &&
    features.every((feature) => feature === '' || featureHolds(feature));
  return prefix?.startsWith('not') === true ? !all : all;
}

function featureHolds(feature: string): boolean {
  if (holding.has(feature) || /^\(-webkit-min-device-pixel-ratio:[01](?:\.0*)?\)$/.test(feature)) return true;
  const plain = /^\((min|max)-(?:device-)?(width|height):(.+)\)$/.exec(feature);
  if (plain !== null) {
    const [, bound, side = '', length = ''] = plain;
    return compares(side, bound === 'min' ? '>=' : '<=', length);
  }
  return rangeHolds(feature);
}

/** `(width>=600px)` and `(400px<width<=900px)` (Media Queries 4, section 2.4.3). */
function rangeHolds(feature: string): boolean {
  const [, lower, lowerSign = '', side = '', sign, upper = ''] =
    /^\((?:([^<>=()]+)([<>]=?))?(width|height)(?:([<>]=?)([^<>=()]+))?\)$/.exec(feature) ?? [];
  if (side === '' || (lower === undefined && sign === undefined)) return false;
  const below = lower === undefined || compares(side, lowerSign.replace(/[<>]/, opposite), lower);
  return below && (sign === undefined || compares(side, sign, upper));
}

function opposite(sign: string): string {
  return sign === '<' ? '>' : '<';
}

function compares(side: string, sign: string, length: string): boolean {
  const [, digits, unit] = /^([\d.]+)(px|r?em)?$/.exec(length) ?? [];
  if (digits === undefined) return false;
  const px = Number(digits) * (unit?.endsWith('em') === true ? pxOfEm : 1);
  const own = side === 'height' ? windowPx.height : windowPx.width;
  if (sign.endsWith('=') && own === px) return true;
  return sign.startsWith('<') ? own < px : own > px;
}
