import {
  attributeOf,
  elementsBelow,
  hasAttribute,
  type HtmlDocument,
  type HtmlElement,
} from '../tree/html-tree.js';

/** The maps of a document that say where the parts of a picture lead (HTML Standard, section 4.8.14). */
export class ImageMaps {
  private maps: Map<string, HtmlElement> | undefined;

  constructor(private readonly document: HtmlDocument) {}

  /** The areas of a picture's map with a target, once: the next picture with the same map says nothing new. */
  areasOf(picture: HtmlElement): HtmlElement[] {
    const name = attributeOf(picture, 'usemap').trim();
    if (!name.startsWith('#')) return [];
    this.maps ??= mapsIn(this.document);
    const map = this.maps.get(name.slice(1));
    if (map === undefined) return [];
    this.maps.delete(name.slice(1));
    return [...elementsBelow(map)].filter((each) => each.tagName === 'area' && hasAttribute(each, 'href'));
  }
}

function mapsIn(document: HtmlDocument): Map<string, HtmlElement> {
  const maps = new Map<string, HtmlElement>();
  for (const element of elementsBelow(document)) {
    if (element.tagName !== 'map') continue;
    for (const name of [attributeOf(element, 'name'), attributeOf(element, 'id')]) {
      if (name !== '' && !maps.has(name)) maps.set(name, element);
    }
  }
  return maps;
}
