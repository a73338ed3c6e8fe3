import { shownTarget } from './anchors.js';
import { isInBrackets, isSelfSaid, type Place } from './link-places.js';
import { mayHaveLinks, plainLinksIn } from './plain-links.js';
import { isLong, shortTarget } from './short-target.js';
import { isNumbered, type Target } from './targets.js';

/** So many characters after a host was named, it is named again. */
const longestUnnamed = 4_000;

/** A text while links are written into it. */
export class LinkText {
  private readonly pieces: string[] = [];
  private position = 0;
  private hasGaps = false;
  private readonly introduced = new Set<Target>();
  /** What was said last of where a link leads, and at which place. */
  private named = { short: '', at: 0 };

  constructor(
    private readonly marked: string,
    private readonly targets: ReadonlyMap<string, Target>,
  ) {}

  /** Writes a place; places are given in the order of the text. */
  write(place: Place): void {
    const { start, end } = place;
    const target = this.targets.get(place.target);
    const isBoxed = target?.long === true && isSelfSaid(place) && isInBrackets(this.marked, start, end);
    const written = target === undefined ? writtenWhole(place) : this.writtenAt(place, target);
    this.pieces.push(this.marked.slice(this.position, isBoxed ? start - 1 : start), written);
    this.position = isBoxed ? end + 1 : end;
    if (written !== '') return;
    this.hasGaps = true;
    this.position = gapEnd(this.marked, start, end);
  }

  result(): string {
    const text = [...this.pieces, this.marked.slice(this.position)].join('');
    return this.hasGaps ? withoutGaps(text) : text;
  }

  private writtenAt(place: Place, target: Target): string {
    const text = shownText(place);
    if (isSelfSaid(place)) return target.long ? `[${this.reference(target, place)}]` : text;
    if (text.trim() !== '') return `${text} [${this.reference(target, place)}]`;
    if (target.hasText) return '';
    return isNumbered(target) ? `[${this.reference(target, place)}]` : shownTarget(target.url);
  }

  /** A link to the host and path that were named last is a number alone; another one names its own. */
  private reference(target: Target, { start }: Place): string {
    const { url, long, id } = target;
    if (!isNumbered(target)) return shownTarget(url);
    const short = long ? shortTarget(url) : shownTarget(url);
    const isNamed = short === this.named.short && start - this.named.at < longestUnnamed;
    const isKnown = this.introduced.has(target);
    this.introduced.add(target);
    if (!isNamed) this.named = { short: isKnown ? '' : short, at: start };
    return isNamed || isKnown ? `link ${id}` : `${short} link ${id}`;
  }
}

/** For a place without a number: a further piece of an anchor, or a target beyond the number of those that get one. */
function writtenWhole(place: Place): string {
  const text = shownText(place);
  const target = shownTarget(place.target);
  if (target === '' || isSelfSaid(place)) return text;
  return text.trim() === '' ? target : `${text} [${target}]`;
}

/** A long URL in the text of an anchor that leads elsewhere is shortened without a number: it is not the link. */
function shownText({ text, anchor, target }: Place): string {
  if (anchor === null && target !== '') return text;
  if (!mayHaveLinks(text)) return text;
  let shown = '';
  let position = 0;
  for (const link of plainLinksIn(text)) {
    if (!isLong(link.target) || link.target === target) continue;
    shown += text.slice(position, link.start) + shortTarget(link.target);
    position = link.end;
  }
  return shown + text.slice(position);
}

/** Without the empty lines of pictures that were nothing but a link. */
function withoutGaps(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '');
}

/** The end of what is taken out with a place that says nothing: at the beginning of a line the blanks behind it too. */
function gapEnd(marked: string, start: number, end: number): number {
  let gap = end;
  if (start === 0 || marked.charAt(start - 1) === '\n') while (marked.charAt(gap) === ' ') gap += 1;
  return gap;
}
