import type { Attributes } from './bounded-parser.js';
import { cascade, type Declarations, inlineDeclarations } from './declarations.js';
import { Stylesheet } from './stylesheet.js';

/** Mails repeat few styles often; only a hostile one has more, and shows what it hides with the rest. */
const maxDistinctStyles = 5_000;
const maxClasses = 30;

const undeclared: Declarations = new Map();

/** What a document's style sheets and `style` attributes declare for its elements. */
export class ElementStyles {
  private readonly stylesheet: Stylesheet;
  private readonly known = new Map<string, Declarations>();

  constructor(html: string) {
    this.stylesheet = new Stylesheet(html);
  }

  of(name: string, { id = '', class: className = '', style = '' }: Attributes): Declarations {
    const key = JSON.stringify([name, id, className, style]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size >= maxDistinctStyles) return undeclared;

    const classes = className.split(/\s+/, maxClasses).filter((it) => it !== '');
    const fromSheets = this.stylesheet.declarationsFor({ name, id, classes });
    const declarations = cascade(style === '' ? fromSheets : [...fromSheets, inlineDeclarations(style)]);
    this.known.set(key, declarations);
    return declarations;
  }
}
