import { html } from 'parse5';
import type { Declarations } from '../style/declarations.js';
import { ElementStyles } from '../style/element-styles.js';
import { isClosedDetails, isSpeckPicture } from '../style/hidden-box.js';
import {
  attributeOf,
  elementsBelow,
  hasAttribute,
  type HtmlDocument,
  type HtmlElement,
  type HtmlNode,
  htmlTree,
  isElement,
  isTextNode,
} from '../tree/html-tree.js';
import { baseOf, linkTarget } from './link-target.js';
import { DataRows, isDataTable, textLength } from './tables.js';
import { inherit, isSeen, isShown, type Visibility, visible } from '../style/visibility.js';
import { cellMark, gapMark, type Link, VisibleWriter } from './visible-writer.js';
import type { WorkBudget } from '../tree/work-budget.js';

const blocks = new Set(
  (
    'address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol p pre search section summary table tr ul'
  ).split(' '),
);
const writtenAs = new Map([
  ['details', 'div'],
  ['dialog', 'div'],
  ['dir', 'ul'],
  ['fieldset', 'div'],
  ['hgroup', 'div'],
  ['legend', 'div'],
  ['menu', 'ul'],
  ['search', 'div'],
  ['summary', 'div'],
]);
const neverSeen = new Set(
  (
    'audio canvas clipPath datalist defs desc embed head iframe metadata meter noembed noframes progress rp script ' +
    'style symbol template title video'
  ).split(' '),
);
/** They take a place in the line, so that what is beside them stands apart. */
const boxes = new Set(
  'audio button canvas embed iframe input marquee meter object option progress rp rt select svg textarea video'.split(
    ' ',
  ),
);
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
export function visibleHtml(source: string, budget: WorkBudget): string {
  const document = htmlTree(source, budget);
  if (document === null) return '';
  const styles = new ElementStyles(document, budget);
  return styles.complete ? new VisibleHtml(document, styles, budget).write() : '';
}

class VisibleHtml {
  private readonly writer: VisibleWriter;
  /** By the attributes of its tag, which the elements made of it share. */
  private readonly links = new Map<object, Link>();
  private readonly base: string;
  private bodyLook = visible;

  constructor(
    private readonly document: HtmlDocument,
    private readonly styles: ElementStyles,
    private readonly budget: WorkBudget,
  ) {
    this.writer = new VisibleWriter(budget);
    this.base = baseIn(document);
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
    if (neverSeen.has(tagName)) {
      if (boxes.has(tagName)) this.writer.blank();
      return;
    }
    if (parent.depth >= deepest) return void this.budget.leftOut.add('depth');
    const declarations = this.styles.of(element);
    if (declarations === null) return;
    const look = inherit(this.inheritedBy(element, parent), element, declarations);
    if (look.hidden) return;
    if (tagName === 'body') this.bodyLook = look;
    const display = displayOf(element, declarations);
    const place = {
      ...parent,
      look,
      link: this.linkOf(element) ?? parent.link,
      depth: parent.depth + 1,
      itemsApart: laysItemsOut(declarations),
    };
    if (isSpeckPicture(element, declarations)) return;
    this.writeShown(element, place, display === 'inline' && parent.itemsApart ? 'box' : display);
  }

  private writeShown(element: HtmlElement, place: Place, display: string): void {
    switch (element.tagName) {
      case 'br':
      case 'hr':
        if (place.flat) this.writer.blank();
        else this.writer.single(element.tagName);
        break;
      case 'img':
      case 'area':
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
    const name = writtenAs.get(tagName) ?? (blocks.has(tagName) ? tagName : 'div');
    const opened = this.writer.open(name, attributesOf(element));
    if (opened === null) return;
    if (/^h[1-6]$/.test(tagName)) this.writer.mark(`${'#'.repeat(Number(tagName[1]))} `);
    this.writeContent(element, { ...place, pre: place.pre || tagName === 'pre' });
    if (opened) this.writer.close();
    else this.writer.endBlock();
  }

  private writeContent(element: HtmlElement, place: Place): void {
    this.writeAll(shownChildren(element), place);
    const link = this.links.get(element.attrs);
    if (link?.hasPicture === true && !link.said) this.writer.targetAlone(link);
  }

  private writePicture(element: HtmlElement, { look, link }: Place): void {
    if (!isShown(look)) return;
    if (link !== null) link.hasPicture = true;
    this.writer.alternative(attributeOf(element, 'alt'), { link, struck: look.struck });
    const own = this.links.get(element.attrs);
    if (own !== undefined && !own.said) this.writer.targetAlone(own);
  }

  private writeField(element: HtmlElement, { look, link }: Place): void {
    this.writer.blank();
    if (isSeen(look)) this.writer.alternative(textOfField(element), { link, struck: look.struck });
    this.writer.blank();
  }

  private writeTable(table: HtmlElement, place: Place): void {
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

  private writeCell(cell: HtmlElement, place: Place): void {
    const { rows } = place;
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

  private linkOf(element: HtmlElement): Link | null {
    if (!['a', 'area'].includes(element.tagName) || !hasAttribute(element, 'href')) return null;
    const known = this.links.get(element.attrs);
    if (known !== undefined) return known;
    const target = linkTarget(attributeOf(element, 'href'), this.base);
    const link = { target, said: target === '', hasPicture: false };
    this.links.set(element.attrs, link);
    return link;
  }

  /** Without a doctype, tables have the body's colour and a font size of their own (HTML Standard, section 15.3.12). */
  private inheritedBy(element: HtmlElement, { look }: Place): Visibility {
    if (element.tagName !== 'table' || this.document.mode !== html.DOCUMENT_MODE.QUIRKS) return look;
    return { ...look, ink: this.bodyLook.ink, fontPx: this.bodyLook.fontPx };
  }
}

function laysItemsOut(declarations: Declarations): boolean {
  return /^(?:inline-)?(?:flex|grid)/.test(declarations.get('display')?.value ?? '');
}

/** All but those of a closed `<details>`, and the options of a list that is not open. */
function shownChildren(element: HtmlElement): readonly HtmlNode[] {
  const { childNodes } = element;
  if (isClosedDetails(element)) {
    const summary = childNodes.find(({ nodeName }) => nodeName === 'summary');
    return summary === undefined ? [] : [summary];
  }
  if (element.tagName !== 'select' || hasAttribute(element, 'multiple')) return childNodes;
  if (Number.parseInt(attributeOf(element, 'size')) > 1) return childNodes;
  const options = childNodes.filter(isElement);
  const chosen = options.find((option) => hasAttribute(option, 'selected')) ?? options[0];
  return chosen === undefined ? [] : [chosen];
}

/** What a form's field shows before it is filled in. */
function textOfField(field: HtmlElement): string {
  const type = attributeOf(field, 'type').toLowerCase();
  if (/^(?:hidden|checkbox|radio|password|file|color|range|image)$/.test(type)) return '';
  return attributeOf(field, 'value') || attributeOf(field, 'placeholder');
}

function baseIn(document: HtmlDocument): string {
  for (const element of elementsBelow(document)) {
    if (element.tagName === 'base' && hasAttribute(element, 'href'))
      return baseOf(attributeOf(element, 'href'));
  }
  return '';
}

function attributesOf(element: HtmlElement): string {
  if (element.tagName !== 'ol') return '';
  const start = attributeOf(element, 'start');
  const type = attributeOf(element, 'type');
  return (
    (/^\d{1,4}$/.test(start) ? ` start="${start}"` : '') + (/^[aAiI1]$/.test(type) ? ` type="${type}"` : '')
  );
}

/** `box` is a line's part that stands apart, as buttons do. */
function displayOf(element: HtmlElement, declarations: Declarations): 'block' | 'inline' | 'box' {
  const declared = declarations.get('display')?.value ?? '';
  if (/^inline-|^table-cell$/.test(declared)) return 'box';
  if (declared === 'inline' || declared === 'contents') return 'inline';
  if (/^(?:block|flex|grid|table|list-item|flow-root|-webkit-box)/.test(declared)) return 'block';
  if (boxes.has(element.tagName)) return 'box';
  return blocks.has(element.tagName) ? 'block' : 'inline';
}
