import { z } from 'zod';
import { pageInput } from '../../openapi/index.js';
import { storedText } from '../../database/index.js';
import { DEFAULT_GMAIL_SCOPES, fullScopeName, gmailScopes, isGmailScope } from '../../gmail/index.js';
import { expiryFields, hasOneExpiry, instancePolicy } from '../../identity/index.js';
import { instanceStates } from '../directory/instance-state.js';
import { defaultToolsets, toolsets as toolsetNames } from '../directory/toolsets.js';

const identityScopes = ['openid', 'email'];

const trueOrFalse = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Scopes to ask for: Gmail's, and always those that tell whose mailbox it is. */
const scopes = z
  .array(
    z
      .string()
      .transform(fullScopeName)
      .refine((scope) => isGmailScope(scope) || identityScopes.includes(scope), 'must be scopes of Gmail'),
  )
  .min(1)
  .max(20)
  .describe(
    "Gmail's scopes to ask for, in full or by their short names (`gmail.modify`); `openid` and `email` always come along",
  )
  .transform((given) => [...new Set([...identityScopes, ...given])]);

/** Short, so that with the longest tool it stays far below the 64 characters that model providers allow a name. */
const toolPrefix = z
  .string()
  .max(16)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'must be words of a-z and 0-9 with single underscores between them')
  .nullable()
  .optional()
  .describe(
    'What the names of its tools and prompts begin with, so that an agent with several mailboxes tells them apart: with ' +
      '`work`, `search_messages` is called `work_search_messages`, and only that. Null for none',
  );

const toolsets = z
  .array(z.enum(toolsetNames))
  .min(1)
  .max(20)
  .describe(
    'Which tools it has, of those that its scopes allow; tools that delete for good or forward all mail only with ' +
      '`dangerous`',
  )
  .transform((given) => [...new Set(given)]);

const readOnly = z
  .boolean()
  .describe('Whether it has no tool that changes the mailbox or sends, whatever scopes were granted');

const policy = instancePolicy
  .nullable()
  .optional()
  .describe(
    "What may leave its mailbox, where that differs from its tenant's policy: the whole of it, null for nothing",
  );

/** Both or none, by {@link requireWholeClient}. */
export const clientPair = { clientId: storedText(256).optional(), clientSecret: storedText(512).optional() };

interface GivenClient {
  clientId?: string | undefined;
  clientSecret?: string | undefined;
}

/** Names the half that is missing; a client id and its secret come together. */
export function requireWholeClient({ clientId, clientSecret }: GivenClient, context: z.RefinementCtx): void {
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
    name: storedText(200),
    externalId: storedText(200).optional().describe('Your own id; repeated, it finds the instance there is'),
    loginHint: storedText(320).optional().describe('The e-mail address that Google proposes to sign in with'),
    provider: storedText(64).optional().describe('Whose accounts it connects to; `google` if left out'),
    scopes: scopes.prefault([...DEFAULT_GMAIL_SCOPES]),
    toolPrefix,
    toolsets: toolsets.prefault([...defaultToolsets]),
    readOnly: readOnly.default(false),
    policy,
    ...clientPair,
  })
  .superRefine(requireWholeClient);
export type NewInstanceInput = z.output<typeof newInstanceInput>;

export const instancePatch = z
  .strictObject({
    name: storedText(200).optional(),
    scopes: scopes.optional(),
    toolPrefix,
    toolsets: toolsets.optional(),
    readOnly: readOnly.optional(),
    policy,
    ...clientPair,
  })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change');

export const instanceListInput = z.strictObject({
  ...pageInput,
  status: z.enum(['pending', 'completed', 'failed']).optional(),
  q: storedText(200).optional().describe('Part of a name, e-mail address or external id'),
  externalId: storedText(200).optional().describe('The whole external id: one instance, or none'),
  email: storedText(320).optional().describe('The whole address of the connected account'),
  requiresReauth: trueOrFalse
    .optional()
    .describe('Only those that wait for a person to sign in, or the others'),
  state: z.enum(instanceStates).optional().describe('Only those that say so of themselves'),
});
export type InstanceListInput = z.output<typeof instanceListInput>;

export const deletionInput = z.strictObject({
  revoke: trueOrFalse
    .optional()
    .describe(
      'Whether its grant is revoked at Google when no other instance uses it. Left out: a grant by consent is, an ' +
        'adopted one is not, since the program that it came from may still use it',
    ),
});
export type DeletionInput = z.output<typeof deletionInput>;

export const startOAuthInput = z
  .strictObject({
    returnTo: z
      .string()
      .max(2048)
      .optional()
      .describe('Where the browser ends: an http(s) URL of `PUBLIC_URL` or one of `FRONTEND_ORIGINS`'),
    requireHintedAccount: z
      .boolean()
      .default(false)
      .describe('Connect no other account than the one that `loginHint` names'),
  })
  .prefault({});
export type StartOAuthInput = z.output<typeof startOAuthInput>;

const mostInstancesOfConnectSession = 50;

export const connectSessionInput = z
  .strictObject({
    instanceIds: z
      .array(z.guid().toLowerCase())
      .min(1)
      .max(mostInstancesOfConnectSession)
      .optional()
      .describe('The instances it is for; left out, every one of the tenant'),
  })
  .prefault({});
export type ConnectSessionInput = z.output<typeof connectSessionInput>;

export const adoptionInput = z
  .strictObject({ refreshToken: storedText(2048).optional(), ...clientPair })
  .superRefine(requireWholeClient)
  .default({});
export type AdoptionInput = z.output<typeof adoptionInput>;

export const accessTokenInput = z.strictObject({
  minTtlSeconds: z.coerce.number().int().min(0).max(3600).default(60).describe('Life it must have left'),
  allowWider: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Take also one that opens more than the instance asks for; needs `access-tokens:wider`'),
});
export type AccessTokenInput = z.output<typeof accessTokenInput>;

export const refreshInput = z
  .strictObject({
    rejectedToken: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe('The token that Gmail rejected; without it Google is asked in any case'),
  })
  .default({});
export type RefreshInput = z.output<typeof refreshInput>;

/** What an MCP token may do of what its instance may. */
const tokenScopes = z
  .array(z.string().transform(fullScopeName).refine(isGmailScope, 'must be scopes of Gmail'))
  .min(1)
  .max(20)
  .describe('What it may do of what its instance may, in full or by short names; left out, all of it');

export const mcpTokenInput = z
  .strictObject({
    name: storedText(200).nullable().default(null),
    scopes: tokenScopes.optional(),
    readOnly: z.boolean().default(false).describe('The same as the scope `gmail.readonly` alone'),
    ...expiryFields,
  })
  .refine(({ scopes: given, readOnly }) => given === undefined || !readOnly, {
    path: ['readOnly'],
    error: 'scopes and readOnly exclude each other',
  })
  .refine(...hasOneExpiry)
  .transform(({ scopes: given, readOnly, ...input }) => ({
    ...input,
    scopes: readOnly ? [gmailScopes.readonly] : (given ?? null),
  }))
  .prefault({});
export type McpTokenInput = z.output<typeof mcpTokenInput>;
