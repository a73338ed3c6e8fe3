import { escapeAttribute, escapeText } from 'entities';
import { type Attributes, type HtmlHandler, parseHtml } from './bounded-parser.js';
import { ElementStyles } from './element-styles.js';
import { inherit, isSeen, type Visibility, visible } from './visibility.js';
import type { WorkBudget } from './work-budget.js';

/** What converts the result is recursive; deeper tags are left out, not their text. */
const maxKeptDepth = 100;
const maxKeptTags = 50_000;
/** What it takes to convert one. */
const stepsOfKeptTag = 5;
/** Each level of a list or quotation indents all of its lines. */
const maxIndents = 12;

const shapingTags = new Set(
  (
    'a address article aside blockquote br caption center dd div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr img legend li main nav ol p pre section table td th tr ul wbr'
  ).split(' '),
);
const neverSeen = new Set(
  'audio datalist embed iframe noembed noframes object script style template title video'.split(' '),
);
const withoutEndTag = new Set(['br', 'hr', 'img', 'wbr']);
const indenting = new Set(['ul', 'ol', 'blockquote']);

/**
 * Rewrites an HTML mail to what a reader sees of it: hidden text, style, scripts and comments are left out, only
 * tags that shape text stay, with a link's target, an image's alternative text and a list's start; all are closed.
 * What the budget does not suffice to judge is left out, too, and the budget says so.
 */
export function visibleHtml(html: string, budget: WorkBudget): string {
  const styles = new ElementStyles(html, budget);
  if (!styles.complete) return '';
  const writer = new VisibleHtmlWriter(styles, budget);
  parseHtml(html, writer);
  return writer.result();
}

interface OpenElement {
  name: string;
  visibility: Visibility;
  kept: boolean;
}

class VisibleHtmlWriter implements HtmlHandler {
  private readonly output: string[] = [];
  private readonly keptNames: string[] = [];
  private open: OpenElement[] = [];
  private outermost = visible;
  private keptTags = 0;

  constructor(
    private readonly styles: ElementStyles,
    private readonly budget: WorkBudget,
  ) {}

  onOpen(name: string, attributes: Attributes): void {
    const judged = this.visibilityOf(name, attributes);
    const wanted = this.keeps(name, attributes, judged);
    const kept = wanted && this.budget.spend(stepsOfKeptTag);
    const visibility = kept === wanted ? judged : { ...judged, hidden: true };
    this.open.push({ name, visibility, kept });
    if (!kept) return;
    this.keptTags += 1;
    this.keptNames.push(name);
    this.output.push(`<${name}${keptAttributes(name, attributes)}>`);
  }

  onText(text: string): void {
    if (isSeen(this.current)) this.output.push(escapeText(text));
  }

  onClose(): void {
    if (this.open.pop()?.kept === true) this.closeKept();
  }

  onTooDeep(): void {
    this.outermost = this.current;
    // It holds for the whole rest now, where it was meant for one element.
    if (!isSeen(this.outermost)) this.budget.leftOut.add('depth');
    this.open = [];
    while (this.keptNames.length > 0) this.closeKept();
  }

  result(): string {
    return this.output.join('');
  }

  private get current(): Visibility {
    return this.open.at(-1)?.visibility ?? this.outermost;
  }

  private closeKept(): void {
    const name = this.keptNames.pop() ?? '';
    // An end tag of <br> would be read as another <br>.
    if (!withoutEndTag.has(name)) this.output.push(`</${name}>`);
  }

  private visibilityOf(name: string, attributes: Attributes): Visibility {
    const parent = this.current;
    if (parent.hidden) return parent;
    if (neverSeen.has(name) || 'hidden' in attributes) return { ...parent, hidden: true };
    const declarations = this.styles.of(name, attributes);
    return declarations === null ? { ...parent, hidden: true } : inherit(parent, declarations);
  }

  private keeps(name: string, attributes: Attributes, { hidden, invisible }: Visibility): boolean {
    if (hidden || !shapingTags.has(name)) return false;
    if (this.keptTags >= maxKeptTags || this.keptNames.length >= maxKeptDepth) return false;
    if (name === 'img') return !invisible && !isTrackingPixel(attributes);
    if (name === 'a') return !invisible && !this.keptNames.includes('a');
    return !indenting.has(name) || this.keptNames.filter((it) => indenting.has(it)).length < maxIndents;
  }
}

function isTrackingPixel({ width, height }: Attributes): boolean {
  return [width, height].some((size) => /^\s*[0-3](?:px)?\s*$/.test(size ?? ''));
}

function keptAttributes(name: string, { href = '', alt = '', start = '' }: Attributes): string {
  if (name === 'a') return attribute('href', linkTarget(href));
  if (name === 'img') return attribute('alt', alt);
  return name === 'ol' && /^\d{1,4}$/.test(start) ? attribute('start', start) : '';
}

function attribute(name: string, value: string): string {
  return value === '' ? '' : ` ${name}="${escapeAttribute(value)}"`;
}

/** Only targets that mean something outside the mail; no `javascript:`, no embedded `data:`. */
function linkTarget(href: string): string {
  const target = href.replaceAll(/\s+/g, '');
  return /^(?:https?|ftp|mailto|tel):/i.test(target) ? target : '';
}
