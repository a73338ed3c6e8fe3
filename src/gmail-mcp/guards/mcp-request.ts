import type { FastifyRequest } from 'fastify';
import type { RequestSource } from '../../audit/index.js';
import type { AccessTokenGrant } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { Instance } from '../../instances/index.js';
import type { ResultForm } from '../tools/index.js';

/** What the chain said before the tool ran. A refusal is told by the tool's result, never by HTTP. */
export type CredentialOutcome =
  | { status: 'ready'; credentialId: string; grant: AccessTokenGrant }
  | { status: 'refused'; error: EvergrantError };

/** Who calls: the instance that the MCP token opens, and what the chain said about its credential. */
export interface McpCaller {
  /** Its scopes are those that the token leaves of them. */
  readonly instance: Instance;
  /** The MCP token it called with. */
  readonly tokenId: string;
  /** The request it came with, for events. */
  readonly source: () => RequestSource;
  /** When the MCP token ends; null for never. */
  readonly tokenExpiresAt: Date | null;
  /** In which form it is given results. */
  readonly resultForm: () => ResultForm;
  /** Why none of its calls is begun; null where its token may call. */
  overLimit: EvergrantError | null;
  /** Put here by `CredentialAuthGuard`, if a called tool needs Google. Never rejects. */
  credential?: Promise<CredentialOutcome>;
}

/** A request to the MCP endpoint. */
export interface McpRequest extends FastifyRequest<{ Params: { instanceId: string } }> {
  /** Put here by `McpTokenGuard`. */
  caller?: McpCaller;
}

/**
 * Who calls, as the guards found out.
 * @throws EvergrantError `UNAUTHENTICATED` where no guard has let the request in.
 */
export function callerOf({ caller }: McpRequest): McpCaller {
  if (caller === undefined) throw new EvergrantError('UNAUTHENTICATED');
  return caller;
}
