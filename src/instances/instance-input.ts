import { z } from 'zod';
import { pageInput } from '../database/index.js';
import { DEFAULT_GMAIL_SCOPES, isGmailScope } from '../gmail/index.js';

const text = (maximum: number) => z.string().trim().min(1).max(maximum);

const identityScopes = ['openid', 'email'];

/** Scopes to ask for: Gmail's, and always those that tell whose mailbox it is. */
const scopes = z
  .array(
    z
      .string()
      .refine((scope) => isGmailScope(scope) || identityScopes.includes(scope), 'must be scopes of Gmail'),
  )
  .min(1)
  .max(20)
  .default([...DEFAULT_GMAIL_SCOPES])
  .transform((given) => [...new Set([...identityScopes, ...given])]);

const clientPair = { clientId: text(256).optional(), clientSecret: text(512).optional() };

interface GivenClient {
  clientId?: string | undefined;
  clientSecret?: string | undefined;
}

/** Names the half that is missing; a client id and its secret come together. */
function requireWholeClient({ clientId, clientSecret }: GivenClient, context: z.RefinementCtx): void {
  if ((clientId === undefined) === (clientSecret === undefined)) return;
  const missing = clientId === undefined ? 'clientId' : 'clientSecret';
  context.addIssue({ code: 'custom', path: [missing], message: 'clientId and clientSecret come together' });
}

/** The client that an input brings, if any. */
export function broughtClient({
  clientId,
  clientSecret,
}: GivenClient): { clientId: string; clientSecret: string } | null {
  return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
}

export const newInstanceInput = z
  .strictObject({
    name: text(200),
    externalId: text(200).optional(),
    loginHint: text(320).optional(),
    scopes,
    ...clientPair,
  })
  .superRefine(requireWholeClient);
export type NewInstanceInput = z.output<typeof newInstanceInput>;

export const instanceListInput = z.strictObject({
  ...pageInput,
  status: z.enum(['pending', 'completed', 'failed']).optional(),
  q: text(200).optional(),
});
export type InstanceListInput = z.output<typeof instanceListInput>;

export const startOAuthInput = z.strictObject({ returnTo: z.string().max(2048).optional() }).default({});
export type StartOAuthInput = z.output<typeof startOAuthInput>;

export const adoptionInput = z
  .strictObject({ refreshToken: text(2048).optional(), ...clientPair })
  .superRefine(requireWholeClient)
  .default({});
export type AdoptionInput = z.output<typeof adoptionInput>;

export const accessTokenInput = z.strictObject({
  minTtlSeconds: z.coerce.number().int().min(0).max(3600).default(60),
});
export type AccessTokenInput = z.output<typeof accessTokenInput>;

export const refreshInput = z
  .strictObject({ rejectedToken: z.string().min(1).max(4096).optional() })
  .default({});
export type RefreshInput = z.output<typeof refreshInput>;
