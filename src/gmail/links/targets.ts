import type { Anchor } from './anchors.js';
import type { MessageLink } from './message-link.js';
import { isSelfSaid, type Place } from './link-places.js';
import { isLong } from './short-target.js';

/** Further ones stand whole in the text. */
const mostLinks = 5_000;
const longestText = 200;
/** One that is said again costs less by its number. */
const longestRepeated = 30;

/** What is known of a target from all of its places. */
export interface Target {
  id: number;
  url: string;
  long: boolean;
  text: string | null;
  /** It has a text somewhere, so that a picture beside it needs no link. */
  hasText: boolean;
  /** How often it stands in brackets behind a text that is not itself. */
  inBrackets: number;
}

/** By the target: those that have a number already, then the others in the order in which they first stand in the text. */
export function targetsAt(
  places: readonly Place[],
  numbered: readonly MessageLink[],
): ReadonlyMap<string, Target> {
  const targets = new Map(numbered.map((link) => [link.url, targetOf(link)]));
  for (const place of places) {
    const { target: url, anchor } = place;
    if (url === '') continue;
    let target = targets.get(url);
    if (target === undefined) {
      if (targets.size >= mostLinks) continue;
      target = targetOf({ id: targets.size + 1, url, text: null });
      targets.set(url, target);
    }
    const isSelf = isSelfSaid(place);
    target.text ??= isSelf || anchor === null ? null : textOf(anchor);
    target.hasText ||= place.text.trim() !== '';
    if (!isSelf) target.inBrackets += 1;
  }
  return targets;
}

function targetOf({ id, url, text }: Omit<MessageLink, 'host'>): Target {
  return { ...{ id, url, text }, long: isLong(url), hasText: false, inBrackets: 0 };
}

function textOf({ text }: Anchor): string | null {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, longestText) || null;
}

/** Whether a target is written by its number; others stand whole each time. */
export function isNumbered({ long, url, inBrackets }: Target): boolean {
  return long || (inBrackets > 1 && url.length > longestRepeated && !/[[\]]/.test(url));
}
