import { z } from 'zod';
import type { Page } from '../database/index.js';

/** What every list route takes. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('The `nextCursor` of the page before'),
};

/** The query of a list route that takes nothing else. */
export const pageQuery = z.strictObject(pageInput);

/** How a page of these items is described. */
export function pageView<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('The `cursor` of the next page; null on the last one'),
  });
}

/** The same page, its items shown in another way. */
export function viewPage<Item, View>(
  { items, nextCursor }: Page<Item>,
  view: (item: Item) => View,
): Page<View> {
  return { items: items.map(view), nextCursor };
}
