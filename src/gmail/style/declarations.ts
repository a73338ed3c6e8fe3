import { type CssNode, ident, type List, parse } from 'css-tree';

interface DeclaredValue {
  value: string;
  important: boolean;
}
/** Values by property, both in lower case, as far as they decide whether text is seen. */
export type Declarations = ReadonlyMap<string, DeclaredValue>;

const decisive = new Set(
  (
    'display visibility content-visibility opacity filter font-size font color -webkit-text-fill-color text-shadow ' +
    'background background-color background-image background-clip -webkit-background-clip overflow overflow-x ' +
    'overflow-y padding block-size inline-size max-height height max-width width line-height position left top right bottom margin margin-left ' +
    'margin-top text-indent transform clip clip-path float white-space text-decoration text-decoration-line'
  ).split(' '),
);

/** What a `style` attribute declares. */
export function inlineDeclarations(style: string): Declarations {
  const list = parse(style, { context: 'declarationList', parseValue: false });
  return list.type === 'DeclarationList' ? declarationsIn(list.children) : new Map();
}

/** What a block of declarations declares; broken ones are passed over as browsers do. */
export function declarationsIn(block: List<CssNode>): Declarations {
  const declarations = new Map<string, DeclaredValue>();
  block.forEach((node) => {
    if (node.type !== 'Declaration' || node.value.type !== 'Raw') return;
    const property = ident.decode(node.property).toLowerCase();
    if (!decisive.has(property)) return;
    const value = plainValue(node.value.value);
    override(declarations, property, { value, important: node.important !== false });
  });
  return declarations;
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
  if (winners.get(property)?.important !== true || declared.important) winners.set(property, declared);
}
