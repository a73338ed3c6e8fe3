import { z } from 'zod';
import {
  attachedFile,
  type AttachedFile,
  gmailScopes,
  type UnreadableReason,
  unreadableReasons,
} from '../../../gmail/index.js';
import { EvergrantError } from '../../../errors/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { fileText } from './file-text.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { type BodyView, bodyView } from '../reading/body-view.js';
import { shorten } from '../shorten.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { longestPictureBytes, pictureType } from './picture.js';

const maxNameChars = 300;
const maxMimeTypeChars = 100;

const noText = z.object({ reason: z.enum(unreadableReasons), message: z.string() });

export const getAttachment = defineTool({
  name: 'get_attachment',
  toolset: 'core',
  title: 'Get attachment',
  description:
    'Gives a link to download an attachment, for ten minutes, and the text of text, PDF, Office, ODF and calendar ' +
    'files.',
  inputSchema: z.strictObject({
    messageId: gmailId('message'),
    partId: z.string().max(200),
    showImage: z.boolean().default(false).describe('A picture of up to 1 MB'),
    maxChars: z.int().min(1).default(defaultPageChars),
    offset: z.int().min(0).default(0),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    threadId: z.string(),
    filename: z.string(),
    mimeType: z.string(),
    sizeBytes: z.int(),
    url: z.string().describe('Opens the file for those who have it'),
    expiresAt: z.string(),
    text: z
      .object({
        text: z.string(),
        totalChars: z.int(),
        truncated: z.boolean(),
        nextOffset: z.int().optional(),
      })
      .optional(),
    noText: noText.optional(),
    image: z.enum(['shown', 'too_large', 'no_image']).optional(),
  }),
  answer: {
    text: fileText,
    lean: z.object({
      expiresAt: z.string(),
      text: z
        .object({ totalChars: z.int(), truncated: z.boolean(), nextOffset: z.int().optional() })
        .optional(),
      noText: noText.optional(),
      image: z.enum(['shown', 'too_large', 'no_image']).optional(),
    }),
    structure: ({ text, ...answer }, fence) => ({
      ...answer,
      ...(text && { text: fence.enclosed(text) }),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  mailTexts: ({ threadId, text }) => (text === undefined ? [] : [{ threadId, text: text.text }]),
  handler: async ({ messageId, partId, showImage, maxChars, offset }, context) => {
    const message = await context.mailbox.getMessage(messageId, { format: 'full', largeText: false });
    // Of two reads: the message, then the file.
    context.progress(1, 2);
    const file = attachedFile(message, partId);
    if (file.attachmentId === undefined && file.data === undefined)
      throw new EvergrantError('VALIDATION_FAILED', {
        field: 'partId',
        message: 'Gmail hands out no file for this part: get_message with this partId reads it',
      });
    const about = {
      threadId: message.threadId,
      filename: shorten(file.filename, maxNameChars),
      mimeType: shorten(file.mimeType, maxMimeTypeChars),
      sizeBytes: file.sizeBytes,
    };
    const { url, expiresAt } = await context.attachmentLink({ messageId, partId });
    context.show({
      ...{ type: 'resource_link', uri: url, name: about.filename },
      ...{ mimeType: about.mimeType, size: about.sizeBytes },
    });
    const image = showImage ? await showPicture(file, messageId, context) : undefined;
    const head = { notice: untrustedContentNotice, ...about, url, expiresAt: expiresAt.toISOString() };
    // Pictures are seen, not read.
    if (file.mimeType.startsWith('image/')) return { ...head, ...(image !== undefined && { image }) };
    const reading = await context.files.read(message, partId);
    return {
      ...head,
      ...('text' in reading
        ? { text: bodyView(reading.text, answerRoom(maxChars), { offset }) satisfies BodyView }
        : {
            noText: {
              reason: reading.unreadable,
              message: `The text could not be read: ${why[reading.unreadable]}`,
            },
          }),
      ...(image !== undefined && { image }),
    };
  },
});

const why = {
  encrypted: 'the file is encrypted or asks for a password',
  damaged: 'the file is damaged or not complete',
  too_large: 'the file is too large, or unpacks to too much',
  took_too_long: 'reading the file takes too long',
  unsupported: 'files of this kind are not read',
  no_text: 'the file holds no text; pages that were scanned are pictures',
  busy: 'too many files are being read, try again in a minute',
} satisfies Record<UnreadableReason, string>;

async function showPicture(
  { attachmentId, data, sizeBytes }: AttachedFile,
  messageId: string,
  { mailbox, show }: ToolContext,
): Promise<'shown' | 'too_large' | 'no_image'> {
  if (sizeBytes > longestPictureBytes) return 'too_large';
  const bytes =
    attachmentId === undefined
      ? Buffer.from(data ?? '', 'base64url')
      : await mailbox.getAttachment(messageId, attachmentId);
  if (bytes.length > longestPictureBytes) return 'too_large';
  const mimeType = pictureType(bytes);
  if (mimeType === null) return 'no_image';
  show({ type: 'image', data: bytes.toString('base64'), mimeType });
  return 'shown';
}
