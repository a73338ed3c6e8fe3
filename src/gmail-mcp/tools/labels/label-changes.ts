import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import type { Mailbox } from '../../../gmail/index.js';
import { labelIdsOf, namingLabel } from './label-names.js';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/modify */
const mostLabels = 100;
/** Gmail sets and removes these itself. */
const fixedLabels = ['SENT', 'DRAFT', 'CHAT'];
const notOurs = 'Gmail does not allow this label to be added or removed';
/** Gmail allows names of so many characters. */
const longestName = 225;

const labels = z
  .array(
    z
      .string()
      .min(1)
      .max(longestName)
      .refine((label) => !fixedLabels.includes(label), notOurs),
  )
  .max(mostLabels)
  .default([]);

/** The arguments of a tool that files: labels by their ids or names. */
export const labelChangeFields = { addLabelIds: labels, removeLabelIds: labels };

interface LabelChanges {
  addLabelIds: string[];
  removeLabelIds: string[];
}

/** Refuses no change, and a label that is added and removed at once. */
export function checkLabelChanges(
  { addLabelIds, removeLabelIds }: LabelChanges,
  context: z.RefinementCtx,
): void {
  if (addLabelIds.length + removeLabelIds.length === 0) {
    const message = 'give at least one label to add or to remove';
    context.addIssue({ code: 'custom', path: ['addLabelIds'], message });
  }
  if (addLabelIds.some((id) => removeLabelIds.includes(id))) {
    const message = 'a label cannot be added and removed at once';
    context.addIssue({ code: 'custom', path: ['removeLabelIds'], message });
  }
}

/**
 * Files with the labels that the arguments name.
 * @throws EvergrantError `VALIDATION_FAILED` naming the argument and the label at fault, or what `file` throws
 */
export async function fileWith<Answer>(
  given: LabelChanges,
  mailbox: Pick<Mailbox, 'listLabels'>,
  file: (changes: LabelChanges) => Promise<Answer>,
): Promise<Answer> {
  const changes = await labelIdsOf(
    { addLabelIds: given.addLabelIds, removeLabelIds: given.removeLabelIds },
    mailbox,
  );
  for (const [field, ids] of Object.entries(changes))
    if (ids.some((id) => fixedLabels.includes(id)))
      throw new EvergrantError('VALIDATION_FAILED', {
        field,
        message: `The argument "${field}" is not valid: ${notOurs}`,
      });
  return file(changes).catch(async (error: unknown) => {
    throw await namingLabel(error, changes, mailbox);
  });
}
