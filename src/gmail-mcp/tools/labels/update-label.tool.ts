import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { checkColours, labelAppearance, labelName, labelResource } from './label-fields.js';
import { ownLabel, ownLabelField } from './own-label.js';

export const updateLabel = defineTool({
  name: 'update_label',
  toolset: 'organize',
  title: 'Update label',
  description:
    'Renames a label or changes how it is shown; labelId is its id or name. What is not named stays.',
  inputSchema: z
    .strictObject({ labelId: ownLabelField, name: labelName.optional(), ...labelAppearance })
    .superRefine((given, context) => {
      checkColours(given, context);
      if (Object.values(given).filter((each) => each !== undefined).length > 1) return;
      context.addIssue({ code: 'custom', path: ['name'], message: 'give something to change' });
    }),
  outputSchema: z.object({ id: z.string(), name: z.string() }),
  answer: { text: ({ id, name }) => [`label ${id}: ${name.replaceAll(/\s+/g, ' ')}`] },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.labels, gmailScopes.modify],
  handler: async ({ labelId, ...fields }, { mailbox, labels }) => {
    const label = await ownLabel(labelId, mailbox);
    const { id, name } = await labels.update(label.id, labelResource(fields)).catch((error: unknown) => {
      if (!(error instanceof EvergrantError) || error.code !== 'CONFLICT') throw error;
      const message = 'There is another label of the name in "name"';
      throw new EvergrantError('CONFLICT', { field: 'name', message, cause: error });
    });
    return { id, name };
  },
});
