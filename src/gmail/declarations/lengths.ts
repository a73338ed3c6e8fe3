const pxOf: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  q: 0.945,
  rem: 16,
  rlh: 18,
  vw: 10,
  vh: 7,
  vmin: 7,
  vmax: 10,
  vi: 10,
  vb: 7,
};

/** By the size of the font. */
const shareOfEm: Readonly<Record<string, number>> = { em: 1, ex: 0.5, ch: 0.5, ic: 1, lh: 1.15 };

/** In CSS pixels; null for what is no length, or a percentage where none is given to refer to. */
export function lengthPx(length: string, emPx = 16, wholePx?: number): number | null {
  const [, digits, unit = ''] = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)([a-z]*|%)$/.exec(length) ?? [];
  if (digits === undefined) return null;
  const size = Number(digits);
  if (unit === '%') return wholePx === undefined ? null : (size * wholePx) / 100;
  const share = shareOfEm[unit];
  const factor = share === undefined ? pxOf[unit.replace(/^[lsd](?=v)/, '')] : share * emPx;
  return factor === undefined ? null : size * factor;
}
