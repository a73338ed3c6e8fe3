import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html,
  Parser,
  type Token,
} from 'parse5';
import type { WorkBudget } from './work-budget.js';

export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlDocument = DefaultTreeAdapterTypes.Document;

/** Chromium nests no deeper: what goes further stands beside the deepest, not in it. */
const maxDepth = 512;
/** To create an element, and to look at it once. */
const stepsOfElement = 2;
/** How many siblings are looked at, or moved, for one step. */
const siblingsOfStep = 64;

class WorkUsedUp extends Error {}

/**
 * The tree that a browser builds of a document (HTML Standard, section 13.2), of any shape in bounded time. Null where
 * the budget does not suffice; the budget says so.
 */
export function htmlTree(source: string, budget: WorkBudget): HtmlDocument | null {
  const parser = new BoundedParser({ treeAdapter: countedTree(budget), scriptingEnabled: false });
  try {
    parser.tokenizer.write(source, true);
    return parser.document;
  } catch (failure) {
    if (!(failure instanceof WorkUsedUp)) throw failure;
    return null;
  }
}

class BoundedParser extends Parser<DefaultTreeAdapterMap> {
  override onStartTag(token: Token.TagToken): void {
    let isSelectClosed = false;
    while (this.openElements.depth >= maxDepth) {
      isSelectClosed ||= this.openElements.currentTagId === html.TAG_ID.SELECT;
      this.openElements.pop();
    }
    // What is parsed inside of one takes for granted that it is open.
    if (isSelectClosed) this._resetInsertionMode();
    super.onStartTag(token);
  }
}

/** Elements can be many more than tags, and their siblings are searched one by one. */
function countedTree(budget: WorkBudget): typeof defaultTreeAdapter {
  const pay = (steps: number): void => {
    if (!budget.spend(steps)) throw new WorkUsedUp();
  };
  const paySiblings = (parent: DefaultTreeAdapterTypes.ParentNode | null): void =>
    pay(Math.ceil((parent?.childNodes.length ?? 0) / siblingsOfStep));
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      pay(stepsOfElement);
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
    insertBefore(parent, node, reference) {
      paySiblings(parent);
      defaultTreeAdapter.insertBefore(parent, node, reference);
    },
    insertTextBefore(parent, text, reference) {
      paySiblings(parent);
      defaultTreeAdapter.insertTextBefore(parent, text, reference);
    },
    detachNode(node) {
      paySiblings(node.parentNode);
      defaultTreeAdapter.detachNode(node);
    },
  };
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isTextNode(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

/** The value of an attribute; empty when it is not there. */
export function attributeOf(element: HtmlElement, name: string): string {
  return element.attrs.find((each) => each.name === name)?.value ?? '';
}

export function hasAttribute(element: HtmlElement, name: string): boolean {
  return element.attrs.some((each) => each.name === name);
}

/** All elements below, in the order of the document; without recursion, as the depth is a stranger's. */
export function* elementsBelow(root: HtmlDocument | HtmlElement): Generator<HtmlElement> {
  const open: HtmlNode[] = root.childNodes.toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (let index = node.childNodes.length - 1; index >= 0; index -= 1) {
      const child = node.childNodes[index];
      if (child !== undefined) open.push(child);
    }
  }
}
