import { z } from 'zod';
import { gmailScopes, partAsMessage, type ReadableMessage, tokenEstimate } from '../../../gmail/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { shorten } from '../shorten.js';
import { bodyView } from './body-view.js';
import { messageText } from './message-text.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';

const maxHeaderChars = 2_000;
const maxNameChars = 300;
/** So much of an answer its list of files may take; see `tokenEstimate`. */
const attachmentTokens = 2_500;
/** However long its head is, so much of a body is shown. */
const leastBodyTokens = 300;

export const getMessage = defineTool({
  name: 'get_message',
  toolset: 'core',
  title: 'Get message',
  description:
    'Reads one message: its head, the text that a person sees, and its attachments. With a partId it ' +
    'reads an attached mail or text file. To read on, pass nextOffset as offset.',
  inputSchema: z.strictObject({
    messageId: gmailId('message'),
    partId: z.string().max(200).optional().describe('From attachments or notes'),
    maxChars: z.int().min(1).default(defaultPageChars),
    offset: z.int().min(0).default(0),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    id: z.string(),
    threadId: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    cc: z.string().nullable(),
    replyTo: z.string().nullable().describe('Where a reply goes, if not to the sender'),
    listUnsubscribe: z.string().nullable().describe('How to leave a mailing list (RFC 2369)'),
    subject: z.string().nullable(),
    date: z.string().nullable().describe('ISO 8601'),
    warnings: z.array(z.string()).describe('What speaks against believing who wrote it; not a verdict'),
    labelIds: z.array(z.string()),
    body: z.object({
      text: z.string(),
      source: z.enum(['text/plain', 'text/html', 'none']).describe('What the text was made from'),
      totalChars: z.int().describe('Length of the whole body'),
      truncated: z.boolean(),
      nextOffset: z.int().optional().describe('Where the next page begins'),
    }),
    notes: z.array(z.string()).optional().describe('What there is to know of the form of the message'),
    attachments: z.array(
      z.object({
        partId: z.string().describe('For get_attachment; here it reads a mail or a text'),
        filename: z.string(),
        from: z.string().nullable().describe('Who wrote an attached mail'),
        mimeType: z.string(),
        sizeBytes: z.int(),
      }),
    ),
    totalAttachments: z.int().describe('More than are listed if those are many'),
  }),
  answer: {
    text: (message, fence) => messageText(message, fence),
    lean: z.object({
      id: z.string(),
      threadId: z.string(),
      body: z.object({
        totalChars: z.int(),
        truncated: z.boolean(),
        nextOffset: z.int().optional(),
      }),
      attachments: z.array(z.object({ partId: z.string() })),
      totalAttachments: z.int(),
    }),
    structure: (message, fence) => ({ ...message, body: fence.enclosed(message.body) }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  mailTexts: ({ threadId, body: { text } }) => [{ threadId, text }],
  handler: async ({ messageId, partId, maxChars, offset }, { mailbox, reader }) => {
    const whole = await mailbox.getMessage(messageId, { format: 'full' });
    const read = partId === undefined ? whole : partAsMessage(whole, partId);
    if (read !== whole) await mailbox.completeText(read);
    const { notes, ...message } = await reader.read(read);
    const head = {
      ...message,
      from: shorten(message.from, maxHeaderChars),
      to: shorten(message.to, maxHeaderChars),
      cc: shorten(message.cc, maxHeaderChars),
      replyTo: shorten(message.replyTo, maxHeaderChars),
      listUnsubscribe: shorten(message.listUnsubscribe, maxHeaderChars),
      subject: shorten(message.subject, maxHeaderChars),
      ...(notes.length > 0 ? { notes: notes.map((each) => shorten(each, maxNameChars)) } : {}),
      warnings: message.warnings.map((each) => shorten(each, maxNameChars)),
      attachments: listedAttachments(message),
    };
    const taken = tokenEstimate(JSON.stringify({ ...head, body: null }));
    const { chars, tokens } = answerRoom(maxChars);
    // Offsets are the caller's own where it asks for more.
    const room = {
      chars,
      tokens: maxChars > defaultPageChars ? tokens : Math.max(tokens - taken, leastBodyTokens),
    };
    const body = { ...bodyView(message.body.text, room, { offset }), source: message.body.source };
    return { ...head, notice: untrustedContentNotice, body };
  },
});

/** As many as there is room for. */
function listedAttachments({
  attachments,
}: Pick<ReadableMessage, 'attachments'>): ReadableMessage['attachments'] {
  const listed: ReadableMessage['attachments'] = [];
  let tokens = 0;
  for (const each of attachments) {
    const { filename, mimeType } = each;
    const shown = {
      ...each,
      filename: shorten(filename, maxNameChars),
      mimeType: shorten(mimeType, maxNameChars),
    };
    tokens += tokenEstimate(JSON.stringify(shown));
    if (tokens > attachmentTokens) break;
    listed.push(shown);
  }
  return listed;
}
