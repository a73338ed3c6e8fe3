import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, recipientCount } from '../../../gmail/index.js';
import type { GateAnswer } from '../../acts/gate-answer.js';
import { defineTool } from '../define-tool.js';
import { newlySent, outboundInput, sentAnswer, sentFields, sentOutput } from '../writing/sent-answer.js';
import { withCountedDraft } from './counted-draft.js';
import { draftIdField, noSuchDraft } from './draft-id.js';

export const sendDraft = defineTool({
  name: 'send_draft',
  toolset: 'core',
  title: 'Send draft',
  description: 'Sends a draft as it is now; otherwise as send_message.',
  inputSchema: z.strictObject({ draftId: draftIdField, ...outboundInput }),
  outputSchema: sentOutput,
  answer: sentAnswer,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  scopes: [gmailScopes.compose],
  recipients: newlySent,
  handler: ({ draftId, ...terms }, context) =>
    withCountedDraft(draftId, context, async (draft) => {
      const { acts } = context;
      if (draft === null) return toldOfSent(await acts.ofSentDraft(draftId));
      if ((await recipientCount(draft.mime)) === 0)
        throw new EvergrantError('VALIDATION_FAILED', {
          field: 'draftId',
          message: 'Nothing was sent: the draft has no recipient yet',
        });
      return sentFields(await acts.perform({ kind: 'send_draft', draft }, terms));
    }),
});

/** Sending takes a draft from among the drafts, also when the server does it after an approval. */
function toldOfSent(earlier: GateAnswer | null): ReturnType<typeof sentFields> {
  if (earlier === null) throw noSuchDraft();
  return sentFields(earlier);
}
