import { z } from 'zod';
import type { AccessTokenGrant } from '../../credentials/index.js';
import { errorCodeSchema } from '../../errors/index.js';

/** What a refresh brought, without the token. */
export const refreshView = z
  .object({
    tokenType: z.literal('Bearer'),
    expiresAt: z.date(),
    scope: z.string().describe('What was granted, separated by spaces'),
    source: z.enum(['cache', 'database', 'oauth-service', 'direct']).describe('Where it came from just now'),
    stale: z.boolean().describe('A refresh was due and did not succeed; the token is still valid'),
    errorCode: errorCodeSchema.nullable().describe('Why it is stale'),
  })
  .meta({ id: 'Refresh', description: 'What is known of the access token now held' });
export type RefreshView = z.output<typeof refreshView>;

export const accessTokenView = refreshView
  .extend({ accessToken: z.string() })
  .meta({ id: 'AccessToken', description: 'An access token for the Gmail API' });
export type AccessTokenView = z.output<typeof accessTokenView>;

export function viewRefresh({
  tokenType,
  expiresAt,
  scopes,
  source,
  stale,
  errorCode,
}: AccessTokenGrant): RefreshView {
  return { tokenType, expiresAt, scope: scopes.join(' '), source, stale, errorCode };
}

export function viewAccessToken(grant: AccessTokenGrant): AccessTokenView {
  return { accessToken: grant.accessToken, ...viewRefresh(grant) };
}
