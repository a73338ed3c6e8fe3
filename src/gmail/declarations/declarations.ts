import { type CssNode, type Declaration, ident, type List } from 'css-tree';
import type { WorkBudget } from '../tree/work-budget.js';
import { isValidDeclaration } from './declaration-validity.js';
import { isShorthand, longhandsOf, propertyOf } from './longhands.js';
import { parsedCss } from './parsed-css.js';

interface DeclaredValue {
  value: string;
  important: boolean;
  /** That it comes from, where the value is the shorthand's and still holds variables. */
  shorthand?: string;
}
/** Values by property, both in lower case but for the names of custom ones, as far as they decide whether text is seen. */
export type Declarations = ReadonlyMap<string, DeclaredValue>;
type Setting = readonly [property: string, value: string, shorthand?: string];

const resetByInitial = ['display', 'visibility', 'color', 'font-size', 'text-indent'];
/** To hold a declaration against the grammar of its property: a word or lengths, or anything else. */
const stepsOfWord = 20;
const stepsOfValue = 120;
const oneWord = /^(?:[#\w.%-]+|[\d.pxemrt% ]+)$/;
/** Longer ones are not matched against a grammar. */
const maxCheckedChars = 400;

/** Reads the declarations of one document; the same ones only once. */
export class DeclarationReader {
  private readonly known = new Map<string, readonly Setting[]>();

  constructor(
    private readonly quirks: boolean,
    private readonly budget: WorkBudget,
  ) {}

  /** What a `style` attribute declares; null where the budget does not suffice. */
  inline(style: string): Declarations | null {
    const list = parsedCss(style, this.budget, { context: 'declarationList', parseValue: false });
    if (list === null) return null;
    return list.type === 'DeclarationList' ? this.ofBlock(list.children) : new Map();
  }

  /** What a block declares; broken and unknown declarations are passed over as browsers do. */
  ofBlock(block: List<CssNode>): Declarations | null {
    const declarations = new Map<string, DeclaredValue>();
    for (const node of block.toArray()) {
      if (node.type !== 'Declaration' || node.value.type !== 'Raw') continue;
      const settings = this.settingsOf(node, node.value.value);
      if (settings === null) return null;
      for (const [property, value, shorthand] of settings) {
        override(declarations, property, {
          value,
          important: node.important !== false,
          ...(shorthand === undefined ? {} : { shorthand }),
        });
      }
    }
    return declarations;
  }

  private settingsOf({ property: name }: Declaration, raw: string): readonly Setting[] | null {
    const property = propertyOf(ident.decode(name));
    if (property === '') return [];
    const value = plainValue(raw);
    const key = `${property}:${value}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const steps = oneWord.test(value) ? stepsOfWord : stepsOfValue;
    if (!this.budget.spend(steps + value.length)) return null;
    const settings = this.read(property, value);
    this.known.set(key, settings);
    return settings;
  }

  private read(property: string, value: string): readonly Setting[] {
    if (value.length <= maxCheckedChars && !isValidDeclaration(property, value, this.quirks)) return [];
    if (isShorthand(property) && value.includes('var(')) {
      return longhandsOf(property, value).map(([longhand]) => [longhand, value, property]);
    }
    return longhandsOf(property, value);
  }
}

/** Without comments, escapes and runs of blanks. One that is never closed ends the value (CSS Syntax, section 4.3.2). */
function plainValue(raw: string): string {
  const withoutComments = raw.replaceAll(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\*.*$/gs, '');
  return ident.decode(withoutComments).replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/** The declarations that win: later ones over earlier ones, important ones over all others. */
export function cascade(layers: readonly Declarations[]): Declarations {
  const winners = new Map<string, DeclaredValue>();
  for (const layer of layers) {
    for (const [property, declared] of layer) override(winners, property, declared);
  }
  return winners;
}

function override(winners: Map<string, DeclaredValue>, property: string, declared: DeclaredValue): void {
  if (property === 'all') overrideAll(winners, declared);
  else if (winners.get(property)?.important !== true || declared.important) winners.set(property, declared);
}

/** https://www.w3.org/TR/css-cascade-5/#all-shorthand */
function overrideAll(winners: Map<string, DeclaredValue>, declared: DeclaredValue): void {
  for (const [property, { important }] of winners) {
    if (!property.startsWith('--') && (declared.important || !important)) winners.delete(property);
  }
  for (const property of declared.value === 'initial' ? resetByInitial : ['display']) {
    override(winners, property, declared);
  }
}
