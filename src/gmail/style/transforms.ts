import type { Value } from '../declarations/computed-values.js';
import { lengthPx } from '../declarations/lengths.js';

/** What transforms make of a box: how small its shorter side becomes, and where it goes, in CSS pixels. */
export interface Transformation {
  scale: number;
  right: number;
  down: number;
}

const radiansOf: Readonly<Record<string, number>> = {
  '': Math.PI / 180,
  deg: Math.PI / 180,
  grad: Math.PI / 200,
  rad: 1,
  turn: 2 * Math.PI,
};
const windowPx = 1_000;
/** What cosines of right angles come to. */
const nothing = 1e-6;

/** By `transform` and the properties of single ones (CSS Transforms 2, sections 5 and 12). */
export function transformationOf(value: Value): Transformation {
  const result = { scale: 1, right: 0, down: 0 };
  let [across, along] = [1, 1];
  for (const [name, values] of functionsOf(value)) {
    const [x = '', y = ''] = values;
    if (name.startsWith('translate')) {
      const [right, down] = name === 'translatey' ? ['0', x] : [x, name === 'translatex' ? '0' : y];
      result.right += lengthPx(right, undefined, windowPx) ?? 0;
      result.down += lengthPx(down, undefined, windowPx) ?? 0;
      continue;
    }
    const [factorX, factorY] = factorsOf(name, values);
    across *= factorX;
    along *= factorY;
  }
  const scale = Math.min(Math.abs(across), Math.abs(along));
  return { ...result, scale: scale < nothing ? 0 : scale };
}

function functionsOf(value: Value): [name: string, values: string[]][] {
  const functions: [string, string[]][] = [];
  const single = (name: string, text: string): void => {
    if (text !== '' && text !== 'none') functions.push([name, text.split(' ')]);
  };
  single('translate', value('translate'));
  single('scale', value('scale'));
  const [, axis = '', angle = ''] = /^([xyz])\s+(\S+)$/.exec(value('rotate')) ?? [];
  if (axis !== '') single(`rotate${axis}`, angle);
  for (const [, name = '', inside = ''] of value('transform').matchAll(/([a-z0-9]+)\(([^()]*)\)/g)) {
    functions.push([name, inside.split(',').map((each) => each.trim())]);
  }
  return functions;
}

function factorsOf(name: string, values: readonly string[]): [across: number, along: number] {
  const [first = 1, second] = values.map(numberOf);
  switch (name) {
    case 'scale':
      return [first, second ?? first];
    case 'scale3d':
      return [first, second ?? 1];
    case 'scalex':
      return [first, 1];
    case 'scaley':
      return [1, first];
    case 'rotatex':
      return [1, Math.cos(radians(values[0] ?? ''))];
    case 'rotatey':
      return [Math.cos(radians(values[0] ?? '')), 1];
    case 'matrix':
      return factorsOfMatrix(values.map(numberOf));
    default:
      return [1, 1];
  }
}

function factorsOfMatrix([a = 1, b = 0, c = 0, d = 1]: readonly number[]): [across: number, along: number] {
  const across = Math.hypot(a, b);
  return [across, across === 0 ? 0 : (a * d - b * c) / across];
}

function numberOf(text: string): number {
  const number = Number.parseFloat(text) / (text.endsWith('%') ? 100 : 1);
  return Number.isNaN(number) ? 1 : number;
}

function radians(text: string): number {
  const [, digits = '0', unit = ''] = /^(-?[\d.]+)([a-z]*)$/.exec(text) ?? [];
  return Number(digits) * (radiansOf[unit] ?? 0);
}
