import { z } from 'zod';
import type { FilterResource } from '../../../gmail/index.js';
import { labelChangeFields } from '../labels/label-changes.js';

const words = z.string().trim().min(1).max(1000).optional();

/** What a filter looks for, and what it does with labels. */
export const filterFields = {
  from: words,
  to: words,
  subject: words,
  query: words,
  negatedQuery: words,
  hasAttachment: z.boolean().optional(),
  largerThanBytes: z.int().min(1).optional(),
  smallerThanBytes: z.int().min(1).optional(),
  ...labelChangeFields,
};

type Given = z.output<z.ZodObject<typeof filterFields>>;

const criteriaNames = [
  ...['from', 'to', 'subject', 'query', 'negatedQuery', 'hasAttachment'],
  ...['largerThanBytes', 'smallerThanBytes'],
] as const;

/** Refuses a filter for all mail, and one of two sizes: Gmail has room for one. */
export function checkCriteria(given: Given, context: z.RefinementCtx): void {
  if (criteriaNames.every((name) => given[name as keyof Given] === undefined))
    context.addIssue({ code: 'custom', path: ['from'], message: 'give at least one thing to look for' });
  if (given.largerThanBytes !== undefined && given.smallerThanBytes !== undefined)
    context.addIssue({ code: 'custom', path: ['smallerThanBytes'], message: 'give one size only' });
}

/** The filter as Gmail takes it. */
export function filterResource(
  { largerThanBytes, smallerThanBytes, ...given }: Omit<Given, 'addLabelIds' | 'removeLabelIds'>,
  action: { addLabelIds: string[]; removeLabelIds: string[]; forward?: string | undefined },
): FilterResource {
  const { from, to, subject, query, negatedQuery, hasAttachment } = given;
  const size = largerThanBytes ?? smallerThanBytes;
  const sizes =
    size === undefined
      ? {}
      : ({ size, sizeComparison: largerThanBytes === undefined ? 'smaller' : 'larger' } as const);
  return withoutAbsent({
    criteria: withoutAbsent({ from, to, subject, query, negatedQuery, hasAttachment, ...sizes }),
    action: withoutAbsent({
      addLabelIds: action.addLabelIds.length > 0 ? action.addLabelIds : undefined,
      removeLabelIds: action.removeLabelIds.length > 0 ? action.removeLabelIds : undefined,
      forward: action.forward,
    }),
  });
}

function withoutAbsent<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
