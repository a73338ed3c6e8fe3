import { isClosedDetails } from '../style/hidden-box.js';
import {
  attributeOf,
  elementsBelow,
  hasAttribute,
  type HtmlElement,
  type HtmlNode,
} from '../tree/html-tree.js';

/** What of a document's elements is open. */
export class OpenElements {
  /** Of `<details>` with the same name only one is open (HTML Standard, section 4.11.1). */
  private readonly openNames = new Set<string>();

  /** All children but those of a closed `<details>`, and the options of a list that is not open. */
  shownChildren(element: HtmlElement): readonly HtmlNode[] {
    const { childNodes, tagName } = element;
    if (tagName === 'select' && isClosedList(element)) {
      const chosen = chosenOption(element);
      return chosen === undefined ? [] : [chosen];
    }
    if (tagName !== 'details' || (!isClosedDetails(element) && this.opens(element))) return childNodes;
    const summary = childNodes.find(({ nodeName }) => nodeName === 'summary');
    return summary === undefined ? [] : [summary];
  }

  private opens(details: HtmlElement): boolean {
    const name = attributeOf(details, 'name');
    if (name === '') return true;
    if (this.openNames.has(name)) return false;
    this.openNames.add(name);
    return true;
  }
}

function isClosedList(select: HtmlElement): boolean {
  return !hasAttribute(select, 'multiple') && !(Number.parseInt(attributeOf(select, 'size')) > 1);
}

function chosenOption(select: HtmlElement): HtmlElement | undefined {
  let first: HtmlElement | undefined;
  for (const element of elementsBelow(select)) {
    if (element.tagName !== 'option') continue;
    if (hasAttribute(element, 'selected')) return element;
    first ??= element;
  }
  return first;
}

/** What a form's field shows before it is filled in. */
export function textOfField(field: HtmlElement): string {
  const type = attributeOf(field, 'type').toLowerCase();
  if (type === 'image') return attributeOf(field, 'alt');
  if (type === 'checkbox') return hasAttribute(field, 'checked') ? '[x]' : '[ ]';
  if (type === 'radio') return hasAttribute(field, 'checked') ? '(x)' : '( )';
  if (/^(?:hidden|password|file|color|range)$/.test(type)) return '';
  return attributeOf(field, 'value') || attributeOf(field, 'placeholder');
}

/** What an element shows in place of its text; null where it shows its text. */
export function textInstead(element: HtmlElement): string | null {
  const { tagName, childNodes } = element;
  if (tagName === 'option' && hasAttribute(element, 'label')) return attributeOf(element, 'label');
  return tagName === 'textarea' && childNodes.length === 0 ? attributeOf(element, 'placeholder') : null;
}
