import { html } from 'parse5';
import { cascade, DeclarationReader, type Declarations } from '../declarations/declarations.js';
import { attributeOf, type HtmlDocument, type HtmlElement } from '../tree/html-tree.js';
import { Stylesheet } from './stylesheet.js';
import type { WorkBudget } from '../tree/work-budget.js';

/** To look an element up that was not seen before. */
const stepsOfElement = 5;

/** What a document's style sheets and `style` attributes declare for its elements. */
export class ElementStyles {
  private readonly stylesheet: Stylesheet;
  private readonly reader: DeclarationReader;
  private readonly known = new Map<string, Declarations>();

  constructor(
    document: HtmlDocument,
    private readonly budget: WorkBudget,
  ) {
    this.reader = new DeclarationReader(document.mode === html.DOCUMENT_MODE.QUIRKS, budget);
    this.stylesheet = new Stylesheet(document, this.reader, budget);
  }

  /** Whether what hides text is known; otherwise nothing of the document may be shown. */
  get complete(): boolean {
    return this.stylesheet.complete;
  }

  /** Null where it takes more work than is left to find out: nothing of such an element may be shown. */
  of(element: HtmlElement): Declarations | null {
    const style = attributeOf(element, 'style');
    const parts = [element.tagName, attributeOf(element, 'id'), attributeOf(element, 'class'), style];
    const key = this.stylesheet.selectsByElementAlone ? JSON.stringify(parts) : null;
    const known = key === null ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    if (!this.budget.spend(stepsOfElement + style.length)) return null;

    const fromSheets = this.stylesheet.isEmpty
      ? []
      : this.stylesheet.declarationsFor(element, namesOf(element));
    const inline = style === '' ? null : this.reader.inline(style);
    if (fromSheets === null || (style !== '' && inline === null)) return null;
    const declarations = cascade(inline === null ? fromSheets : [...fromSheets, inline]);
    if (key !== null) this.known.set(key, declarations);
    return declarations;
  }
}

/** Its classes and its id, as rules are found by them. */
function namesOf(element: HtmlElement): string[] {
  const classes = new Set(attributeOf(element, 'class').split(/\s+/));
  classes.delete('');
  const id = attributeOf(element, 'id');
  return [...[...classes].map((name) => `.${name}`), ...(id === '' ? [] : [`#${id}`])];
}
