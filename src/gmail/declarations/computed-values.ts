import { calc } from '@csstools/css-calc';
import type { Declarations } from './declarations.js';
import { longhandsOf } from './longhands.js';

/** The value of a property that an element declares, without variables and sums; empty where it declares none. */
export type Value = (property: string) => string;
/** What custom properties say, those of the elements around included (CSS Custom Properties, section 2). */
export type CustomProperties = ReadonlyMap<string, string>;

export const noCustomProperties: CustomProperties = new Map();

const mathFunction =
  /(?:^|[\s,(-])(?:calc|min|max|clamp|round|mod|rem|sin|cos|tan|sqrt|pow|hypot|abs|sign)\(/;
/** Variables in variables grow without end; what is longer counts as not known. */
const maxValueChars = 1_000;
const maxReplacements = 50;

const inherited = new Set(
  'visibility color -webkit-text-fill-color text-shadow font-size text-indent white-space fill stroke'.split(
    ' ',
  ),
);
const initial: Readonly<Record<string, string>> = {
  display: 'inline',
  visibility: 'visible',
  color: '#000',
  'font-size': 'medium',
  'text-indent': '0',
  'white-space': 'normal',
  'text-shadow': 'none',
  'text-decoration-line': 'none',
  'background-color': 'transparent',
  'background-image': 'none',
  'background-clip': 'border-box',
  fill: '#000',
};

/** Those that an element has, by those of its parent and what it declares. */
export function customProperties(parent: CustomProperties, declarations: Declarations): CustomProperties {
  let own: Map<string, string> | undefined;
  for (const [property, { value }] of declarations) {
    if (!property.startsWith('--')) continue;
    own ??= new Map(parent);
    if (value === 'initial') own.delete(property);
    else if (!/^(?:inherit|unset|revert)$/.test(value)) own.set(property, value);
  }
  if (own === undefined) return parent;
  for (const [property, value] of own) {
    if (!value.includes('var(')) continue;
    const replaced = withoutVariables(value, own);
    if (replaced === null) own.delete(property);
    else own.set(property, replaced);
  }
  return own;
}

export function valuesOf(declarations: Declarations, custom: CustomProperties): Value {
  return (property) => {
    const declared = declarations.get(property);
    if (declared === undefined) return '';
    const { value, shorthand } = declared;
    if (!value.includes('(')) return ofKeyword(property, value);
    const replaced = value.includes('var(') ? withoutVariables(value, custom) : value;
    // Such a declaration is void when it is computed, and the property as if it were not declared.
    if (replaced === null) return inherited.has(property) ? 'inherit' : (initial[property] ?? '');
    const own =
      shorthand === undefined
        ? replaced
        : (longhandsOf(shorthand, replaced).find(([longhand]) => longhand === property)?.[1] ?? '');
    return ofKeyword(property, mathFunction.test(own) ? calc(own, { toCanonicalUnits: true }) : own);
  };
}

function ofKeyword(property: string, value: string): string {
  switch (value) {
    case 'unset':
      return inherited.has(property) ? 'inherit' : (initial[property] ?? '');
    case 'initial':
      return initial[property] ?? '';
    case 'revert':
    case 'revert-layer':
      return '';
    default:
      return value;
  }
}

/** With each `var()` replaced by its variable, or by what it says instead; null where there is neither. */
function withoutVariables(value: string, custom: CustomProperties): string | null {
  let text = value;
  for (let replacements = 0; replacements < maxReplacements; replacements += 1) {
    const start = text.lastIndexOf('var(');
    if (start < 0) return text.trim();
    const end = closingAt(text, start + 'var('.length);
    const inner = text.slice(start + 'var('.length, end);
    const comma = inner.indexOf(',');
    const name = (comma < 0 ? inner : inner.slice(0, comma)).trim();
    const replacement = custom.get(name) ?? (comma < 0 ? undefined : inner.slice(comma + 1).trim());
    if (replacement === undefined) return null;
    text = text.slice(0, start) + replacement + text.slice(end + 1);
    if (text.length > maxValueChars) return null;
  }
  return null;
}

function closingAt(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    else if (text[index] === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}
