import { type Block, parse, type SelectorList } from 'css-tree';
import { type Declarations, declarationsIn } from './declarations.js';
import { styleBlocks } from './style-blocks.js';
import type { WorkBudget } from './work-budget.js';

/** What simple selectors select by; an empty name or id is any. */
interface SimpleSelector {
  name: string;
  id: string;
  classes: readonly string[];
}

interface StyledElement {
  name: string;
  id: string;
  classes: ReadonlySet<string>;
}

interface StyleRule extends SimpleSelector {
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
 * The rules of a document's `<style>` blocks that may hide something, as far as they select by tag, class and id
 * alone and apply to every screen (none inside @media).
 */
export class Stylesheet {
  /** Whether all rules were read. */
  readonly complete: boolean;
  private readonly rules = new Map<string, KeyedRules>();
  private order = 0;

  constructor(html: string, budget: WorkBudget) {
    const css = styleBlocks(html, budget);
    this.complete = css !== null && budget.spend(css.length);
    if (!this.complete || css === null || css === '') return;
    const sheet = parse(css, { parseValue: false, parseAtrulePrelude: false });
    if (sheet.type !== 'StyleSheet') return;
    sheet.children.forEach((node) => {
      if (node.type === 'Rule' && node.prelude.type === 'SelectorList') this.add(node.prelude, node.block);
    });
  }

  /** What the rules say of an element, those that win last; null where the budget does not suffice. */
  declarationsFor(element: StyledElement, budget: WorkBudget): Declarations[] | null {
    if (this.rules.size === 0) return [];
    const { name, id, classes } = element;
    if (!budget.spend(classes.size)) return null;
    const matching: StyleRule[] = [];
    for (const key of [name, ...[...classes].map((className) => `.${className}`), `#${id}`]) {
      const keyed = this.rules.get(key);
      if (keyed === undefined) continue;
      if (!budget.spend(keyed.steps)) return null;
      matching.push(...keyed.rules.filter((rule) => selects(rule, element)));
    }
    return matching
      .sort((a, b) => a.precedence[0] - b.precedence[0] || a.precedence[1] - b.precedence[1])
      .map((rule) => rule.declarations);
  }

  private add(selectors: SelectorList, block: Block): void {
    const declarations = declarationsIn(block.children);
    if (declarations.size === 0) return;
    for (const selector of simpleSelectors(selectors)) {
      const key = keyOf(selector);
      const keyed = this.rules.get(key) ?? { rules: [], steps: 0 };
      this.order += 1;
      keyed.rules.push({ ...selector, declarations, precedence: [specificityOf(selector), this.order] });
      keyed.steps += 1 + selector.classes.length;
      this.rules.set(key, keyed);
    }
  }
}

function selects(rule: SimpleSelector, { name, id, classes }: StyledElement): boolean {
  if (rule.name !== '' && rule.name !== name) return false;
  if (rule.id !== '' && rule.id !== id) return false;
  return rule.classes.every((className) => classes.has(className));
}

function specificityOf({ name, id, classes }: SimpleSelector): number {
  return (id === '' ? 0 : 1_000_000) + classes.length * 10 + (name === '' ? 0 : 1);
}

function keyOf({ name, id, classes: [className] }: SimpleSelector): string {
  if (id !== '') return `#${id}`;
  return className === undefined ? name : `.${className}`;
}

function simpleSelectors(list: SelectorList): SimpleSelector[] {
  return list.children.toArray().flatMap((selector) => {
    const selected = { name: '', id: '', classes: [] as string[] };
    for (const part of selector.type === 'Selector' ? selector.children.toArray() : [selector]) {
      if (part.type === 'TypeSelector') selected.name = part.name.toLowerCase();
      else if (part.type === 'IdSelector') selected.id = part.name;
      else if (part.type === 'ClassSelector') selected.classes.push(part.name);
      else return [];
    }
    return selected;
  });
}
