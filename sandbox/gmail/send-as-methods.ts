import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import type { MailboxSettings, SendAs } from '../mail/mailbox-settings.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { onlyWithDelegatedAuthority } from './delegated-authority.js';
import { conflict, invalidArgument, notFound } from './gmail-error.js';
import { readBody } from './request-body.js';

interface ByAddress {
  Params: { sendAsEmail: string };
}

const longestSignature = 10_000;

const bodySchema = z.strictObject({
  sendAsEmail: z.string().optional(),
  displayName: z.string().optional(),
  replyToAddress: z.string().optional(),
  signature: z.string().optional(),
  isDefault: z.boolean().optional(),
  treatAsAlias: z.boolean().optional(),
  isPrimary: z.unknown().optional(),
  verificationStatus: z.unknown().optional(),
});

/** `users.settings.sendAs`. */
export function sendAsMethods(scope: FastifyInstance, backend: Backend): void {
  const base = '/gmail/v1/users/me/settings/sendAs';
  const settingsOf = async (request: FastifyRequest, method: keyof typeof methodScopes) =>
    backend.mailboxes.of((await authorize(request, backend.accessTokens, method)).account.email).settings;

  scope.get(base, async (request) => ({ sendAs: (await settingsOf(request, 'readSettings')).sendAs }));

  scope.get<ByAddress>(`${base}/:sendAsEmail`, async (request) =>
    senderIn(await settingsOf(request, 'readSettings'), request.params.sendAsEmail),
  );

  scope.post(base, async (request) => {
    const settings = await settingsOf(request, 'shareSettings');
    onlyWithDelegatedAuthority(backend);
    const wanted = chosen(readBody(bodySchema, request.body));
    const sendAsEmail = wanted.sendAsEmail?.toLowerCase() ?? '';
    if (!/^[^@\s]+@[^@\s]+$/.test(sendAsEmail)) throw invalidArgument('Invalid send-as address');
    if (settings.sendAs.some((each) => each.sendAsEmail === sendAsEmail))
      throw conflict('Send-as alias already exists', 'duplicate');
    const blank = {
      displayName: '',
      replyToAddress: '',
      signature: '',
      isDefault: false,
      treatAsAlias: false,
    };
    const sender: SendAs = { ...blank, ...wanted, sendAsEmail, verificationStatus: 'pending' };
    settings.sendAs = [...settings.sendAs, sender];
    return sender;
  });

  for (const verb of ['PUT', 'PATCH'] as const)
    scope.route<ByAddress>({
      method: verb,
      url: `${base}/:sendAsEmail`,
      handler: async (request) => {
        const settings = await settingsOf(request, 'changeSendAs');
        const sender = senderIn(settings, request.params.sendAsEmail);
        // "Addresses other than the primary address can only be updated by service accounts [...]"
        if (sender.isPrimary !== true) onlyWithDelegatedAuthority(backend);
        const { sendAsEmail: _kept, ...wanted } = chosen(readBody(bodySchema, request.body));
        const blank = verb === 'PUT' ? { displayName: '', replyToAddress: '', signature: '' } : {};
        const changed = { ...sender, ...blank, ...wanted };
        settings.sendAs = settings.sendAs.map((each) => {
          if (each === sender) return changed;
          return wanted.isDefault === true ? { ...each, isDefault: false } : each;
        });
        return changed;
      },
    });

  scope.post<ByAddress>(`${base}/:sendAsEmail/verify`, async (request, reply) => {
    const settings = await settingsOf(request, 'shareSettings');
    onlyWithDelegatedAuthority(backend);
    if (senderIn(settings, request.params.sendAsEmail).verificationStatus !== 'pending')
      throw invalidArgument('The address is not waiting to be verified');
    return reply.code(204).send();
  });

  scope.delete<ByAddress>(`${base}/:sendAsEmail`, async (request, reply) => {
    const settings = await settingsOf(request, 'shareSettings');
    onlyWithDelegatedAuthority(backend);
    const gone = senderIn(settings, request.params.sendAsEmail);
    if (gone.isPrimary === true) throw invalidArgument('Cannot delete the primary address');
    settings.sendAs = settings.sendAs.filter((each) => each !== gone);
    return reply.code(204).send();
  });
}

function senderIn({ sendAs }: MailboxSettings, address: string): SendAs {
  const found = sendAs.find(({ sendAsEmail }) => sendAsEmail === address.toLowerCase());
  if (found === undefined) throw notFound();
  return found;
}

/** What the body sets. Gmail sanitizes the HTML of a signature, and refuses one that is too long. */
function chosen({
  isPrimary: _isPrimary,
  verificationStatus: _status,
  ...body
}: z.output<typeof bodySchema>) {
  const signature = body.signature?.replaceAll(/<script\b[\s\S]*?<\/script>|\son\w+="[^"]*"/gi, '');
  if (signature !== undefined && signature.length > longestSignature)
    throw invalidArgument('Signature is too long');
  if (body.isDefault === false) throw invalidArgument('isDefault may only be set to true');
  const given = Object.entries({ ...body, signature }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<Omit<SendAs, 'isPrimary' | 'verificationStatus'>>;
}
