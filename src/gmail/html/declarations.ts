import { type CssNode, type List, parse } from 'css-tree';

interface DeclaredValue {
  value: string;
  important: boolean;
}
/** Values by property, both in lower case, as far as they decide whether text is seen. */
export type Declarations = ReadonlyMap<string, DeclaredValue>;

const decisive = new Set([
  'display',
  'visibility',
  'opacity',
  'font-size',
  'font',
  'color',
  'overflow',
  'max-height',
  'height',
  'mso-hide',
]);
const maxInlineChars = 4_000;
const maxValueChars = 200;

/** What a `style` attribute declares. */
export function inlineDeclarations(style: string): Declarations {
  const list = parse(style.slice(0, maxInlineChars), { context: 'declarationList', parseValue: false });
  return list.type === 'DeclarationList' ? declarationsIn(list.children) : new Map();
}

/** What a block of declarations declares; broken ones are passed over as browsers do. */
export function declarationsIn(block: List<CssNode>): Declarations {
  const declarations = new Map<string, DeclaredValue>();
  block.forEach((node) => {
    if (node.type !== 'Declaration' || node.value.type !== 'Raw') return;
    const property = node.property.toLowerCase();
    if (!decisive.has(property) || node.value.value.length > maxValueChars) return;
    const value = node.value.value
      .replaceAll(/\/\*.*?\*\//gs, '')
      .trim()
      .toLowerCase();
    override(declarations, property, { value, important: node.important !== false });
  });
  return declarations;
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
  if (winners.get(property)?.important !== true || declared.important) winners.set(property, declared);
}
