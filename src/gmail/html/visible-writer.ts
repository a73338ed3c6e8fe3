import { escapeText } from 'entities';
import { addText, type Anchor, closeAnchor, openAnchor } from '../links/anchors.js';
import type { WorkBudget } from '../tree/work-budget.js';

/** What converts the result is recursive; deeper tags are left out, not their text. */
const maxKeptDepth = 100;
const maxKeptTags = 50_000;
/** What it takes to convert one. */
const stepsOfKeptTag = 5;
/** Each level of a list or quotation indents all of its lines. */
const maxIndents = 12;
const indenting = new Set(['ul', 'ol', 'blockquote']);

/** Mark where the cell of a table of data begins, and that of a table which only places things. */
export const cellMark = '\ue000';
export const gapMark = '\ue001';
const marks = /[\ue000\ue001\ufdd0-\ufdd2]/g;
const wordEnd = /[\p{L}\p{N}]$/u;
const wordStart = /^[\p{L}\p{N}]/u;

/** A link of a document, however many elements the parser made of its tag. */
export interface Link {
  /** Null where it does not lead out of the mail. */
  readonly anchor: Anchor | null;
  /** Its target is said once, behind its first text. */
  said: boolean;
  hasPicture: boolean;
}

/** How a run of text is written. */
interface Run {
  link: Link | null;
  struck: boolean;
}

const plainRun: Run = { link: null, struck: false };

/** Writes well-formed HTML of what is seen. Links and struck text are written around runs of text, never around blocks. */
export class VisibleWriter {
  private output: string[] = [];
  private readonly keptNames: string[] = [];
  private keptTags = 0;
  private run = plainRun;
  /** That of the run, unless its target has been said. */
  private unsaid: Anchor | null = null;
  private blankPending = false;
  private lastText = '';

  constructor(private readonly budget: WorkBudget) {}

  /** Opens a tag; false when it is left out, which is no loss of text. Null where the budget does not suffice. */
  open(name: string, attributes = ''): boolean | null {
    this.endBlock();
    if (this.keptTags >= maxKeptTags || this.keptNames.length >= maxKeptDepth) return false;
    if (indenting.has(name) && this.keptNames.filter((it) => indenting.has(it)).length >= maxIndents)
      return false;
    if (!this.budget.spend(stepsOfKeptTag)) return null;
    this.keptTags += 1;
    this.keptNames.push(name);
    this.output.push(`<${name}${attributes}>`);
    return true;
  }

  close(): void {
    this.endBlock();
    this.output.push(`</${this.keptNames.pop() ?? ''}>`);
  }

  /** Goes on with another number, if the open tag is that of a numbered list. */
  renumber(attributes: string | null): void {
    if (attributes === null || this.keptNames.at(-1) !== 'ol') return;
    if (this.keptTags >= maxKeptTags || !this.budget.spend(stepsOfKeptTag)) return;
    this.endBlock();
    this.keptTags += 1;
    this.output.push(`</ol><ol${attributes}>`);
  }

  /** A tag without content, such as `<br>`. */
  single(name: string): void {
    this.endBlock();
    if (this.keptTags >= maxKeptTags || !this.budget.spend(stepsOfKeptTag)) return;
    this.keptTags += 1;
    this.output.push(`<${name}>`);
  }

  text(value: string, run: Run): void {
    const text = value.replaceAll(marks, '');
    const inner = text.replace(/^[ \t\n\r\f]+/, '');
    if (inner !== text) this.blank();
    if (inner === '') return;
    // A word behind a target would be taken for its end.
    if (this.unsaid !== null && run.link !== this.run.link && wordStart.test(inner)) this.blank();
    // Blanks that do not break begin no link: none is seen.
    this.enter(run.link !== this.run.link && inner.trim() === '' ? { ...run, link: null } : run);
    const end = endOfWords(inner);
    this.push(inner.slice(0, end));
    if (end < inner.length) this.blank();
  }

  /** With its blanks and line ends. */
  preformatted(value: string, run: Run): void {
    const text = value.replaceAll(marks, '');
    if (text.trim() !== '') this.enter(run);
    this.push(text);
  }

  /** A picture's alternative text, apart from letters beside it. */
  alternative(value: string, run: Run): void {
    const alt = value.replaceAll(marks, '').replaceAll(/\s+/g, ' ').trim();
    if (alt === '') return;
    if (wordEnd.test(this.lastText) && wordStart.test(alt)) this.blank();
    this.text(alt, run);
    if (wordEnd.test(alt)) this.blank();
  }

  /** A mark behind a digit, before the next. */
  betweenDigits(mark: string, run: Run): void {
    if (!this.blankPending && /\d$/.test(this.lastText)) this.text(mark, run);
  }

  /** A mark between cells, or in front of a line. */
  mark(text: string): void {
    this.endRun();
    this.output.push(text);
    this.blankPending = false;
    this.lastText = '';
  }

  /** The target of a link that holds a picture and no text. */
  targetAlone(link: Link): void {
    this.endRun();
    this.enter({ link, struck: false });
    this.endRun();
    this.blank();
  }

  blank(): void {
    this.blankPending = true;
  }

  endBlock(): void {
    this.endRun();
    this.blankPending = false;
    this.lastText = '';
  }

  /** What is written meanwhile, apart from the rest. */
  apart(write: () => void): string {
    const { output, keptNames } = this;
    const depth = keptNames.length;
    this.output = [];
    write();
    while (keptNames.length > depth) this.close();
    this.endBlock();
    const written = this.output.join('').trim();
    this.output = output;
    return written;
  }

  result(): string {
    this.endBlock();
    return this.output.join('');
  }

  private enter(run: Run): void {
    const same = run.link === this.run.link && run.struck === this.run.struck;
    if (!same) this.endRun();
    if (this.blankPending) this.output.push(' ');
    if (this.blankPending && same) this.addClicked(' ');
    this.blankPending = false;
    if (same) return;
    this.run = run;
    const { link } = run;
    if (link !== null && link.anchor !== null) {
      this.unsaid = link.said ? null : link.anchor;
      link.said = true;
      this.output.push(openAnchor());
    }
    if (run.struck) this.output.push('~~');
  }

  private endRun(): void {
    if (this.run.struck) this.output.push('~~');
    if ((this.run.link?.anchor ?? null) !== null) this.output.push(closeAnchor(this.unsaid));
    this.addClicked(' ');
    this.unsaid = null;
    this.run = plainRun;
  }

  private addClicked(text: string): void {
    const anchor = this.run.link?.anchor ?? null;
    if (anchor !== null) addText(anchor, text);
  }

  private push(text: string): void {
    this.output.push(escapeText(text));
    this.addClicked(text);
    this.lastText = text.slice(-2);
  }
}

/** A loop, as a regular expression looks at inner blanks again and again. */
function endOfWords(text: string): number {
  let end = text.length;
  while (end > 0 && ' \t\n\r\f'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}
