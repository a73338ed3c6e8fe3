import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { field } from '../answers/fence.js';
import { defineTool } from '../define-tool.js';
import { bodyView } from '../reading/body-view.js';
import { messageText } from '../reading/message-text.js';
import { shorten } from '../shorten.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { draftIdField, namingDraft } from './draft-id.js';

const maxHeaderChars = 2_000;
const maxListed = 50;

export const getDraft = defineTool({
  name: 'get_draft',
  toolset: 'drafts',
  title: 'Get draft',
  description:
    'Reads a draft: its recipients, its text and its files. To read on, pass nextOffset as offset.',
  inputSchema: z.strictObject({
    draftId: draftIdField,
    maxChars: z.int().min(1).default(defaultPageChars),
    offset: z.int().min(0).default(0),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    draftId: z.string(),
    messageId: z.string(),
    threadId: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    cc: z.string().nullable(),
    bcc: z.string().nullable(),
    subject: z.string().nullable(),
    date: z.string().nullable(),
    body: z.object({
      text: z.string(),
      totalChars: z.int(),
      truncated: z.boolean(),
      nextOffset: z.int().optional(),
    }),
    attachments: z.array(
      z.object({ partId: z.string(), filename: z.string(), mimeType: z.string(), sizeBytes: z.int() }),
    ),
    totalAttachments: z.int(),
  }),
  answer: {
    text: ({ draftId, messageId, bcc, ...draft }, fence) => {
      const [first, ...lines] = messageText({ id: messageId, ...draft }, fence);
      return [fence.own(`draft ${draftId}`), first, field('Bcc', bcc), ...lines];
    },
    lean: z.object({
      draftId: z.string(),
      messageId: z.string(),
      threadId: z.string(),
      body: z.object({
        totalChars: z.int(),
        truncated: z.boolean(),
        nextOffset: z.int().optional(),
      }),
      attachments: z.array(z.object({ partId: z.string() })),
      totalAttachments: z.int(),
    }),
    structure: (draft, fence) => ({ ...draft, body: fence.enclosed(draft.body) }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.compose, gmailScopes.readonly],
  mailTexts: ({ threadId, body: { text } }) => [{ threadId, text }],
  handler: async ({ draftId, maxChars, offset }, { drafts, reader }) => {
    const draft = await drafts.get(draftId, 'full').catch((error: unknown) => {
      throw namingDraft(error);
    });
    const { id, body, attachments, ...message } = await reader.read(draft.message);
    return {
      notice: untrustedContentNotice,
      draftId: draft.id,
      messageId: id,
      threadId: message.threadId,
      from: shorten(message.from, maxHeaderChars),
      to: shorten(message.to, maxHeaderChars),
      cc: shorten(message.cc, maxHeaderChars),
      bcc: shorten(message.bcc, maxHeaderChars),
      subject: shorten(message.subject, maxHeaderChars),
      date: message.date,
      body: bodyView(body.text, answerRoom(maxChars), { offset }),
      attachments: attachments.slice(0, maxListed).map((each) => ({
        ...{ partId: each.partId, sizeBytes: each.sizeBytes },
        filename: shorten(each.filename, 300),
        mimeType: shorten(each.mimeType, 100),
      })),
      totalAttachments: message.totalAttachments,
    };
  },
});
