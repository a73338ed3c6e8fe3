import { type Atrule, type CssNode, parse, type Rule } from 'css-tree';
import { type Declarations, declarationsIn } from './declarations.js';
import {
  attributeOf,
  elementsBelow,
  type HtmlDocument,
  type HtmlElement,
  isTextNode,
} from '../tree/html-tree.js';
import { holdsOnScreen } from './media-query.js';
import { type ComplexSelector, selectorsIn, selects, stepsOf } from './selectors.js';
import type { WorkBudget } from '../tree/work-budget.js';

/** More style than this is not read: css-tree's buffers grow with its largest input, and stay so. */
const maxStyleChars = 128_000;
/** Every step is one comparison; a tree can be searched for style sheets at this many elements a step. */
const elementsOfStep = 8;

interface StyleRule {
  selector: ComplexSelector;
  declarations: Declarations;
  /** By specificity first, then by order (CSS Cascade, section 6.4.3 and 6.4.4). */
  precedence: readonly [specificity: number, order: number];
}

/** Rules of one key, and what it takes to compare an element with all of them. */
interface KeyedRules {
  rules: StyleRule[];
  steps: number;
}

/**
 * The rules of a document's `<style>` blocks that may hide something, as far as they apply to a computer's screen and
 * select by tag, class, id, attributes and ancestors.
 */
export class Stylesheet {
  /** Whether all rules were read. */
  readonly complete: boolean;
  /** Whether an element's rules depend on nothing but its tag, class and id. */
  readonly selectsByElementAlone: boolean;
  private readonly rules = new Map<string, KeyedRules>();
  private order = 0;

  constructor(document: HtmlDocument, budget: WorkBudget) {
    const css = styleOf(document, budget);
    this.complete = css !== null && budget.spend(css.length);
    if (this.complete && css !== null && css !== '') {
      const sheet = parse(css, { parseValue: false, parseAtrulePrelude: false });
      if (sheet.type === 'StyleSheet') this.addAll(sheet.children.toArray());
    }
    const all = [...this.rules.values()].flatMap(({ rules }) => rules);
    this.selectsByElementAlone = all.every(
      ({ selector: { subject, others } }) => others.length === 0 && subject.attributes.length === 0,
    );
  }

  /** What the rules say of an element, those that win last; null where the budget does not suffice. */
  declarationsFor(
    element: HtmlElement,
    classes: ReadonlySet<string>,
    budget: WorkBudget,
  ): Declarations[] | null {
    if (this.rules.size === 0) return [];
    if (!budget.spend(classes.size)) return null;
    const matching: StyleRule[] = [];
    const classKeys = [...classes].map((name) => `.${name}`);
    for (const key of ['', element.tagName, ...classKeys, `#${attributeOf(element, 'id')}`]) {
      const keyed = this.rules.get(key);
      if (keyed === undefined) continue;
      if (!budget.spend(keyed.steps)) return null;
      for (const rule of keyed.rules) {
        const selected = selects(rule.selector, element, classes, budget);
        if (selected === null) return null;
        if (selected) matching.push(rule);
      }
    }
    return matching
      .sort((a, b) => a.precedence[0] - b.precedence[0] || a.precedence[1] - b.precedence[1])
      .map((rule) => rule.declarations);
  }

  private addAll(nodes: readonly CssNode[]): void {
    for (const node of nodes) {
      if (node.type === 'Rule') this.add(node);
      else if (node.type === 'Atrule' && applies(node)) this.addAll(node.block?.children.toArray() ?? []);
    }
  }

  private add({ prelude, block }: Rule): void {
    if (prelude.type !== 'SelectorList') return;
    const declarations = declarationsIn(block.children);
    if (declarations.size === 0) return;
    for (const selector of selectorsIn(prelude)) {
      const key = keyOf(selector);
      const keyed = this.rules.get(key) ?? { rules: [], steps: 0 };
      this.order += 1;
      keyed.rules.push({ selector, declarations, precedence: [selector.specificity, this.order] });
      keyed.steps += stepsOf(selector);
      this.rules.set(key, keyed);
    }
  }
}

/** The style sheets of a document; null if they are too long to be read whole. */
function styleOf(document: HtmlDocument, budget: WorkBudget): string | null {
  const css: string[] = [];
  let chars = 0;
  let elements = 0;
  for (const element of elementsBelow(document)) {
    elements += 1;
    if (elements % elementsOfStep === 0 && !budget.spend(1)) return null;
    if (element.tagName !== 'style' || !holdsOnScreen(attributeOf(element, 'media'))) continue;
    for (const child of element.childNodes) {
      if (!isTextNode(child)) continue;
      chars += child.value.length;
      if (chars <= maxStyleChars) css.push(child.value);
    }
  }
  if (chars <= maxStyleChars) return css.join('').replaceAll(/<!--|-->/g, '');
  budget.leftOut.add('styleSize');
  return null;
}

function applies({ name, prelude }: Atrule): boolean {
  const condition = prelude?.type === 'Raw' ? prelude.value : '';
  switch (name.toLowerCase()) {
    case 'media':
      return holdsOnScreen(condition);
    case 'supports':
      return !/^\s*not\b/i.test(condition);
    default:
      return name.toLowerCase() === 'layer';
  }
}

function keyOf({ subject: { name, id, classes } }: ComplexSelector): string {
  const [className] = classes;
  if (id !== '') return `#${id}`;
  return className === undefined ? name : `.${className}`;
}
