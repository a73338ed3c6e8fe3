/** Of a window in which people read mail, in CSS pixels. */
const windowPx = 1_000;
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
  return list === '' || list.split(',').some(holds);
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
  if (holding.has(feature)) return true;
  const [, bound, length, unit] = /^\((min|max)-(?:device-)?width:([\d.]+)(px|r?em)?\)$/.exec(feature) ?? [];
  if (bound === undefined) return false;
  const px = Number(length) * (unit?.endsWith('em') === true ? pxOfEm : 1);
  return bound === 'min' ? px <= windowPx : px >= windowPx;
}
