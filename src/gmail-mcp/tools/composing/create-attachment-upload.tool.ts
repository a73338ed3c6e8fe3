import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';

/** A file of 26 MiB makes a mail of 35, which is all that Gmail takes. */
const largestFileBytes = 26 * 1024 * 1024;

export const createAttachmentUpload = defineTool({
  name: 'create_attachment_upload',
  toolset: 'drafts',
  title: 'Create attachment upload',
  description: 'Gives a URL to PUT a file to, for an hour; then name it among the attachments of a mail.',
  inputSchema: z.strictObject({
    filename: z.string().min(1).max(255),
    mimeType: z.string().max(100).default('application/octet-stream'),
    sizeBytes: z.int().min(1).max(largestFileBytes),
  }),
  outputSchema: z.object({
    attachment: z.string().describe('For the attachments of a mail'),
    url: z.string(),
    expiresAt: z.string(),
  }),
  answer: {
    text: ({ attachment, url, expiresAt }) => [
      `PUT the bytes of the file to ${url} until ${expiresAt}, then pass ${attachment} among the attachments of a mail`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  scopes: [gmailScopes.send],
  handler: async (file, { uploads }) => {
    const { uploadId, url, expiresAt } = await uploads.create(file);
    return { attachment: `upload/${uploadId}`, url, expiresAt: expiresAt.toISOString() };
  },
});
