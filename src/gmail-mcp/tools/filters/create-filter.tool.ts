import { z } from 'zod';
import { gmailScopes, type FilterResource } from '../../../gmail/index.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { checkLabelChanges, fileWith } from '../labels/label-changes.js';
import { outboundInput, sentFields, sentOutput, waitingSentence } from '../writing/sent-answer.js';
import { checkCriteria, filterFields, filterResource } from './filter-resource.js';

const filterOutput = sentOutput.partial().extend({
  filterId: z.string().optional(),
  created: z.boolean(),
});

export const createFilter = defineTool({
  name: 'create_filter',
  toolset: 'organize',
  title: 'Create filter',
  description:
    'Files mail as it comes in from now on; labels by id or name. To change a filter, delete it and create another.',
  inputSchema: z
    .strictObject({ ...filterFields, forward: z.email().max(254).optional(), ...outboundInput })
    .superRefine((given, context) => {
      checkCriteria(given, context);
      if (given.forward === undefined || given.addLabelIds.length + given.removeLabelIds.length > 0)
        checkLabelChanges(given, context);
    }),
  outputSchema: filterOutput,
  answer: { text: (output) => [sentence(output)] },
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.settingsBasic],
  handler: async ({ addLabelIds, removeLabelIds, forward, idempotencyKey, dryRun, ...criteria }, context) =>
    fileWith({ addLabelIds, removeLabelIds }, context.mailbox, async (changes) => {
      const wanted = filterResource(criteria, { ...changes, forward });
      if (forward !== undefined) return forwarding(wanted, { forward, idempotencyKey, dryRun }, context);
      if (dryRun) return { created: false, status: 'dry_run' as const, decision: 'allow' as const };
      const { id, created } = await context.filters.ensure(wanted);
      return { filterId: id, created };
    }),
});

/** Lets mail leave by itself from then on, which is an outbound act. */
async function forwarding(
  wanted: FilterResource,
  { forward, ...terms }: { forward: string; idempotencyKey?: string | undefined; dryRun: boolean },
  { acts, filters }: ToolContext,
): Promise<z.input<typeof filterOutput>> {
  const before = await filters.find(wanted);
  if (before !== undefined) return { filterId: before.id, created: false };
  const { criteria, action } = wanted;
  const answer = await acts.perform(
    {
      kind: 'forwarding_filter',
      recipients: [forward],
      settings: [
        ...Object.entries(criteria).map(([name, value]) => ({ name: `If ${name}`, value: String(value) })),
        { name: 'Adds labels', value: (action.addLabelIds ?? []).join(', ') },
        { name: 'Removes labels', value: (action.removeLabelIds ?? []).join(', ') },
        { name: 'Forwards to', value: forward },
      ].filter(({ value }) => value !== ''),
      request: { method: 'settings', verb: 'POST', path: 'filters', body: wanted },
    },
    terms,
  );
  if (answer.status !== 'sent') return { created: false, ...sentFields(answer) };
  return { filterId: (await filters.find(wanted))?.id, created: true };
}

function sentence(output: z.output<typeof filterOutput>): string {
  const { filterId, created, status } = output;
  if (status === 'held' || status === 'dry_run') return waitingSentence({ ...output, status }, 'created');
  if (filterId === undefined) return 'the filter was created';
  return created ? `filter ${filterId} was created` : `there was already the same filter, ${filterId}`;
}
