import { type Block, parse, type SelectorList } from 'css-tree';
import { parseHtml } from './bounded-parser.js';
import { type Declarations, declarationsIn } from './declarations.js';

/** More style than this is not read: css-tree's buffers grow with its largest input, and stay so. */
const maxStyleChars = 128_000;
const maxRulesPerKey = 100;

/** What simple selectors select by; an empty name or id is any. */
export interface StyledElement {
  name: string;
  id: string;
  classes: readonly string[];
}

interface StyleRule extends StyledElement {
  declarations: Declarations;
}

/**
 * The rules of a document's `<style>` blocks that may hide something, as far as they select by tag, class and id
 * alone and apply to every screen (none inside @media).
 */
export class Stylesheet {
  private readonly rules = new Map<string, StyleRule[]>();

  constructor(html: string) {
    const sheet = parse(styleBlocks(html), { parseValue: false, parseAtrulePrelude: false });
    if (sheet.type !== 'StyleSheet') return;
    sheet.children.forEach((node) => {
      if (node.type === 'Rule' && node.prelude.type === 'SelectorList') this.add(node.prelude, node.block);
    });
  }

  /** What the rules say of an element: those by tag first, those by id last. */
  declarationsFor({ name, id, classes }: StyledElement): Declarations[] {
    if (this.rules.size === 0) return [];
    return [name, ...classes.map((className) => `.${className}`), `#${id}`]
      .flatMap((key) => this.rules.get(key) ?? [])
      .filter((rule) => rule.name === '' || rule.name === name)
      .filter((rule) => rule.id === '' || rule.id === id)
      .filter((rule) => rule.classes.every((className) => classes.includes(className)))
      .map((rule) => rule.declarations);
  }

  private add(selectors: SelectorList, block: Block): void {
    const declarations = declarationsIn(block.children);
    if (declarations.size === 0) return;
    for (const selected of simpleSelectors(selectors)) {
      const key = keyOf(selected);
      const rules = this.rules.get(key) ?? [];
      if (rules.length < maxRulesPerKey) this.rules.set(key, [...rules, { ...selected, declarations }]);
    }
  }
}

function keyOf({ name, id, classes: [className] }: StyledElement): string {
  if (id !== '') return `#${id}`;
  return className === undefined ? name : `.${className}`;
}

function simpleSelectors(list: SelectorList): StyledElement[] {
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

function styleBlocks(html: string): string {
  if (!/<style/i.test(html)) return '';
  let css = '';
  let inStyle = false;
  parseHtml(html, {
    onOpen: (name) => (inStyle = name === 'style'),
    onText: (text) => {
      if (inStyle && css.length < maxStyleChars) css += text;
    },
    onClose: () => (inStyle = false),
    onTooDeep: () => (inStyle = false),
  });
  return css.slice(0, maxStyleChars).replaceAll(/<!--|-->/g, '');
}
