import { z } from 'zod';
import { defineTool } from '../define-tool.js';
import { shorten } from '../shorten.js';
import { readsSetting } from './setting-tool.js';

const maxSignatureChars = 1_000;

export const listSendAs = defineTool({
  ...readsSetting,
  name: 'list_send_as',
  title: 'List send-as addresses',
  description: 'Lists the addresses that this mailbox sends from, with their names and signatures.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({
    sendAs: z.array(
      z.object({
        email: z.string(),
        name: z.string(),
        replyTo: z.string(),
        signatureHtml: z.string(),
        isPrimary: z.boolean(),
        isDefault: z.boolean(),
        verified: z.boolean(),
      }),
    ),
  }),
  handler: async (_input, { mailbox }) => ({
    sendAs: (await mailbox.listSendAs()).map((sender) => ({
      email: sender.sendAsEmail,
      name: sender.displayName,
      replyTo: sender.replyToAddress,
      signatureHtml: shorten(sender.signature, maxSignatureChars),
      isPrimary: sender.isPrimary,
      isDefault: sender.isDefault,
      verified: sender.isPrimary || sender.verificationStatus === 'accepted',
    })),
  }),
});
