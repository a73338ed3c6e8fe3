// Noncharacters of Unicode, which no text has: where the text of an anchor begins, where its number, and its end.
const start = '\ufdd0';
const number = '\ufdd1';
const end = '\ufdd2';
const marks = /[\ufdd0-\ufdd2]/g;
const marked = /\ufdd0([^\ufdd0-\ufdd2]*)\ufdd1(\d*)\ufdd2/g;

/** The text of a link is cut here: nothing needs more of it. */
const longestText = 300;

/** What a reader clicks, as far as it leads out of the mail. */
export interface Anchor {
  readonly index: number;
  readonly target: string;
  /** What is seen of it, its beginning. */
  text: string;
}

/** An anchor where it stands in a text; null for one that has said its target before, or has none. */
interface PlacedAnchor {
  start: number;
  end: number;
  text: string;
  anchor: Anchor | null;
}

/** The anchors of a message, while its parts are read and it is not known yet which of them are shown. */
export class Anchors {
  private readonly all: Anchor[] = [];

  add(target: string): Anchor {
    const anchor = { index: this.all.length, target, text: '' };
    this.all.push(anchor);
    return anchor;
  }

  /** In a text that `openAnchor` and `closeAnchor` mark. */
  *placedIn(text: string): Generator<PlacedAnchor> {
    for (const { 0: whole, 1: inner = '', 2: index = '', index: begin } of text.matchAll(marked)) {
      const anchor = index === '' ? null : (this.all[Number(index)] ?? null);
      yield { start: begin, end: begin + whole.length, text: inner, anchor };
    }
  }

  /** A marked text with the whole target behind each anchor, in brackets. */
  whole(text: string): string {
    return text.replaceAll(marked, (_whole, inner: string, index: string) => {
      const target = shownTarget(this.all[index === '' ? -1 : Number(index)]?.target ?? '');
      if (target === '' || target === inner) return inner;
      return inner === '' ? target : `${inner} [${target}]`;
    });
  }
}

export function openAnchor(): string {
  return start;
}

/** With the anchor when its target is to stand here. */
export function closeAnchor(anchor: Anchor | null): string {
  return `${number}${anchor?.index ?? ''}${end}`;
}

export function addText(anchor: Anchor, text: string): void {
  if (anchor.text.length < longestText) anchor.text += text.slice(0, longestText);
}

/** A stranger's text without what would pass for a mark. */
export function withoutMarks(text: string): string {
  return text.replaceAll(marks, '');
}

/** A mail address says by itself what it is. */
export function shownTarget(target: string): string {
  return target.replace(/^mailto:/, '');
}
