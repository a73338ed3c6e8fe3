import { z } from 'zod';
import type { GmailFilter } from '../../../gmail/index.js';
import { field, type Fence, type Line } from '../answers/fence.js';
import { shorten } from '../shorten.js';

const longest = 1_000;

/** A filter as tools tell it: what it looks for, and what it does. */
export const filterView = z.object({
  filterId: z.string(),
  criteria: z.record(z.string(), z.string()),
  addLabelIds: z.array(z.string()),
  removeLabelIds: z.array(z.string()),
  forward: z.string().optional(),
});

export function viewFilter({ id, criteria, action }: GmailFilter): z.input<typeof filterView> {
  const { addLabelIds = [], removeLabelIds = [], forward } = action;
  const told = Object.entries(criteria).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, shorten(String(value), longest)] as const],
  );
  return {
    ...{ filterId: id, criteria: Object.fromEntries(told), addLabelIds, removeLabelIds },
    ...(forward !== undefined && { forward }),
  };
}

export function filterLines(
  { filterId, criteria, addLabelIds, removeLabelIds, forward }: z.output<typeof filterView>,
  fence: Fence,
): Line[] {
  return [
    fence.own(`filter ${filterId}`),
    ...Object.entries(criteria).map(([name, value]) => field(`If ${name}`, value)),
    field('Adds', addLabelIds.join(', ')),
    field('Removes', removeLabelIds.join(', ')),
    field('Forwards to', forward),
  ];
}
