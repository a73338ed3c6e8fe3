import type { Atrule, CssNode, Rule } from 'css-tree';
import type { HtmlDocument, HtmlElement } from '../tree/html-tree.js';
import { html } from 'parse5';
import { CascadeLayers } from './cascade-layers.js';
import type { DeclarationReader, Declarations } from '../declarations/declarations.js';
import { parsedCss } from '../declarations/parsed-css.js';
import { isSupported } from './feature-query.js';
import { holdsOnScreen } from './media-query.js';
import { nestedIn } from './nested-selectors.js';
import { selectorOptions, type SelectorOptions, SelectorWorkUsedUp } from './selector-adapter.js';
import { selectorsIn, type StyleSelector } from './selectors.js';
import { sheetsOf } from './style-elements.js';
import type { WorkBudget } from '../tree/work-budget.js';

/** To read a selector's text. */
const stepsOfSelectorList = 10;
const charsOfStep = 40;
const deepestNesting = 12;

interface StyleRule {
  selector: StyleSelector;
  declarations: Declarations;
  /** By layer, specificity and order (CSS Cascade 5, section 6.4). */
  precedence: readonly [layer: number, specificity: number, order: number];
}

/** Rules of one key, and what it takes to compare an element with all of them. */
interface KeyedRules {
  rules: StyleRule[];
  steps: number;
}

interface Surroundings {
  /** The selectors of the rule around, where there is one. */
  parent: string;
  layer: string;
  depth: number;
}

class UnreadRule extends Error {}

/** The rules of a document's `<style>` blocks that may hide something, as far as they apply to a computer's screen. */
export class Stylesheet {
  /** Whether all rules were read. */
  readonly complete: boolean;
  /** Whether an element's rules depend on nothing but its tag, class and id. */
  readonly selectsByElementAlone: boolean;
  readonly isEmpty: boolean;
  private readonly rules = new Map<string, KeyedRules>();
  private readonly layers = new CascadeLayers();
  private readonly quirks: boolean;
  private readonly options: SelectorOptions;
  private order = 0;

  constructor(
    document: HtmlDocument,
    private readonly reader: DeclarationReader,
    private readonly budget: WorkBudget,
  ) {
    this.quirks = document.mode === html.DOCUMENT_MODE.QUIRKS;
    this.options = selectorOptions(document, budget);
    this.complete = this.readAll(sheetsOf(document, budget));
    const all = [...this.rules.values()].flatMap(({ rules }) => rules);
    this.isEmpty = all.length === 0;
    this.selectsByElementAlone = all.every(({ selector }) => selector.byElementAlone);
  }

  /** What the rules say of an element, those that win last; null where the budget does not suffice. */
  declarationsFor(element: HtmlElement, names: readonly string[]): Declarations[] | null {
    if (!this.budget.spend(names.length)) return null;
    const matching: StyleRule[] = [];
    for (const name of ['', element.tagName, ...names]) {
      const keyed = this.rules.get(this.quirks ? name.toLowerCase() : name);
      if (keyed === undefined) continue;
      if (!this.budget.spend(keyed.steps)) return null;
      const selected = this.selectedOf(keyed.rules, element);
      if (selected === null) return null;
      matching.push(...selected);
    }
    return matching.sort((a, b) => before(a, b)).map((rule) => rule.declarations);
  }

  private selectedOf(rules: readonly StyleRule[], element: HtmlElement): StyleRule[] | null {
    try {
      return rules.filter(({ selector }) => selector.selects(element));
    } catch (failure) {
      if (!(failure instanceof SelectorWorkUsedUp)) throw failure;
      return null;
    }
  }

  private readAll(sheets: readonly string[] | null): boolean {
    if (sheets === null) return false;
    try {
      for (const css of sheets) {
        if (!this.budget.spend(css.length)) return false;
        if (css.trim() !== '') this.addAll(this.nodesOf(css), { parent: '', layer: '', depth: 0 });
      }
      return true;
    } catch (failure) {
      if (!(failure instanceof UnreadRule)) throw failure;
      this.budget.leftOut.add('work');
      return false;
    }
  }

  private nodesOf(css: string): CssNode[] {
    const options = { parseValue: false, parseAtrulePrelude: false, parseRulePrelude: false };
    const sheet = parsedCss(css, this.budget, options);
    if (sheet === null) throw new UnreadRule();
    return sheet.type === 'StyleSheet' ? sheet.children.toArray() : [];
  }

  private addAll(nodes: readonly CssNode[], around: Surroundings): void {
    for (const node of nodes) {
      if (node.type === 'Rule') this.add(node, around);
      else if (node.type === 'Atrule') this.addBlock(node, around);
      else if (node.type === 'Raw' && around.parent !== '') this.addNested(node.value, around);
    }
  }

  /** css-tree leaves nested rules as they are written, but for those that begin with `&`. */
  private addNested(css: string, around: Surroundings): void {
    if (!css.includes('{')) return;
    if (around.depth > deepestNesting || !this.budget.spend(css.length)) throw new UnreadRule();
    this.addAll(this.nodesOf(css), { ...around, depth: around.depth + 1 });
  }

  private addBlock(atrule: Atrule, around: Surroundings): void {
    const { name, prelude, block } = atrule;
    const condition = prelude?.type === 'Raw' ? prelude.value : '';
    const inside = { ...around, depth: around.depth + 1 };
    switch (name.toLowerCase()) {
      case 'media':
        if (!holdsOnScreen(condition)) return;
        break;
      case 'supports':
        if (!isSupported(condition)) return;
        break;
      case 'layer':
        inside.layer = this.layers.declare(condition, around.layer, block === null);
        break;
      default:
        return;
    }
    if (block === null) return;
    const nodes = block.children.toArray();
    if (around.parent !== '') this.addRule(around.parent, this.declarationsOf(block.children), inside);
    this.addAll(nodes, inside);
  }

  private add({ prelude, block }: Rule, around: Surroundings): void {
    if (prelude.type !== 'Raw') return;
    const selectors = around.parent === '' ? prelude.value : nestedIn(around.parent, prelude.value);
    if (selectors === null) return;
    this.addRule(selectors, this.declarationsOf(block.children), around);
    const nested = block.children.toArray().filter(({ type }) => type !== 'Declaration');
    if (nested.length === 0) return;
    if (around.depth > deepestNesting) throw new UnreadRule();
    this.addAll(nested, { ...around, parent: selectors, depth: around.depth + 1 });
  }

  private declarationsOf(children: Rule['block']['children']): Declarations {
    const declarations = this.reader.ofBlock(children);
    if (declarations === null) throw new UnreadRule();
    return declarations;
  }

  private addRule(list: string, declarations: Declarations, { layer }: Surroundings): void {
    if (declarations.size === 0) return;
    if (!this.budget.spend(stepsOfSelectorList + Math.floor(list.length / charsOfStep)))
      throw new UnreadRule();
    const selectors = selectorsIn(list, this.options);
    if (selectors === null) throw new UnreadRule();
    for (const selector of selectors) {
      const keyed = this.rules.get(selector.key) ?? { rules: [], steps: 0 };
      this.order += 1;
      const precedence = [this.layers.rankOf(layer), selector.specificity, this.order] as const;
      keyed.rules.push({ selector, declarations, precedence });
      keyed.steps += selector.steps;
      this.rules.set(selector.key, keyed);
    }
  }
}

function before({ precedence: a }: StyleRule, { precedence: b }: StyleRule): number {
  return (a[0] === b[0] ? 0 : a[0] - b[0]) || a[1] - b[1] || a[2] - b[2];
}
