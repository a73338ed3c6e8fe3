import { personScopes } from '../../instances/index.js';
import type { McpOptions } from '../mcp-options.js';
import type { McpRequest } from './mcp-request.js';

/** RFC 9562, in the lower case in which we write ids. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * How a client gets a token for the endpoint that it called (RFC 9728, section 5.1): all scopes that may be wanted at once,
 * for clients drop what they are told later. Whether there is such an instance, nothing here tells.
 */
export function challengeOf(
  { params }: Pick<McpRequest, 'params'>,
  { publicUrl }: Pick<McpOptions, 'publicUrl'>,
): Record<string, string> {
  const { instanceId } = params;
  if (instanceId !== undefined && !uuid.test(instanceId)) return {};
  const path = instanceId === undefined ? '/mcp' : `/mcp/${instanceId}`;
  return {
    resource_metadata: `${publicUrl}/.well-known/oauth-protected-resource${path}`,
    scope: personScopes.join(' '),
  };
}
