import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, type Mailbox } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/modify */
const mostLabels = 100;
/** Gmail sets and removes these itself. */
const fixedLabels = ['SENT', 'DRAFT', 'CHAT'];

const labelIds = z
  .array(
    z
      .string()
      .min(1)
      .max(100)
      .refine((id) => !fixedLabels.includes(id), 'Gmail does not allow this label to be added or removed'),
  )
  .max(mostLabels)
  .default([]);

export const modifyMessageLabels = defineTool({
  name: 'modify_message_labels',
  title: 'Modify message labels',
  description:
    'Adds labels to a message and removes others, by their ids from list_labels: remove INBOX to archive, remove ' +
    'UNREAD to mark as read, add STARRED or SPAM, add TRASH to throw away (deleted after 30 days).',
  inputSchema: z
    .strictObject({
      messageId: gmailId('message'),
      addLabelIds: labelIds,
      removeLabelIds: labelIds,
    })
    .superRefine(({ addLabelIds, removeLabelIds }, context) => {
      if (addLabelIds.length + removeLabelIds.length === 0) {
        const message = 'give at least one label to add or to remove';
        context.addIssue({ code: 'custom', path: ['addLabelIds'], message });
      }
      if (addLabelIds.some((id) => removeLabelIds.includes(id))) {
        const message = 'a label cannot be added and removed at once';
        context.addIssue({ code: 'custom', path: ['removeLabelIds'], message });
      }
    }),
  outputSchema: z.object({ id: z.string(), threadId: z.string(), labelIds: z.array(z.string()) }),
  // Destructive in the protocol's sense, which is: not only adding.
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: async ({ messageId, ...changes }, { mailbox }) =>
    mailbox.modifyMessage(messageId, changes).catch(async (error: unknown) => {
      throw await namingLabel(error, changes, mailbox);
    }),
});

/** Gmail's 400 does not say which label it dislikes. */
async function namingLabel(
  error: unknown,
  changes: { addLabelIds: string[]; removeLabelIds: string[] },
  mailbox: Mailbox,
): Promise<unknown> {
  if (!(error instanceof EvergrantError) || error.code !== 'VALIDATION_FAILED') return error;
  const labels = await mailbox.listLabels().catch(() => null);
  if (labels === null) return error;
  for (const field of ['addLabelIds', 'removeLabelIds'] as const) {
    const unknown = changes[field].find((id) => !labels.some((label) => label.id === id));
    if (unknown === undefined) continue;
    const named = labels.find(({ name }) => name.toLowerCase() === unknown.toLowerCase());
    const hint =
      named === undefined ? 'list_labels tells the ids' : `the id of the label so named is "${named.id}"`;
    const message = `There is no label with the id "${unknown}" (argument "${field}"): ${hint}`;
    return new EvergrantError('VALIDATION_FAILED', { field, message, cause: error });
  }
  return error;
}
