import { attributeOf, type HtmlElement, type HtmlNode, isElement, isTextNode } from '../tree/html-tree.js';

/** `10²`, `19⁹⁹` as prices are set, the mark of a note behind a number: on the line they would be another number. */
const number = /^[+\u2212-]?\d/;
const marks = new Map([
  ['sup', '^'],
  ['sub', '_'],
]);

/** What keeps a raised or lowered number from the number before it; null where none is. */
export function markOfDigits(element: HtmlElement): string | null {
  const mark = marks.get(element.tagName) ?? markOfStyle(attributeOf(element, 'style'));
  return mark !== undefined && number.test(firstText(element)) ? mark : null;
}

/** As programs that make newsletters set prices. */
function markOfStyle(style: string): string | undefined {
  const [, aligned = ''] = /vertical-align\s*:\s*([a-z-]{1,20})/i.exec(style) ?? [];
  if (/^(?:super|text-top|top)$/i.test(aligned)) return '^';
  return /^sub$/i.test(aligned) ? '_' : undefined;
}

/** Without the blanks before it. */
function firstText(element: HtmlElement): string {
  let child: HtmlNode | undefined = element;
  while (child !== undefined && isElement(child)) child = child.childNodes[0];
  return child !== undefined && isTextNode(child) ? child.value.trimStart() : '';
}
