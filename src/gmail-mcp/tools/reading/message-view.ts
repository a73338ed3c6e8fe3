import { z } from 'zod';
import { type ReadableMessage, type TextRange, tokenEstimate } from '../../../gmail/index.js';
import { shorten } from '../shorten.js';
import { type BodyView, bodyView, type Room } from './body-view.js';

const maxHeaderChars = 300;
const maxMimeTypeChars = 100;
const maxAttachments = 20;
/** However many addresses and files a message has, so much of its body is shown. */
const leastBody: Room = { chars: 500, tokens: 300 };

/** A message among others of one answer. */
export const messageView = z.object({
  id: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  cc: z.string().nullable(),
  replyTo: z.string().nullable(),
  date: z.string().nullable().describe('ISO 8601'),
  warnings: z.array(z.string()).describe('What speaks against believing who wrote it; not a verdict'),
  labelIds: z.array(z.string()),
  body: z.object({
    text: z.string(),
    source: z.enum(['text/plain', 'text/html', 'none']).describe('What the text was made from'),
    totalChars: z.int().describe('Length of the whole body'),
    truncated: z.boolean().describe('If true, get_message reads on from nextOffset'),
    nextOffset: z.int().optional(),
  }),
  notes: z.array(z.string()).optional(),
  attachments: z.array(
    z.object({
      partId: z.string().describe('For get_attachment'),
      filename: z.string(),
      mimeType: z.string(),
      sizeBytes: z.int(),
    }),
  ),
  totalAttachments: z.int().describe('The first 20 are listed; get_message lists more'),
});
/** What a program needs to read on in it. */
export const pageOfMessage = z.object({
  id: z.string(),
  body: z.object({ nextOffset: z.int().optional() }).optional(),
  attachments: z.array(z.object({ partId: z.string() })).optional(),
});
export type MessageView = z.input<typeof messageView>;

/** A message as it is shown, and how much room that takes. */
export interface ViewedMessage {
  view: MessageView;
  taken: Room;
}

/** The whole message with quotes folded, or as much of its body as there is room for. */
export function viewMessage(
  message: ReadableMessage,
  room: Room,
  folds: readonly TextRange[] = [],
): ViewedMessage {
  const head = headOf(message);
  const json = JSON.stringify(head);
  const taken = { chars: json.length, tokens: tokenEstimate(json) };
  const left = {
    chars: Math.max(room.chars - taken.chars, leastBody.chars),
    tokens: Math.max(room.tokens - taken.tokens, leastBody.tokens),
  };
  const body: BodyView = bodyView(message.body.text, left, { folds });
  return {
    view: { ...head, body: { ...body, source: message.body.source } },
    taken: {
      chars: taken.chars + body.text.length,
      tokens: taken.tokens + tokenEstimate(body.text),
    },
  };
}

function headOf(message: ReadableMessage): Omit<MessageView, 'body'> {
  const { id, from, to, cc, replyTo, date, warnings, notes, labelIds } = message;
  const { attachments, totalAttachments } = message;
  return {
    id,
    from: shorten(from, maxHeaderChars),
    to: shorten(to, maxHeaderChars),
    cc: shorten(cc, maxHeaderChars),
    replyTo: shorten(replyTo, maxHeaderChars),
    date,
    warnings: warnings.map((each) => shorten(each, maxHeaderChars)),
    labelIds,
    ...(notes.length > 0 ? { notes: notes.map((each) => shorten(each, maxHeaderChars)) } : {}),
    attachments: attachments.slice(0, maxAttachments).map(({ partId, filename, mimeType, sizeBytes }) => ({
      partId,
      filename: shorten(filename, maxHeaderChars),
      mimeType: shorten(mimeType, maxMimeTypeChars),
      sizeBytes,
    })),
    totalAttachments,
  };
}
