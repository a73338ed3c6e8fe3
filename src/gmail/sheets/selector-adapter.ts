import type { Options } from 'css-select';
import { html } from 'parse5';
import {
  hasAttribute,
  type HtmlDocument,
  type HtmlElement,
  type HtmlNode,
  isElement,
  isTextNode,
} from '../tree/html-tree.js';
import type { WorkBudget } from '../tree/work-budget.js';
import { statePseudoClasses } from './pseudo-classes.js';

type AnyNode = HtmlNode | HtmlDocument;
export type SelectorOptions = Options<AnyNode, HtmlElement>;

/** How many siblings, attributes or characters of an attribute are looked at for one step. */
const siblingsOfStep = 8;
const attributesOfStep = 16;
const charsOfStep = 256;

/** Thrown out of a match where the budget does not suffice to tell. */
export class SelectorWorkUsedUp extends Error {}

/** How css-select walks a tree of parse5's: every step is counted, as a selector of a stranger's may walk without end. */
export function selectorOptions(document: HtmlDocument, budget: WorkBudget): SelectorOptions {
  let looks = 0;
  const pay = (steps: number): void => {
    if (!budget.spend(steps)) throw new SelectorWorkUsedUp();
  };
  const look = (): void => {
    looks += 1;
    if (looks % siblingsOfStep === 0) pay(1);
  };
  const attribute = (element: HtmlElement, name: string): string | undefined => {
    const value = element.attrs.find((each) => each.name === name)?.value;
    pay(stepsOf(element.attrs.length, value?.length ?? 0));
    return value;
  };
  return {
    quirksMode: document.mode === html.DOCUMENT_MODE.QUIRKS,
    cacheResults: false,
    pseudos: { ...statePseudoClasses, empty: hasNothing },
    adapter: {
      isTag: (node): node is HtmlElement => {
        look();
        return node.nodeName !== '#document' && isElement(node as HtmlNode);
      },
      getAttributeValue: attribute,
      hasAttrib: (element, name) => {
        pay(stepsOf(element.attrs.length, 0));
        return hasAttribute(element, name);
      },
      getName: ({ tagName }) => tagName.toLowerCase(),
      getParent: (element) => {
        pay(1);
        return element.parentNode as AnyNode | null;
      },
      getChildren: (node) => childrenOf(node),
      getSiblings: (node) => {
        const { parentNode } = node as HtmlNode;
        return parentNode === null ? [node] : childrenOf(parentNode as AnyNode);
      },
      prevElementSibling: (node) => {
        const siblings = (node as HtmlNode).parentNode?.childNodes ?? [];
        for (let index = siblings.indexOf(node as HtmlNode) - 1; index >= 0; index -= 1) {
          look();
          const sibling = siblings[index];
          if (sibling !== undefined && isElement(sibling)) return sibling;
        }
        return null;
      },
      getText: () => '',
      removeSubsets: (nodes) => nodes,
    },
  };

  function childrenOf(node: AnyNode): HtmlNode[] {
    const children = 'childNodes' in node ? node.childNodes : [];
    pay(1 + Math.floor(children.length / (siblingsOfStep * siblingsOfStep)));
    return children;
  }
}

function stepsOf(attributes: number, chars: number): number {
  return 1 + Math.floor(attributes / attributesOfStep) + Math.floor(chars / charsOfStep);
}

/** Browsers hold that blanks are something (Selectors 4, section 14.2, says otherwise). */
function hasNothing(element: HtmlElement): boolean {
  return element.childNodes.every((child) => !isElement(child) && !(isTextNode(child) && child.value !== ''));
}
