import { cssColour } from './colours.js';

/** A property and its value, as they are compared. */
type Longhand = readonly [property: string, value: string];

/** As far as they decide whether text is seen. */
const decisive = new Set(
  (
    'display visibility content-visibility opacity filter zoom color -webkit-text-fill-color text-shadow all ' +
    'background-color background-image background-clip overflow-x overflow-y box-sizing ' +
    'height width max-height max-width min-height min-width padding-top padding-bottom padding-left padding-right ' +
    'position top right bottom left margin-top margin-right margin-bottom margin-left text-indent font-size ' +
    'transform scale rotate translate clip clip-path mask-image float white-space text-decoration-line fill fill-opacity stroke'
  ).split(' '),
);

const aliases: Readonly<Record<string, string>> = {
  '-webkit-background-clip': 'background-clip',
  '-webkit-clip-path': 'clip-path',
  '-webkit-filter': 'filter',
  '-webkit-mask': 'mask',
  '-webkit-mask-image': 'mask-image',
  '-webkit-opacity': 'opacity',
  '-webkit-transform': 'transform',
  'block-size': 'height',
  'inline-size': 'width',
  'max-block-size': 'max-height',
  'max-inline-size': 'max-width',
  'min-block-size': 'min-height',
  'min-inline-size': 'min-width',
  'inset-block-start': 'top',
  'inset-block-end': 'bottom',
  'inset-inline-start': 'left',
  'inset-inline-end': 'right',
  'margin-block-start': 'margin-top',
  'margin-block-end': 'margin-bottom',
  'margin-inline-start': 'margin-left',
  'margin-inline-end': 'margin-right',
  'overflow-block': 'overflow-y',
  'overflow-inline': 'overflow-x',
  'padding-block-start': 'padding-top',
  'padding-block-end': 'padding-bottom',
  'padding-inline-start': 'padding-left',
  'padding-inline-end': 'padding-right',
  'white-space-collapse': 'white-space',
  'word-wrap': 'overflow-wrap',
};

const shorthands: Readonly<Record<string, (value: string) => Longhand[]>> = {
  background: (value) => [
    ['background-color', colourIn(value)],
    ['background-image', /(?:url|gradient|image|image-set)\(/.test(value) ? value : 'none'],
    ['background-clip', /(?:^|\s)text(?:\s|$)/.test(value) ? 'text' : 'border-box'],
  ],
  font: (value) => [['font-size', sizeIn(value)]],
  inset: (value) => sides(value, (side) => side),
  'inset-block': (value) => ends(value, 'top', 'bottom'),
  'inset-inline': (value) => ends(value, 'left', 'right'),
  margin: (value) => sides(value, (side) => `margin-${side}`),
  'margin-block': (value) => ends(value, 'margin-top', 'margin-bottom'),
  'margin-inline': (value) => ends(value, 'margin-left', 'margin-right'),
  mask: (value) => [['mask-image', /(?:url|gradient)\(/.test(value) ? value : 'none']],
  overflow: (value) => {
    const [x = '', y = x] = value.split(' ');
    return [
      ['overflow-x', x],
      ['overflow-y', y],
    ];
  },
  padding: (value) => sides(value, (side) => `padding-${side}`),
  'padding-block': (value) => ends(value, 'padding-top', 'padding-bottom'),
  'padding-inline': (value) => ends(value, 'padding-left', 'padding-right'),
  'text-decoration': (value) => [['text-decoration-line', value]],
};

const wideKeyword = /^(?:inherit|initial|unset|revert|revert-layer)$/;

/** The property that a name means, where it decides something, a custom one included; else empty. */
export function propertyOf(name: string): string {
  if (name.startsWith('--')) return name;
  const lower = name.toLowerCase();
  const property = aliases[lower] ?? lower;
  return decisive.has(property) || property in shorthands ? property : '';
}

/** What a declaration sets: a shorthand sets several properties, those that it does not name too. */
export function longhandsOf(property: string, value: string): readonly Longhand[] {
  const expand = shorthands[property];
  if (expand === undefined) return [[property, value]];
  const longhands = expand(value);
  return wideKeyword.test(value) ? longhands.map(([name]) => [name, value]) : longhands;
}

export function isShorthand(property: string): boolean {
  return property in shorthands;
}

function sides(value: string, name: (side: string) => string): Longhand[] {
  const [top = '', right = top, bottom = top, left = right] = partsOf(value);
  return [
    [name('top'), top],
    [name('right'), right],
    [name('bottom'), bottom],
    [name('left'), left],
  ];
}

function ends(value: string, start: string, end: string): Longhand[] {
  const [first = '', second = first] = partsOf(value);
  return [
    [start, first],
    [end, second],
  ];
}

/** Words, and functions with what is in them. */
function partsOf(value: string): string[] {
  return value.match(/[a-z-]+\((?:[^()]|\([^()]*\))*\)|[^\s()]+/g) ?? [];
}

/** The colour among the other values of a shorthand. */
function colourIn(value: string): string {
  return (
    partsOf(value).find((part) => cssColour(part) !== null || /^currentcolor$/.test(part)) ?? 'transparent'
  );
}

/** The size in a `font` shorthand such as `0/0 arial`; a font of the system has one that is read well. */
function sizeIn(font: string): string {
  const size =
    /(?:^|\s)((?:\d+(?:\.\d+)?|\.\d+)(?:%|[a-z]+)?|(?:xx?-)?(?:small|large)|xxx-large|medium|smaller|larger|(?:calc|min|max|clamp)\([^/]*\))(?=\/|\s|$)/.exec(
      font.replaceAll(/\b[1-9]00(?=\s)/g, ''),
    );
  return size?.[1] ?? 'medium';
}
