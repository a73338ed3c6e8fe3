import { html } from 'parse5';
import type { Declarations } from '../declarations/declarations.js';
import { ElementStyles } from '../sheets/element-styles.js';
import {
  attributesFrom,
  blockName,
  displayOf,
  isHiddenUnlessDisplayed,
  isNeverSeen,
  keptAttributes,
  laysItemsOut,
  takesPlace,
} from './displays.js';
import { OpenElements, textInstead, textOfField } from './form-fields.js';
import { ImageMaps } from './image-maps.js';
import { markOfDigits } from './raised-digits.js';
import { isSpeckPicture } from '../style/speck-picture.js';
import { valuesOf } from '../declarations/computed-values.js';
import {
  attributeOf,
  type HtmlDocument,
  type HtmlElement,
  type HtmlNode,
  htmlTree,
  isElement,
  isTextNode,
} from '../tree/html-tree.js';
import type { Anchors } from '../links/anchors.js';
import { collapsedCells } from './collapsed-columns.js';
import { DocumentLinks } from './document-links.js';
import { DataRows, isDataTable, textLength } from './tables.js';
import { inherit, isSeen, isShown, type Visibility, visible } from '../style/visibility.js';
import { cellMark, gapMark, type Link, VisibleWriter } from './visible-writer.js';
import type { WorkBudget } from '../tree/work-budget.js';

/** To make out what one does to an element's look. */
const stepsOfDeclaration = 4;

/** The parser's own limit, and formatting that it carries on into what is deepest. */
const deepest = 1_000;
/** A layout's cell with more is a paragraph, not a part of a line. */
const shortCellChars = 60;

const onlyBlanks = /^(?:&nbsp;|\s)*$/;

/** Where in the document an element stands. */
interface Place {
  look: Visibility;
  link: Link | null;
  depth: number;
  /** The rows of the table of data that it is in. */
  rows: DataRows | null;
  /** In a cell of such a table, which is one line. */
  flat: boolean;
  pre: boolean;
  /** What is directly in it stands apart, as in a flex container. */
  itemsApart: boolean;
}

/**
 * Rewrites an HTML mail to what a reader sees of it: hidden text, style, scripts and comments are left out, only
 * tags that shape text stay, with a link's target, an image's alternative text and a list's start; all are closed.
 * What the budget does not suffice to judge is left out, too, and the budget says so.
 */
export function visibleHtml(source: string, budget: WorkBudget, anchors: Anchors): string {
  const document = htmlTree(source, budget);
  if (document === null) return '';
  const styles = new ElementStyles(document, budget);
  return styles.complete ? new VisibleHtml(document, styles, budget, anchors).write() : '';
}

class VisibleHtml {
  private readonly writer: VisibleWriter;
  private readonly links: DocumentLinks;
  private readonly maps: ImageMaps;
  private readonly openElements = new OpenElements();
  /** Cells of the tables read so far whose columns are collapsed. */
  private readonly collapsed = new Set<HtmlElement>();
  private bodyLook = visible;

  constructor(
    private readonly document: HtmlDocument,
    private readonly styles: ElementStyles,
    private readonly budget: WorkBudget,
    anchors: Anchors,
  ) {
    this.writer = new VisibleWriter(budget);
    this.links = new DocumentLinks(document, anchors);
    this.maps = new ImageMaps(document);
  }

  write(): string {
    const place = {
      look: visible,
      link: null,
      depth: 0,
      rows: null,
      flat: false,
      pre: false,
      itemsApart: false,
    };
    this.writeAll(this.document.childNodes, place);
    return this.writer.result();
  }

  private writeAll(nodes: readonly HtmlNode[], place: Place): void {
    for (const node of nodes) {
      if (isTextNode(node)) this.writeText(node.value, place);
      else if (isElement(node)) this.writeElement(node, place);
    }
  }

  private writeText(value: string, { look, link, flat, pre }: Place): void {
    if (!isSeen(look)) return;
    const run = { link, struck: look.struck };
    if (pre) {
      this.writer.preformatted(value, run);
      return;
    }
    if (!look.keepsLines || flat) {
      this.writer.text(value, run);
      return;
    }
    for (const [index, line] of value.split('\n').entries()) {
      if (index > 0) this.writer.single('br');
      this.writer.text(line, run);
    }
  }

  private writeElement(element: HtmlElement, parent: Place): void {
    const { tagName } = element;
    if (isNeverSeen(element)) {
      if (takesPlace(element)) this.writer.blank();
      return;
    }
    if (parent.depth >= deepest) return void this.budget.leftOut.add('depth');
    const declarations = this.styles.of(element);
    if (declarations === null) return;
    const look = this.lookOf(element, parent, declarations);
    if (look === null) return;
    if (tagName === 'body') this.bodyLook = look;
    const display = displayOf(element, declarations);
    const place = {
      ...parent,
      look,
      link: this.links.of(element) ?? parent.link,
      depth: parent.depth + 1,
      itemsApart: laysItemsOut(declarations),
    };
    if (isSpeckPicture(element, valuesOf(declarations, look.custom))) return;
    this.writeShown(element, place, display === 'inline' && parent.itemsApart ? 'box' : display);
  }

  /** Null where nothing of the element is to be shown. */
  private lookOf(element: HtmlElement, parent: Place, declarations: Declarations): Visibility | null {
    if (!this.budget.spend(declarations.size * stepsOfDeclaration)) return null;
    const look = inherit(this.inheritedBy(element, parent), element, declarations);
    // Each element that declares variables has all of them.
    if (look.custom !== parent.look.custom && !this.budget.spend(look.custom.size)) return null;
    return look.hidden || isHiddenUnlessDisplayed(element, declarations) ? null : look;
  }

  private writeShown(element: HtmlElement, place: Place, display: string): void {
    switch (element.tagName) {
      case 'br':
      case 'hr':
        if (place.flat) this.writer.blank();
        else this.writer.single(element.tagName);
        break;
      case 'img':
        this.writePicture(element, place);
        break;
      case 'input':
        this.writeField(element, place);
        break;
      case 'table':
        this.writeTable(element, place);
        break;
      case 'tr':
        place.rows?.beginRow();
        this.writeBlock(element, place);
        place.rows?.endRow();
        break;
      case 'td':
      case 'th':
        this.writeCell(element, place);
        break;
      default:
        if (display === 'block') this.writeBlock(element, place);
        else this.writeInline(element, place, display === 'box');
    }
  }

  private writeInline(element: HtmlElement, place: Place, apart: boolean): void {
    if (apart) this.writer.blank();
    const mark = markOfDigits(element);
    if (mark !== null && isSeen(place.look))
      this.writer.betweenDigits(mark, { link: place.link, struck: place.look.struck });
    this.writeContent(element, place);
    if (apart) this.writer.blank();
  }

  private writeBlock(element: HtmlElement, place: Place): void {
    const { tagName } = element;
    if (place.flat || place.rows !== null) {
      if (place.flat) this.writer.blank();
      this.writeContent(element, place);
      if (place.flat) this.writer.blank();
      return;
    }
    this.writer.renumber(attributesFrom(element));
    const opened = this.writer.open(blockName(element), keptAttributes(element));
    if (opened === null) return;
    if (/^h[1-6]$/.test(tagName)) this.writer.mark(`${'#'.repeat(Number(tagName[1]))} `);
    this.writeContent(element, { ...place, pre: place.pre || tagName === 'pre' });
    if (opened) this.writer.close();
    else this.writer.endBlock();
  }

  private writeContent(element: HtmlElement, place: Place): void {
    const instead = textInstead(element);
    if (instead === null) this.writeAll(this.openElements.shownChildren(element), place);
    else if (isSeen(place.look)) {
      this.writer.alternative(instead, { link: place.link, struck: place.look.struck });
    }
    const link = this.links.of(element);
    if (link?.hasPicture === true && !link.said) this.writer.targetAlone(link);
  }

  private writePicture(element: HtmlElement, { look, link }: Place): void {
    if (!isShown(look)) return;
    if (link !== null) link.hasPicture = true;
    const { struck } = look;
    this.writer.alternative(attributeOf(element, 'alt'), { link, struck });
    for (const area of this.maps.areasOf(element)) {
      const own = this.links.of(area);
      this.writer.blank();
      this.writer.alternative(attributeOf(area, 'alt'), { link: own, struck });
      if (own?.said === false) this.writer.targetAlone(own);
    }
  }

  private writeField(element: HtmlElement, { look, link }: Place): void {
    this.writer.blank();
    if (isSeen(look)) this.writer.alternative(textOfField(element), { link, struck: look.struck });
    this.writer.blank();
  }

  private writeTable(table: HtmlElement, place: Place): void {
    for (const cell of collapsedCells(table, (column) => this.isCollapsed(column, place)))
      this.collapsed.add(cell);
    if (place.flat || !isDataTable(table, this.budget)) {
      this.writeBlock(table, { ...place, rows: null });
      return;
    }
    const rows = new DataRows();
    if (this.writer.open('table') === null) return;
    this.writeAll(table.childNodes, { ...place, rows });
    for (const cells of rows.filled()) {
      const opened = this.writer.open('tr');
      if (opened === null) break;
      this.writer.mark(cells.join(` ${cellMark} `));
      if (opened) this.writer.close();
    }
    this.writer.close();
  }

  private isCollapsed(column: HtmlElement, { look }: Place): boolean {
    const declarations = this.styles.of(column);
    return declarations !== null && valuesOf(declarations, look.custom)('visibility') === 'collapse';
  }

  private writeCell(cell: HtmlElement, place: Place): void {
    const { rows } = place;
    if (this.collapsed.has(cell)) {
      rows?.add(cell, '');
      return;
    }
    if (rows !== null) {
      const text = this.writer.apart(() => this.writeContent(cell, { ...place, rows: null, flat: true }));
      rows.add(cell, onlyBlanks.test(text) ? '' : text);
      return;
    }
    if (place.flat) {
      this.writeInline(cell, place, true);
      return;
    }
    const long = textLength(cell, shortCellChars + 1, this.budget) > shortCellChars;
    if (!long) {
      this.writeContent(cell, place);
      this.writer.mark(` ${gapMark} `);
      return;
    }
    const opened = this.writer.open('div');
    if (opened === null) return;
    this.writeContent(cell, place);
    if (opened) this.writer.close();
  }

  /** Without a doctype, tables have the body's colour and a font size of their own (HTML Standard, section 15.3.12). */
  private inheritedBy(element: HtmlElement, { look }: Place): Visibility {
    if (element.tagName !== 'table' || this.document.mode !== html.DOCUMENT_MODE.QUIRKS) return look;
    return { ...look, ink: this.bodyLook.ink, font: this.bodyLook.font };
  }
}
