import { color, serializeRGB } from '@csstools/css-color-parser';
import { parseComponentValue } from '@csstools/css-parser-algorithms';
import { tokenize } from '@csstools/css-tokenizer';
import Color from 'color';
import { LRUCache } from 'lru-cache';

/** Red, green and blue from 0 to 255, opacity from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export const black: Colour = [0, 0, 0, 1];
export const white: Colour = [255, 255, 255, 1];

/** Of the operating system, as browsers draw them (CSS Color 4, section 6.2); Word writes them into mail. */
const systemColours = new Map<string, Colour>([
  ...[
    'buttontext canvastext captiontext fieldtext infotext inactivecaptiontext menutext selecteditemtext windowtext marktext',
    'windowframe threeddarkshadow',
  ].flatMap((names) => names.split(' ').map((name): [string, Colour] => [name, black])),
  ...['canvas', 'field', 'window', 'background', 'menu', 'infobackground', 'appworkspace'].map(
    (name): [string, Colour] => [name, white],
  ),
  ...['graytext', 'buttonshadow'].map((name): [string, Colour] => [name, [128, 128, 128, 1]]),
  ...['buttonface', 'threedface'].map((name): [string, Colour] => [name, [239, 239, 239, 1]]),
  ['linktext', [0, 0, 238, 1]],
  ['visitedtext', [85, 26, 139, 1]],
  ['highlight', [181, 213, 255, 1]],
]);
const maxColourChars = 100;
const maxLegacyChars = 128;
const newerFunction = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(/;
/** WCAG's contrast of text that cannot be told from what is behind it; 4.5 is comfortable, light grey has 1.2. */
const leastContrast = 1.12;
/** Colours as bright as each other can be far apart. */
const leastDistance = 48;

/** Mail names few colours, each many times, and to read one costs as much as the rest of an element. */
const known = new LRUCache<string, { colour: Colour | null }>({ max: 1_000 });

/** A colour as CSS writes it, in lower case; null for what is none, or not known. */
export function cssColour(value: string): Colour | null {
  if (value === '' || value.length > maxColourChars) return null;
  const read = known.get(value) ?? { colour: readColour(value) };
  known.set(value, read);
  return read.colour;
}

function readColour(value: string): Colour | null {
  const named = systemColours.get(value);
  if (named !== undefined) return named;
  try {
    const colour = new Color(value).rgb();
    return [colour.red(), colour.green(), colour.blue(), colour.alpha()];
  } catch {
    return newerFunction.test(value) ? newerColour(value) : null;
  }
}

/** Colours of CSS Color 4 and 5. */
function newerColour(value: string): Colour | null {
  const component = parseComponentValue(tokenize({ css: value }));
  const data = component === undefined ? false : color(component);
  if (data === false) return null;
  const [red, green, blue, alpha = '1'] =
    serializeRGB(data, true)
      .toString()
      .match(/[\d.]+/g) ?? [];
  return blue === undefined ? null : [Number(red), Number(green), Number(blue), Number(alpha)];
}

/** As attributes write it: any word is one (HTML Standard, section 2.3.6). */
export function attributeColour(value: string): Colour | null {
  const plain = value.trim().toLowerCase();
  if (plain === '' || plain === 'transparent') return null;
  if (/^(?:#[0-9a-f]{3}|[a-z]+)$/.test(plain)) {
    const known = cssColour(plain);
    if (known !== null) return known;
  }
  return colourOfDigits(plain.slice(0, maxLegacyChars).replace(/^#/, ''));
}

function colourOfDigits(written: string): Colour {
  const length = Math.max(1, Math.ceil(written.length / 3));
  const digits = written.replaceAll(/[^0-9a-f]/g, '0').padEnd(length * 3, '0');
  let parts = [0, 1, 2].map((index) => digits.slice(index * length, (index + 1) * length).slice(-8));
  while ((parts[0]?.length ?? 0) > 2 && parts.every((part) => part.startsWith('0'))) {
    parts = parts.map((part) => part.slice(1));
  }
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part.slice(0, 2), 16));
  return [red, green, blue, 1];
}

/** What is seen of a colour before an opaque one. */
export function over([red, green, blue, alpha]: Colour, [r, g, b]: Colour): Colour {
  const mixed = (front: number, back: number): number => front * alpha + back * (1 - alpha);
  return [mixed(red, r), mixed(green, g), mixed(blue, b), 1];
}

/** Whether text of one colour is seen before another; both are opaque. */
export function isTold(ink: Colour, ground: Colour): boolean {
  const distance = Math.hypot(ink[0] - ground[0], ink[1] - ground[1], ink[2] - ground[2]);
  if (distance >= leastDistance) return true;
  const [dark = 0, light = 0] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05) >= leastContrast;
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance([red, green, blue]: Colour): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
