import { z } from 'zod';
import { coversScope, isGmailScope } from '../../../gmail/index.js';
import type { Instance } from '../../../instances/index.js';
import { defineTool, unavailableReasons } from '../define-tool.js';
import { statusText } from './status-text.js';

export const getConnectionStatus = defineTool({
  name: 'get_connection_status',
  toolset: 'core',
  title: 'Get connection status',
  description:
    'Tells whether the mailbox is connected, and which tools cannot work and why: use it when a tool fails or is ' +
    'missing. If connectUrl is present, a person has to open it: show it and wait.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({
    instanceId: z.string(),
    name: z.string(),
    email: z.string().nullable().describe('The connected Google account'),
    oauthStatus: z.enum(['pending', 'completed', 'failed']),
    requiresReauth: z.boolean().describe('True if a person has to sign in again'),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable().describe('Who has to do what, where errorCode alone does not say it'),
    grantedScopes: z.array(z.string()),
    missingScopes: z.array(z.string()).describe('Asked for, but not granted'),
    unavailableTools: z
      .array(
        z.object({
          name: z.string(),
          reason: z
            .enum(unavailableReasons)
            .describe('A person can mend the last two with connectUrl; the others are for the operator'),
          why: z.string(),
        }),
      )
      .describe('Tools that cannot work for this mailbox'),
    tokenExpiresAt: z.string().nullable().describe('ISO 8601; renewed by itself, nothing to do'),
    grantExpiresAt: z
      .string()
      .nullable()
      .describe(
        'ISO 8601; when Google ends the connection by itself (seven days after the consent, while the application is ' +
          'in testing at Google); null if it does not',
      ),
    mcpTokenExpiresAt: z
      .string()
      .nullable()
      .describe('ISO 8601; from then on your own token is refused, and the operator has to give you another'),
    connectUrl: z.string().optional().describe('For a person to open; works once, for ten minutes'),
  }),
  answer: { text: statusText },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  scopes: [],
  handler: async (_input, { instance, connectUrl, unavailableTools, mcpTokenExpiresAt }) => ({
    instanceId: instance.id,
    name: instance.name,
    email: instance.email,
    oauthStatus: instance.oauthStatus,
    requiresReauth: instance.requiresReauth,
    errorCode: instance.errorCode,
    errorMessage: instance.errorMessage,
    grantedScopes: instance.grantedScopes,
    missingScopes: missingScopes(instance),
    unavailableTools: unavailableTools(),
    tokenExpiresAt: instance.tokenExpiresAt?.toISOString() ?? null,
    grantExpiresAt: instance.grantExpiresAt?.toISOString() ?? null,
    mcpTokenExpiresAt: mcpTokenExpiresAt?.toISOString() ?? null,
    ...(needsPerson(instance) ? { connectUrl: await connectUrl() } : {}),
  }),
});

function missingScopes({ scopes, grantedScopes }: Instance): string[] {
  return scopes.filter((scope) => !coversScope(grantedScopes, scope));
}

/** Without the scopes of identity all tools work: an adopted grant often has none. */
function needsPerson(instance: Instance): boolean {
  const { requiresReauth, oauthStatus } = instance;
  return requiresReauth || oauthStatus !== 'completed' || missingScopes(instance).some(isGmailScope);
}
