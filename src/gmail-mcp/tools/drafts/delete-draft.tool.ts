import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { draftIdField, namingDraft } from './draft-id.js';

export const deleteDraft = defineTool({
  name: 'delete_draft',
  toolset: 'drafts',
  title: 'Delete draft',
  description: 'Deletes a draft at once and for good, not into the trash.',
  inputSchema: z.strictObject({ draftId: draftIdField }),
  outputSchema: z.object({ draftId: z.string(), deleted: z.literal(true) }),
  answer: { text: ({ draftId }) => [`draft ${draftId} was deleted`] },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.compose],
  handler: async ({ draftId }, { drafts }) => {
    await drafts.delete(draftId).catch((error: unknown) => {
      throw namingDraft(error);
    });
    return { draftId, deleted: true as const };
  },
});
