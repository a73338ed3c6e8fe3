import { tokenEstimate } from '../../../gmail/index.js';
import { concurrentReads } from '../concurrent-reads.js';
import type { Room } from '../reading/body-view.js';

/** As many entries of a list as an answer has room for. */
export interface FilledPage<Item> {
  items: Item[];
  /** How many of those that were asked for are done with, those that are gone included. */
  done: number;
}

/**
 * Reads entries in the given order, some at once, until there is no room for one; at least one is shown. What is not
 * shown is not read, but for those beside it.
 * @param readSome null for what is gone
 */
export async function filledPage<Entry, Item>(
  entries: readonly Entry[],
  room: Room,
  readSome: (entries: readonly Entry[]) => Promise<(Item | null)[]>,
): Promise<FilledPage<Item>> {
  const items: Item[] = [];
  const left = { ...room };
  for (let start = 0; start < entries.length; start += concurrentReads) {
    const read = await readSome(entries.slice(start, start + concurrentReads));
    for (const [index, item] of read.entries()) {
      if (item === null) continue;
      if (!takeRoom(item, left) && items.length > 0) return { items, done: start + index };
      items.push(item);
    }
  }
  return { items, done: entries.length };
}

/** Whether there was room for it; it is taken all the same. */
function takeRoom(item: unknown, left: Room): boolean {
  const json = JSON.stringify(item);
  left.chars -= json.length;
  left.tokens -= tokenEstimate(json);
  return left.chars >= 0 && left.tokens >= 0;
}
