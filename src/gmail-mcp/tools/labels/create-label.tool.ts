import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { checkColours, labelAppearance, labelName, labelResource } from './label-fields.js';
import { labelCalled } from './label-names.js';

export const createLabel = defineTool({
  name: 'create_label',
  toolset: 'organize',
  title: 'Create label',
  description: 'Creates a label, "Parent/Child" for one within another, or tells the id of the one so named.',
  inputSchema: z.strictObject({ name: labelName, ...labelAppearance }).superRefine(checkColours),
  outputSchema: z.object({ id: z.string(), name: z.string(), created: z.boolean() }),
  answer: {
    text: ({ id, name, created }) => [
      `${created ? 'created' : 'there was already'} label ${id}: ${name.replaceAll(/\s+/g, ' ')}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.labels, gmailScopes.modify],
  handler: async ({ name, ...appearance }, { mailbox, labels }) => {
    const existing = async () => {
      const all = await mailbox.listLabels();
      const found = labelCalled(name, all);
      return found.status === 'found' ? all.find(({ id }) => id === found.id) : undefined;
    };
    const before = await existing();
    if (before !== undefined) return { id: before.id, name: before.name, created: false };
    try {
      const { id, name: given } = await labels.create(labelResource({ name, ...appearance }));
      return { id, name: given, created: true };
    } catch (error) {
      // Another one was faster, or an attempt before this one, whose answer was lost.
      const isThere = error instanceof EvergrantError && error.code === 'CONFLICT';
      const made = isThere ? await existing() : undefined;
      if (made === undefined) throw error;
      return { id: made.id, name: made.name, created: true };
    }
  },
});
