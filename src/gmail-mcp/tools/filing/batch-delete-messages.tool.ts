import { z } from 'zod';
import { gmailScopes, mostMessagesAtOnce } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

export const batchDeleteMessages = defineTool({
  name: 'batch_delete_messages',
  toolset: 'dangerous',
  title: 'Batch delete messages',
  description:
    'Deletes up to 1,000 messages at once and for good. Only where the user has seen which and asked for just that.',
  inputSchema: z.strictObject({
    messageIds: z.array(gmailId('message')).min(1).max(mostMessagesAtOnce),
  }),
  outputSchema: z.object({ requested: z.int().describe('Gmail does not say how many of them there were') }),
  answer: {
    text: ({ requested }) => [`Gmail deleted for good what there was of these ${requested} messages`],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.full],
  handler: async ({ messageIds }, { filing }) => {
    const ids = [...new Set(messageIds)];
    await filing.deleteMessages(ids);
    return { requested: ids.length };
  },
});
