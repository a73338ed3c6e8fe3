import Color from 'color';

/** Red, green and blue from 0 to 255, opacity from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export const black: Colour = [0, 0, 0, 1];
export const white: Colour = [255, 255, 255, 1];

const maxColourChars = 100;
/** WCAG's contrast of text that cannot be told from what is behind it; 4.5 is comfortable, light grey has 1.2. */
const leastContrast = 1.12;
/** Colours as bright as each other can be far apart. */
const leastDistance = 48;

/** A colour as CSS writes it, in lower case; null for what is none, or not known. */
export function cssColour(value: string): Colour | null {
  if (value === '' || value.length > maxColourChars) return null;
  try {
    const colour = new Color(value).rgb();
    return [colour.red(), colour.green(), colour.blue(), colour.alpha()];
  } catch {
    return null;
  }
}

/** As attributes write it: also without the number sign. */
export function attributeColour(value: string): Colour | null {
  const plain = value.trim().toLowerCase();
  return cssColour(plain) ?? (/^[0-9a-f]{3}(?:[0-9a-f]{3})?$/.test(plain) ? cssColour(`#${plain}`) : null);
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
