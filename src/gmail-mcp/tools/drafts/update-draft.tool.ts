import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { changedDraft, gmailScopes, recipientCount } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { outgoingMailInput } from '../writing/outgoing-mail.js';
import { withCountedDraft } from './counted-draft.js';
import { draftIdField, noSuchDraft } from './draft-id.js';
import { noteDrafted } from './drafted-words.js';

const { to, cc, bcc, body, htmlBody } = outgoingMailInput.shape;
const mostRecipients = 500;

export const updateDraft = defineTool({
  name: 'update_draft',
  toolset: 'drafts',
  title: 'Update draft',
  description:
    'Changes a draft. What is named replaces what was there, a list or body as a whole; the rest stays, also its ' +
    'conversation and files. A body without htmlBody replaces the HTML too.',
  inputSchema: z
    .strictObject({
      draftId: draftIdField,
      to: to.unwrap().optional(),
      cc: cc.unwrap().optional(),
      bcc: bcc.unwrap().optional(),
      subject: z.string().trim().max(1000).optional(),
      body: body.optional(),
      htmlBody,
    })
    .superRefine(({ draftId: _draftId, ...change }, context) => {
      const refuse = (field: string, message: string): void =>
        context.addIssue({ code: 'custom', path: [field], message });
      if (Object.values(change).every((each) => each === undefined))
        refuse('body', 'give something to change');
      if (change.htmlBody !== undefined && change.body === undefined)
        refuse('body', 'give the same as plain text, too');
    }),
  outputSchema: z.object({ draftId: z.string(), messageId: z.string(), threadId: z.string() }),
  answer: {
    text: ({ draftId, messageId, threadId }) => [
      `draft ${draftId} was changed: it is message ${messageId} in thread ${threadId} now`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.compose],
  handler: ({ draftId, ...change }, context) =>
    withCountedDraft(draftId, context, async (draft) => {
      if (draft === null) throw noSuchDraft();
      const { drafts, drafted } = context;
      const mail = await changedDraft(draft, change);
      if ((await recipientCount(mail.mime)) > mostRecipients)
        throw new EvergrantError('VALIDATION_FAILED', {
          field: 'to',
          message: `The argument "to" is not valid: at most ${mostRecipients} recipients in to, cc and bcc together`,
        });
      const { id, message } = await drafts.replace(draftId, mail);
      noteDrafted(change, message.threadId, { drafted });
      return { draftId: id, messageId: message.id, threadId: message.threadId };
    }),
});
