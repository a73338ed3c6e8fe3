import type { Attributes } from './bounded-parser.js';
import { cascade, type Declarations, inlineDeclarations } from './declarations.js';
import { Stylesheet } from './stylesheet.js';
import type { WorkBudget } from './work-budget.js';

/** To look an element up that was not seen before. */
const stepsOfElement = 5;

/** What a document's style sheets and `style` attributes declare for its elements. */
export class ElementStyles {
  private readonly stylesheet: Stylesheet;
  private readonly known = new Map<string, Declarations>();

  constructor(
    html: string,
    private readonly budget: WorkBudget,
  ) {
    this.stylesheet = new Stylesheet(html, budget);
  }

  /** Whether what hides text is known; otherwise nothing of the document may be shown. */
  get complete(): boolean {
    return this.stylesheet.complete;
  }

  /** Null where it takes more work than is left to find out: nothing of such an element may be shown. */
  of(name: string, { id = '', class: className = '', style = '' }: Attributes): Declarations | null {
    const key = JSON.stringify([name, id, className, style]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (!this.budget.spend(stepsOfElement + style.length)) return null;

    const classes = new Set(className.split(/\s+/).filter((it) => it !== ''));
    const fromSheets = this.stylesheet.declarationsFor({ name, id, classes }, this.budget);
    if (fromSheets === null) return null;
    const declarations = cascade(style === '' ? fromSheets : [...fromSheets, inlineDeclarations(style)]);
    this.known.set(key, declarations);
    return declarations;
  }
}
