import type { FastifyRequest } from 'fastify';
import type { AccessTokenGrant } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { Instance } from '../../instances/index.js';

/** What the chain said before the tool ran. A refusal is told by the tool's result, never by HTTP. */
export type CredentialOutcome =
  | { status: 'ready'; credentialId: string; grant: AccessTokenGrant }
  | { status: 'refused'; error: EvergrantError };

/** A request to the MCP endpoint, with what its guards found out. */
export interface McpRequest extends FastifyRequest<{ Params: { instanceId: string } }> {
  /** Put here by `McpTokenGuard`. */
  instance?: Instance;
  /** Put here by `CredentialAuthGuard`, if a called tool needs Google. */
  credential?: CredentialOutcome;
}

/**
 * The instance that the request's MCP token opens.
 * @throws EvergrantError `UNAUTHENTICATED` where no guard has let the request in.
 */
export function authenticatedInstance(request: McpRequest): Instance {
  if (request.instance === undefined) throw new EvergrantError('UNAUTHENTICATED');
  return request.instance;
}
