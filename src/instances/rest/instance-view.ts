import { z } from 'zod';
import { pageView } from '../../openapi/index.js';
import { errorCodeSchema } from '../../errors/index.js';
import type { Instance } from '../directory/instance.js';
import { instanceStates } from '../directory/instance-state.js';
import { reauthReasons } from '../directory/reauth-reason.js';
import { toolsets } from '../directory/toolsets.js';
import { instancePolicyView } from '../../identity/index.js';
import type { InstancesOptions } from '../instances-options.js';

const reauthReasonSchema = z.enum(reauthReasons);

/** An instance as frontends see it: what a person needs to know, and never a token. */
export const instanceView = z
  .object({
    id: z.guid(),
    name: z.string(),
    externalId: z.string().nullable().describe('The id that its creator knows it by'),
    provider: z.string().describe('Whose accounts it connects to, such as `google`'),
    email: z.string().nullable().describe('The connected Google account'),
    oauthStatus: z
      .enum(['pending', 'completed', 'failed'])
      .describe(
        'How far its consent is: `completed` says that one was given, not that it still serves; for that see `requiresReauth`',
      ),
    scopes: z.array(z.string()).describe('What it may do at most, and what the next consent asks for'),
    toolPrefix: z.string().nullable().describe('What the names of its tools begin with'),
    toolsets: z.array(z.enum(toolsets)).describe('Which tools it has, of those that its scopes allow'),
    readOnly: z.boolean().describe('It has no tool that changes the mailbox or sends'),
    policy: instancePolicyView
      .nullable()
      .describe("What may leave its mailbox, where that differs from its tenant's policy"),
    grantedScopes: z.array(z.string()).describe('What the last consent granted'),
    tokenExpiresAt: z.date().nullable(),
    grantExpiresAt: z
      .date()
      .nullable()
      .describe(
        'When Google ends the connection by itself: seven days after the consent while the OAuth client is in testing',
      ),
    oauthCompletedAt: z.date().nullable(),
    lastRefreshedAt: z.date().nullable(),
    requiresReauth: z.boolean().describe('Whether a person has to sign in, through `start-oauth`'),
    reauthReason: reauthReasonSchema
      .nullable()
      .describe(
        'Why a person has to sign in: `not_connected` (no consent yet), `refusal_unconfirmed` (Google has just refused ' +
          'the grant; `oauthStatus` stays `completed` until it has said so again a minute later, and by then it may ' +
          'serve again), `grant_ended`, `client_rejected` (the OAuth client of the instance), `scope_missing` (less was ' +
          'granted than is asked for). Null where no person has to',
      ),
    errorCode: errorCodeSchema.nullable().describe('Why it does not work, or what the last refresh met'),
    errorMessage: z
      .string()
      .nullable()
      .describe('Why, and who is to do what, where `errorCode` alone does not say it'),
    state: z
      .enum(instanceStates)
      .describe(
        'How it is, in a word: `not_connected` (no consent was given), `connected`, `refreshing` (a refresh is under ' +
          'way), `degraded` (the last refresh got no answer, and is repeated without a person), `held` (its grant was ' +
          'called dead together with many others, which is doubted), `needs_sign_in` (it was connected, and ' +
          '`requiresReauth` is true), `blocked` (the operator or an administrator has to remove what stands in the way)',
      ),
    stateReason: z
      .string()
      .nullable()
      .describe(
        'Why, for a program: of `needs_sign_in` one of `revoked`, `session_control` (an administrator wants people to ' +
          'sign in anew), `grant_expired` (Google had set an end, as it does while the OAuth client is in testing), ' +
          '`account_disabled`, `account_purged`, `client_rejected`, `scope_missing`; of `held` `verdict_held`; of ' +
          '`blocked` `client_not_configured` or an error code; of `degraded` an error code. Null where nothing is wrong',
      ),
    servesUntil: z
      .date()
      .nullable()
      .describe(
        'While `degraded`, `held` or `blocked`: until when the access token that there is still serves. Null when none ' +
          'does, and in every other state',
      ),
    sharedBy: z.int().min(0).describe('How many instances use its grant, itself included; 0 without one'),
    createdAt: z.date(),
    updatedAt: z.date(),
    mcpUrl: z.string().describe('Where its MCP clients connect'),
  })
  .meta({ id: 'Instance', description: 'One MCP endpoint of one tenant' });
export type InstanceView = z.output<typeof instanceView>;

export const createdInstanceView = instanceView
  .extend({ mcpToken: z.string().describe('The bearer token of its MCP clients, shown this once') })
  .meta({ id: 'CreatedInstance', description: 'A new instance with its MCP token' });

/** Typed clients read `mcpToken` of either answer of `POST /api/instances`. */
export const existingInstanceView = instanceView
  .extend({
    mcpToken: z.string().optional().describe('Never there: it was shown when the instance was made'),
  })
  .meta({ id: 'ExistingInstance', description: 'The instance that has the `externalId` already' });

export const instancePageView = pageView(instanceView).meta({
  id: 'InstancePage',
  description: 'Instances in the order of their creation',
});

const eventId = z.string().describe('Its place in the stream, for `Last-Event-ID`');

/** The events of `GET /api/events`; `data` travels as JSON. */
export const liveEventView = z
  .discriminatedUnion('event', [
    z
      .object({ event: z.literal('instance'), id: eventId, data: instanceView })
      .meta({ id: 'InstanceEvent', description: 'An instance as it is now: new, or changed' }),
    z
      .object({ event: z.literal('instance-deleted'), id: eventId, data: z.object({ id: z.guid() }) })
      .meta({ id: 'InstanceDeletedEvent', description: 'There is no such instance any more' }),
    z.object({ event: z.literal('reset'), id: eventId, data: z.object({}) }).meta({
      id: 'ResetEvent',
      description: 'Read everything anew: `Last-Event-ID` is longer ago than changes are remembered',
    }),
  ])
  .meta({ id: 'LiveEvent', description: 'One server-sent event' });
export type LiveEventView = z.output<typeof liveEventView>;

/** Shows the fields of {@link instanceView} and no other. */
export function viewInstance(instance: Instance, options: InstancesOptions): InstanceView {
  return instanceView.parse({ ...instance, mcpUrl: options.mcpUrl(instance.id) });
}
