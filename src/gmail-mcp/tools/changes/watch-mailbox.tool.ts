import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { labelIdsOf } from '../labels/label-names.js';
import { changesCursor } from './changes-cursor.js';
import { mailboxUri } from './mailbox-uri.js';

/** It changes nothing in the mailbox, so that an instance which may only read may watch as well. */
export const watchesMailbox = {
  toolset: 'changes',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.metadata],
} as const;

const mostLabels = 50;

export const watchMailbox = defineTool({
  ...watchesMailbox,
  name: 'watch_mailbox',
  title: 'Watch mailbox',
  description:
    `Has the mailbox watched until stop_watch: who listens to the resource ${mailboxUri}, or to a message or thread, is ` +
    'told when it changes. labelIds narrows what counts, by ids or names. The cursor is for list_changes, which tells ' +
    'what has changed.',
  inputSchema: z.strictObject({ labelIds: z.array(z.string().min(1).max(225)).max(mostLabels).default([]) }),
  outputSchema: z.object({
    status: z.enum(['started', 'goes_on']),
    mode: z.enum(['push', 'poll']),
    watchedLabelIds: z.array(z.string()),
    resource: z.string(),
    cursor: z.string().describe('For list_changes'),
  }),
  handler: async ({ labelIds: called }, { mailbox, watches, instance }) => {
    const { labelIds } = await labelIdsOf({ labelIds: called }, mailbox);
    const watch = await watches.start(labelIds);
    const atSeconds = Math.floor(Date.now() / 1000);
    return {
      status: watch.isNew ? ('started' as const) : ('goes_on' as const),
      mode: watch.mode,
      watchedLabelIds: watch.labelIds,
      resource: mailboxUri,
      cursor: changesCursor(instance.id, { historyId: watch.historyId, atSeconds }),
    };
  },
});
