import type { Anchors } from '../links/anchors.js';
import {
  attributeOf,
  elementsBelow,
  hasAttribute,
  type HtmlDocument,
  type HtmlElement,
} from '../tree/html-tree.js';
import { baseOf, linkTarget } from './link-target.js';
import type { Link } from './visible-writer.js';

/** The links of a document, by the elements that make them. */
export class DocumentLinks {
  /** By the attributes of a tag, which all elements that the parser makes of it share. */
  private readonly links = new Map<object, Link>();
  private readonly base: string;

  constructor(
    document: HtmlDocument,
    private readonly anchors: Anchors,
  ) {
    this.base = baseIn(document);
  }

  /** The link that an element begins; null where it begins none. */
  of(element: HtmlElement): Link | null {
    if (!['a', 'area'].includes(element.tagName) || !hasAttribute(element, 'href')) return null;
    const known = this.links.get(element.attrs);
    if (known !== undefined) return known;
    const target = linkTarget(attributeOf(element, 'href'), this.base);
    const link = {
      anchor: target === '' ? null : this.anchors.add(target),
      said: target === '',
      hasPicture: false,
    };
    this.links.set(element.attrs, link);
    return link;
  }
}

/** The first `<base>` counts (HTML Standard, section 4.2.3). */
function baseIn(document: HtmlDocument): string {
  for (const element of elementsBelow(document)) {
    if (element.tagName === 'base' && hasAttribute(element, 'href'))
      return baseOf(attributeOf(element, 'href'));
  }
  return '';
}
