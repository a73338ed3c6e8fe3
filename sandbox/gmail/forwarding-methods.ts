import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Backend } from '../backend.js';
import type { ForwardingAddress, MailboxSettings } from '../mail/mailbox-settings.js';
import { authorize, type methodScopes } from './gmail-access.js';
import { onlyWithDelegatedAuthority } from './delegated-authority.js';
import { conflict, invalidArgument, notFound } from './gmail-error.js';
import { readBody } from './request-body.js';

interface ByAddress {
  Params: { forwardingEmail: string };
}

const body = z.strictObject({
  forwardingEmail: z.string().default(''),
  verificationStatus: z.unknown().optional(),
});

/** `users.settings.forwardingAddresses`. */
export function forwardingMethods(scope: FastifyInstance, backend: Backend): void {
  const base = '/gmail/v1/users/me/settings/forwardingAddresses';
  const settingsOf = async (request: FastifyRequest, method: keyof typeof methodScopes) =>
    backend.mailboxes.of((await authorize(request, backend.accessTokens, method)).account.email).settings;

  scope.get(base, async (request) => {
    const { forwardingAddresses } = await settingsOf(request, 'readSettings');
    return forwardingAddresses.length === 0 ? {} : { forwardingAddresses };
  });

  scope.get<ByAddress>(`${base}/:forwardingEmail`, async (request) =>
    addressIn(await settingsOf(request, 'readSettings'), request.params.forwardingEmail),
  );

  scope.post(base, async (request) => {
    const settings = await settingsOf(request, 'shareSettings');
    onlyWithDelegatedAuthority(backend);
    const { forwardingEmail } = readBody(body, request.body);
    if (!/^[^@\s]+@[^@\s]+$/.test(forwardingEmail)) throw invalidArgument('Invalid forwarding address');
    const address = {
      forwardingEmail: forwardingEmail.toLowerCase(),
      verificationStatus: 'pending',
    } as const;
    if (settings.forwardingAddresses.some((each) => each.forwardingEmail === address.forwardingEmail))
      throw conflict('Forwarding address already exists', 'duplicate');
    settings.forwardingAddresses = [...settings.forwardingAddresses, address];
    return address;
  });

  scope.delete<ByAddress>(`${base}/:forwardingEmail`, async (request, reply) => {
    const settings = await settingsOf(request, 'shareSettings');
    onlyWithDelegatedAuthority(backend);
    const gone = addressIn(settings, request.params.forwardingEmail);
    settings.forwardingAddresses = settings.forwardingAddresses.filter((each) => each !== gone);
    return reply.code(204).send();
  });
}

function addressIn({ forwardingAddresses }: MailboxSettings, address: string): ForwardingAddress {
  const found = forwardingAddresses.find(({ forwardingEmail }) => forwardingEmail === address.toLowerCase());
  if (found === undefined) throw notFound();
  return found;
}
