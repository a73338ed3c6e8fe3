import { compile } from 'css-select';
import { isTraversal, parse as parseSelectors, type Selector, SelectorType } from 'css-what';
import { parse } from 'css-tree';
import type { HtmlElement } from '../tree/html-tree.js';
import { forgivingPseudoClasses, isPseudoClass, selectorPseudoClasses } from './pseudo-classes.js';
import type { SelectorOptions } from './selector-adapter.js';

/** A complex selector (Selectors 4) of a style sheet. */
export interface StyleSelector {
  /** Under which of an element's own names it is found: `#id`, `.class`, a tag, or empty for any. */
  key: string;
  /** How many comparisons it takes at least. */
  steps: number;
  specificity: number;
  /** Whether it depends on nothing but an element's tag, class and id. */
  byElementAlone: boolean;
  /** @throws SelectorWorkUsedUp where the budget does not suffice to tell. */
  selects: (element: HtmlElement) => boolean;
}

/** Both what reads and what compiles selectors is recursive. */
const deepestSelector = 24;

/** The selectors of a list; none where it is void; null where it is nested too deep to be read. */
export function selectorsIn(list: string, options: SelectorOptions): StyleSelector[] | null {
  if (depthOf(list) > deepestSelector) return null;
  return (tokensOf(list) ?? []).flatMap((tokens) => {
    if (tokens.some((token) => token.type === SelectorType.PseudoElement)) return [];
    const subject = tokens.slice(tokens.findLastIndex(isTraversal) + 1);
    let compiled: ((element: HtmlElement) => boolean) | undefined;
    return {
      key: keyOf(subject, options.quirksMode === true),
      steps: subject.length,
      specificity: specificityOf(tokens),
      byElementAlone: tokens.every(isOfElementAlone),
      selects: (element: HtmlElement) => {
        compiled ??= compile([tokens], options);
        return compiled(element);
      },
    };
  });
}

/** Null for a list with anything in it that a browser does not know (Selectors 4, section 3.9). */
function tokensOf(list: string): Selector[][] | null {
  try {
    const plain = list.replaceAll(/:-(?:webkit|moz)-any\(/gi, ':is(');
    if (parse(plain, { context: 'selectorList', onParseError: fail }).type !== 'SelectorList') return null;
    const selectors = parseSelectors(plain);
    return selectors.every(isKnown) ? selectors : null;
  } catch {
    return null;
  }
}

function fail(error: Error): never {
  throw error;
}

function isKnown(tokens: Selector[]): boolean {
  const [first] = tokens;
  if (first === undefined || isTraversal(first)) return false;
  return tokens.every(isKnownToken);
}

function isKnownToken(token: Selector): boolean {
  if ('namespace' in token) {
    // What has a namespace of `*` is of any.
    if (token.namespace === '*') token.namespace = null;
    return token.namespace === null;
  }
  if (token.type === SelectorType.Pseudo) return isKnownPseudoClass(token);
  return token.type !== SelectorType.Parent && token.type !== SelectorType.ColumnCombinator;
}

function isKnownPseudoClass(token: Extract<Selector, { type: SelectorType.Pseudo }>): boolean {
  const { name, data } = token;
  if (!isPseudoClass(name) || (data !== null && Array.isArray(data)) !== selectorPseudoClasses.has(name))
    return false;
  if (!Array.isArray(data)) return true;
  if (forgivingPseudoClasses.has(name)) {
    token.data = data.filter(isKnown);
    return true;
  }
  return name === 'has' ? data.every((inner) => inner.every(isKnownToken)) : data.every(isKnown);
}

function keyOf(subject: readonly Selector[], quirks: boolean): string {
  let key = '';
  for (const token of subject) {
    if (token.type === SelectorType.Tag && key === '') key = token.name.toLowerCase();
    else if (isClassOrId(token)) {
      const name = quirks ? token.value.toLowerCase() : token.value;
      if (token.name === 'id') return `#${name}`;
      key = `.${name}`;
    }
  }
  return key;
}

type AttributeToken = Extract<Selector, { type: SelectorType.Attribute }>;

/** Written with a point or a number sign. */
function isClassOrId(token: Selector): token is AttributeToken {
  return token.type === SelectorType.Attribute && token.ignoreCase === 'quirks';
}

function isOfElementAlone(token: Selector): boolean {
  if (token.type === SelectorType.Pseudo) {
    return Array.isArray(token.data) && token.name !== 'has' && token.data.flat().every(isOfElementAlone);
  }
  return token.type === SelectorType.Tag || token.type === SelectorType.Universal || isClassOrId(token);
}

/** A million for an id, a thousand for a class, one for a tag (Selectors 4, section 17). */
function specificityOf(tokens: readonly Selector[]): number {
  return tokens.reduce((sum, token) => sum + specificityOfToken(token), 0);
}

function specificityOfToken(token: Selector): number {
  if (token.type === SelectorType.Attribute)
    return isClassOrId(token) && token.name === 'id' ? 1_000_000 : 1_000;
  if (token.type === SelectorType.Tag || token.type === SelectorType.PseudoElement) return 1;
  if (token.type !== SelectorType.Pseudo || token.name === 'where') return 0;
  return Array.isArray(token.data) ? Math.max(0, ...token.data.map(specificityOf)) : 1_000;
}

function depthOf(list: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of list) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
