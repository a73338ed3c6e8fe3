import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import type { Mailbox } from '../../../gmail/index.js';
import { labelCalled } from './label-names.js';

/** The argument of a tool that is about one label: its id or its name. */
export const ownLabelField = z.string().min(1).max(225);

/**
 * The label of the owner's that is so called.
 * @throws EvergrantError `VALIDATION_FAILED` naming `labelId`: none or several are so called, or it is Gmail's own
 */
export async function ownLabel(
  called: string,
  mailbox: Pick<Mailbox, 'listLabels'>,
): Promise<{ id: string; name: string }> {
  const labels = await mailbox.listLabels();
  const decision = labelCalled(called, labels);
  if (decision.status === 'ambiguous')
    throw refused(`Several labels are called "${called}": give one of the ids ${decision.ids.join(', ')}`);
  const label = decision.status === 'found' ? labels.find(({ id }) => id === decision.id) : undefined;
  if (label === undefined)
    throw refused(`There is no label "${called}": list_labels tells what labels there are`);
  if (label.type === 'system') throw refused(`The label "${label.name}" is Gmail's own and stays as it is`);
  return label;
}

function refused(message: string): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', { field: 'labelId', message });
}
