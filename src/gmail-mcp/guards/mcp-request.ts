import type { FastifyRequest } from 'fastify';
import type { RequestSource } from '../../audit/index.js';
import type { AccessTokenGrant } from '../../credentials/index.js';
import type { PersonPrincipal } from '../../identity/index.js';
import type { RequestingClient } from '../../policy/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { TokenHolder } from '../token-holder.js';
import type { OpenedInstance } from '../tool-permission.js';
import type { ResultForm } from '../tools/index.js';

/** What the chain said before the tool ran. A refusal is told by the tool's result, never by HTTP. */
export type CredentialOutcome =
  | { status: 'ready'; credentialId: string; grant: AccessTokenGrant }
  | { status: 'refused'; error: EvergrantError };

/** What is known of a caller, whatever mailbox a call is about. */
interface Calling {
  /** By what it calls. */
  readonly holder: TokenHolder;
  /** The client that acts for a person. */
  readonly client?: RequestingClient;
  /** What the token of a person's client was found to open. */
  readonly principal?: PersonPrincipal;
  /** The request it came with, for events. */
  readonly source: () => RequestSource;
  /** When its token ends; null for never. */
  readonly tokenExpiresAt: Date | null;
  /** In which form it is given results. */
  readonly resultForm: () => ResultForm;
  /** Why none of its calls is begun; null where its token may call. */
  overLimit: EvergrantError | null;
}

/** Who calls: the instance that the token opens, and what the chain said about its credential. */
export interface McpCaller extends Calling {
  /** Its scopes are those that the token leaves of them. */
  readonly instance: OpenedInstance;
  /** Other mailboxes that the same client has, from which it may send what it reads in this one. */
  readonly siblings?: readonly OpenedInstance[];
  /** Put here by `CredentialAuthGuard`, if a called tool needs Google. Never rejects. */
  credential?: Promise<CredentialOutcome>;
}

/** A client that acts for a person, with all the mailboxes that it was allowed, in the order in which they were connected. */
export interface PersonCaller extends Calling {
  readonly instances: readonly OpenedInstance[];
  readonly tenantId: string;
}

export type EndpointCaller = McpCaller | PersonCaller;

/** A request to the MCP endpoint: of one instance, or of a person. */
export interface McpRequest extends FastifyRequest<{ Params: { instanceId?: string } }> {
  /** Put here by `McpTokenGuard`. */
  caller?: EndpointCaller;
}

export function isPersonCaller(caller: EndpointCaller): caller is PersonCaller {
  return 'instances' in caller;
}

/**
 * Who calls, as the guards found out.
 * @throws EvergrantError `UNAUTHENTICATED` where no guard has let the request in.
 */
export function callerOf({ caller }: McpRequest): EndpointCaller {
  if (caller === undefined) throw new EvergrantError('UNAUTHENTICATED');
  return caller;
}
