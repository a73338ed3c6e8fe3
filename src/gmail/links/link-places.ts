import { type Anchor, type Anchors, shownTarget } from './anchors.js';
import { mayHaveLinks, plainLinksIn } from './plain-links.js';

/** URLs in a text are looked for so far, and so many: further ones stay whole. */
const longestText = 500_000;
const mostPlain = 10_000;

/** A part of a text that leads somewhere: an anchor of HTML, or a URL that the text itself has. */
export interface Place {
  start: number;
  end: number;
  /** What is clicked; for a URL in the text that itself. */
  text: string;
  /** Empty for the further pieces of an anchor, whose target its first piece tells. */
  target: string;
  /** Null for a URL in the text. */
  anchor: Anchor | null;
}

/** The places of a marked text, in its order. */
export function placesIn(marked: string, anchors: Anchors): Place[] {
  const places: Place[] = [];
  const hasPlain = mayHaveLinks(marked);
  let position = 0;
  const addPlain = (end: number): void => {
    if (!hasPlain || position >= longestText) return;
    let limit = Math.min(end, longestText);
    // Not in the middle of a URL.
    while (limit < end && limit > position && !/\s/.test(marked.charAt(limit))) limit -= 1;
    for (const link of plainLinksIn(marked.slice(position, limit))) {
      if (places.length >= mostPlain) return;
      places.push({
        ...{ start: position + link.start, end: position + link.end },
        ...{ text: link.target, target: link.target, anchor: null },
      });
    }
  };
  for (const { start, end, text, anchor } of anchors.placedIn(marked)) {
    addPlain(start);
    places.push({ start, end, text, target: anchor?.target ?? '', anchor });
    position = end;
  }
  addPlain(marked.length);
  return places;
}

/** Whether what is clicked says by itself where it leads. */
export function isSelfSaid({ text, target }: Place): boolean {
  const said = text.trim();
  if (said === '' || said.length > target.length) return false;
  if (said === target || said === shownTarget(target)) return true;
  return target === `https://${said}` || target === `http://${said}` || target === `https://${said}/`;
}

/** `<target>` and `[target]`, as programs write that make a plain text of HTML. */
export function isInBrackets(text: string, start: number, end: number): boolean {
  return ['<>', '[]'].includes(text.charAt(start - 1) + text.charAt(end));
}
