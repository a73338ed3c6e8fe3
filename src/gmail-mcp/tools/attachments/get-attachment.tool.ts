import { z } from 'zod';
import {
  attachedFile,
  type AttachedFile,
  type GmailMessage,
  gmailScopes,
  textFileAsMessage,
} from '../../../gmail/index.js';
import { EvergrantError } from '../../../errors/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { type BodyView, bodyView } from '../reading/body-view.js';
import { shorten } from '../shorten.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { longestPictureBytes, pictureType } from './picture.js';

/** A longer text is a file to keep, not one to read. */
const longestTextBytes = 256_000;
const maxNameChars = 300;
const maxMimeTypeChars = 100;

export const getAttachment = defineTool({
  name: 'get_attachment',
  title: 'Get attachment',
  description:
    'Gives a link under which an attachment can be downloaded for ten minutes, and the text of small text files.',
  inputSchema: z.strictObject({
    messageId: gmailId('message'),
    partId: z.string().max(200).describe('Not the attachmentId'),
    showImage: z.boolean().default(false).describe('Shows a picture of up to 1 MB too'),
    maxChars: z.int().min(1).default(defaultPageChars),
    offset: z.int().min(0).default(0),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
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
    image: z.enum(['shown', 'too_large', 'no_image']).optional(),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  handler: async ({ messageId, partId, showImage, maxChars, offset }, context) => {
    const message = await context.mailbox.getMessage(messageId, { format: 'full', largeText: false });
    const file = attachedFile(message, partId);
    if (file.attachmentId === undefined && file.data === undefined)
      throw new EvergrantError('VALIDATION_FAILED', {
        field: 'partId',
        message: 'Gmail hands out no file for this part: get_message with this partId reads it',
      });
    const about = {
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
    const text = await textOf(message, partId, file, context);
    return {
      ...{ notice: untrustedContentNotice, ...about, url, expiresAt: expiresAt.toISOString() },
      ...(text !== null && { text: bodyView(text, answerRoom(maxChars), { offset }) satisfies BodyView }),
      ...(image !== undefined && { image }),
    };
  },
});

async function textOf(
  message: GmailMessage,
  partId: string,
  { isText, sizeBytes }: AttachedFile,
  { mailbox, reader }: ToolContext,
): Promise<string | null> {
  if (!isText || sizeBytes > longestTextBytes) return null;
  const read = textFileAsMessage(message, partId);
  await mailbox.completeText(read);
  return (await reader.read(read)).body.text;
}

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
