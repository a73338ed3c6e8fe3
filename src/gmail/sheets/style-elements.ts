import { attributeOf, elementsBelow, type HtmlDocument, isTextNode } from '../tree/html-tree.js';
import type { WorkBudget } from '../tree/work-budget.js';
import { holdsOnScreen } from './media-query.js';

/** More style than this is not read: css-tree's buffers grow with its largest input, and stay so. */
const maxStyleChars = 128_000;
/** A tree can be searched for style sheets at this many elements a step. */
const elementsOfStep = 8;

/** The style sheets of a document, one by one; null if they are too long to be read whole. */
export function sheetsOf(document: HtmlDocument, budget: WorkBudget): string[] | null {
  const sheets: string[] = [];
  let chars = 0;
  let elements = 0;
  for (const element of elementsBelow(document)) {
    elements += 1;
    if (elements % elementsOfStep === 0 && !budget.spend(1)) return null;
    if (element.tagName !== 'style' || !holdsOnScreen(attributeOf(element, 'media'))) continue;
    if (!/^(?:text\/css)?$/i.test(attributeOf(element, 'type'))) continue;
    const css = element.childNodes.map((child) => (isTextNode(child) ? child.value : '')).join('');
    chars += css.length;
    if (chars <= maxStyleChars) sheets.push(css.replaceAll(/<!--|-->/g, ''));
  }
  if (chars <= maxStyleChars) return sheets;
  budget.leftOut.add('styleSize');
  return null;
}
