import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, type Mailbox, textAsHtml } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { changesSetting } from './setting-tool.js';

/** Gmail takes no more. */
const maxSignatureChars = 10_000;

export const updateSignature = defineTool({
  ...changesSetting,
  name: 'update_signature',
  toolset: 'settings',
  title: 'Update signature',
  description:
    "Replaces the signature that Gmail's own pages put under mail, by text or HTML, or removes it. " +
    'Without sendAsEmail that of the mailbox itself.',
  inputSchema: z
    .strictObject({
      sendAsEmail: z.email().optional(),
      text: z.string().max(maxSignatureChars).optional(),
      html: z.string().max(maxSignatureChars).optional(),
      remove: z.boolean().default(false),
    })
    .refine(
      ({ text, html, remove }) =>
        [text !== undefined, html !== undefined, remove].filter(Boolean).length === 1,
      {
        path: ['text'],
        error: 'give one of text, html and remove',
      },
    ),
  outputSchema: z.object({ email: z.string(), signatureHtml: z.string() }),
  scopes: [gmailScopes.settingsBasic, gmailScopes.settingsSharing],
  handler: async ({ sendAsEmail, text, html }, { mailbox, settings }) => {
    const wanted = html ?? (text === undefined ? '' : textAsHtml(text));
    const email = sendAsEmail ?? (await primaryAddress(mailbox));
    const changed = await settings.updateSignature(email, wanted).catch((error: unknown) => {
      if (!(error instanceof EvergrantError) || error.code !== 'NOT_FOUND') throw error;
      const message = `This mailbox does not send from the address in "sendAsEmail": list_send_as tells from which`;
      throw new EvergrantError('NOT_FOUND', { field: 'sendAsEmail', message, cause: error });
    });
    return { email: changed.sendAsEmail, signatureHtml: changed.signature };
  },
});

async function primaryAddress(mailbox: Mailbox): Promise<string> {
  const primary = (await mailbox.listSendAs()).find(({ isPrimary }) => isPrimary);
  if (primary === undefined) throw new EvergrantError('NOT_FOUND', { field: 'sendAsEmail' });
  return primary.sendAsEmail;
}
