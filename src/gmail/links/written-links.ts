import { type Anchor, Anchors } from './anchors.js';
import { placesIn } from './link-places.js';
import { LinkText } from './link-text.js';
import type { MessageLink } from './message-link.js';
import { targetHost } from './target-host.js';
import { targetsAt } from './targets.js';

/** A message's text as it is shown, and what it leads to. */
export interface WrittenLinks {
  text: string;
  /** The links before it included. */
  links: MessageLink[];
  /** Those of HTML, each with the id of its target, also those that share one. */
  anchors: (Anchor & { id: number })[];
}

/**
 * Writes the links of a marked text: `text [target]`, long targets as `text [host/path… link 3]`. What is said again, or
 * leads to the same host and path as what was named last, is `text [link 4]`. Numbers depend on the text alone, not on
 * what of it is shown, and go on from those of the links before it.
 */
export function writeLinks(
  marked: string,
  anchors = new Anchors(),
  before: readonly MessageLink[] = [],
): WrittenLinks {
  const places = placesIn(marked, anchors);
  if (places.length === 0) return { text: marked, links: [...before], anchors: [] };
  const targets = targetsAt(places, before);
  const text = new LinkText(marked, targets);
  for (const place of places) text.write(place);
  return {
    text: text.result(),
    links: Array.from(targets.values(), ({ id, url, text: clicked }) => ({
      ...{ id, url, text: clicked },
      host: targetHost(url) || null,
    })),
    anchors: places.flatMap(({ anchor, target }) => {
      const id = targets.get(target)?.id;
      return anchor === null || id === undefined ? [] : [{ ...anchor, id }];
    }),
  };
}
