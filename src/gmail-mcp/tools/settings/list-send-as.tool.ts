import { z } from 'zod';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { filledPage } from '../answers/filled-page.js';
import { defineTool } from '../define-tool.js';
import { shorten } from '../shorten.js';
import { readsSetting } from './setting-tool.js';

const maxSignatureChars = 1_000;

export const listSendAs = defineTool({
  ...readsSetting,
  name: 'list_send_as',
  title: 'List send-as addresses',
  description:
    'Lists the addresses that this mailbox sends from, with their names and signatures. For more, pass nextOffset as ' +
    'offset.',
  inputSchema: z.strictObject({ maxChars: maxCharsOfList, offset: z.int().min(0).default(0) }),
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
    totalSendAs: z.int(),
    nextOffset: z.int().optional(),
  }),
  handler: async ({ maxChars, offset }, { mailbox }) => {
    const all = await mailbox.listSendAs();
    const { items, done } = await filledPage(all.slice(offset), answerRoom(maxChars), async (some) =>
      some.map((sender) => ({
        email: sender.sendAsEmail,
        name: sender.displayName,
        replyTo: sender.replyToAddress,
        signatureHtml: shorten(sender.signature, maxSignatureChars),
        isPrimary: sender.isPrimary,
        isDefault: sender.isDefault,
        verified: sender.isPrimary || sender.verificationStatus === 'accepted',
      })),
    );
    const end = offset + done;
    return {
      ...{ sendAs: items, totalSendAs: all.length },
      ...(end < all.length ? { nextOffset: end } : {}),
    };
  },
});
