import { type CssNode, ident, type SelectorList } from 'css-tree';
import { attributeOf, hasAttribute, type HtmlElement } from '../tree/html-tree.js';
import type { WorkBudget } from '../tree/work-budget.js';

type Combinator = ' ' | '>';

/** What one element has to be; an empty name or id is any. */
interface Compound {
  name: string;
  id: string;
  classes: string[];
  attributes: AttributeTest[];
}

interface AttributeTest {
  name: string;
  matcher: string | null;
  value: string;
}

/** A selector (Selectors 4), its last compound first; each other compound with the combinator that leads to it. */
export interface ComplexSelector {
  subject: Compound;
  others: { combinator: Combinator; compound: Compound }[];
  specificity: number;
}

/** Those of a list that are made of tags, classes, ids, attributes, and what lies in what; others are passed over. */
export function selectorsIn(list: SelectorList): ComplexSelector[] {
  return list.children.toArray().flatMap((selector) => {
    const parts = selector.type === 'Selector' ? selector.children.toArray() : [selector];
    return selectorOf(parts) ?? [];
  });
}

function selectorOf(parts: readonly CssNode[]): ComplexSelector | null {
  const compounds: Compound[] = [anyElement()];
  const combinators: Combinator[] = [];
  for (const part of parts) {
    const compound = compounds.at(-1);
    if (compound === undefined) return null;
    if (part.type === 'Combinator') {
      if (!isCombinator(part.name)) return null;
      combinators.push(part.name);
      compounds.push(anyElement());
    } else if (!narrow(compound, part)) return null;
  }
  const [subject, ...others] = compounds.toReversed();
  if (subject === undefined) return null;
  combinators.reverse();
  const specificity = compounds.reduce((sum, each) => sum + specificityOf(each), 0);
  return {
    subject,
    others: others.map((compound, index) => ({ compound, combinator: combinators[index] ?? ' ' })),
    specificity,
  };
}

function anyElement(): Compound {
  return { name: '', id: '', classes: [], attributes: [] };
}

/** False for what is not known: the selector then selects nothing. */
function narrow(compound: Compound, part: CssNode): boolean {
  if (part.type === 'TypeSelector') compound.name = part.name === '*' ? '' : part.name.toLowerCase();
  else if (part.type === 'IdSelector') compound.id = ident.decode(part.name);
  else if (part.type === 'ClassSelector') compound.classes.push(ident.decode(part.name));
  else if (part.type === 'AttributeSelector') {
    const value = part.value?.type === 'String' ? part.value.value : (part.value?.name ?? '');
    compound.attributes.push({ name: part.name.name.toLowerCase(), matcher: part.matcher, value });
  } else return false;
  return true;
}

function isCombinator(name: string): name is Combinator {
  return name === ' ' || name === '>';
}

function specificityOf({ name, id, classes, attributes }: Compound): number {
  return (id === '' ? 0 : 1_000_000) + (classes.length + attributes.length) * 1_000 + (name === '' ? 0 : 1);
}

/** How many comparisons one compound takes. */
export function stepsOf({ subject }: ComplexSelector): number {
  return 1 + subject.classes.length + subject.attributes.length;
}

/** Whether a selector selects an element; null where the budget does not suffice to tell. */
export function selects(
  { subject, others }: ComplexSelector,
  element: HtmlElement,
  classes: ReadonlySet<string>,
  budget: WorkBudget,
): boolean | null {
  if (!fits(subject, element, classes)) return false;
  return leadsTo(others, element, budget);
}

/** Goes on where an ancestor fits and what is around it does not; the budget bounds how often. */
function leadsTo(
  others: ComplexSelector['others'],
  element: HtmlElement,
  budget: WorkBudget,
): boolean | null {
  const [next, ...rest] = others;
  if (next === undefined) return true;
  for (let other = parentOf(element); other !== null; other = parentOf(other)) {
    if (!budget.spend(2 + next.compound.classes.length)) return null;
    if (fits(next.compound, other, classesOf(other))) {
      const found = leadsTo(rest, other, budget);
      if (found !== false) return found;
    }
    if (next.combinator === '>') return false;
  }
  return false;
}

function fits(compound: Compound, element: HtmlElement, classes: ReadonlySet<string>): boolean {
  if (compound.name !== '' && compound.name !== element.tagName) return false;
  if (compound.id !== '' && compound.id !== attributeOf(element, 'id')) return false;
  if (!compound.classes.every((name) => classes.has(name))) return false;
  return compound.attributes.every((test) => attributeFits(test, element));
}

function attributeFits({ name, matcher, value }: AttributeTest, element: HtmlElement): boolean {
  if (!hasAttribute(element, name)) return false;
  const actual = attributeOf(element, name);
  switch (matcher) {
    case null:
      return true;
    case '=':
      return actual === value;
    case '~=':
      return actual.split(/\s+/).includes(value);
    case '^=':
      return value !== '' && actual.startsWith(value);
    case '$=':
      return value !== '' && actual.endsWith(value);
    case '*=':
      return value !== '' && actual.includes(value);
    default:
      return actual === value || actual.startsWith(`${value}-`);
  }
}

export function classesOf(element: HtmlElement): ReadonlySet<string> {
  return new Set(
    attributeOf(element, 'class')
      .split(/\s+/)
      .filter((each) => each !== ''),
  );
}

function parentOf({ parentNode }: HtmlElement): HtmlElement | null {
  return parentNode !== null && 'tagName' in parentNode ? parentNode : null;
}
