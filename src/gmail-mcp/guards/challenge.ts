import { insufficientScopeChallenge } from '../../errors/index.js';
import { type PersonScope, personScopes } from '../../instances/index.js';
import type { McpOptions } from '../mcp-options.js';
import { toolCalled } from '../naming/tool-names.js';
import { lackingScopes } from '../person-scopes-of-tool.js';
import { calledTools } from './called-tools.js';
import { type EndpointCaller, isPersonCaller, type McpRequest } from './mcp-request.js';

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

/**
 * Says beside the result of a call what its client would have to be allowed for it (MCP 2025-11-25, Authorization, "Scope
 * Challenge Handling"), with what it has, for a sign-in replaces that. The answer itself stays one that agents read: a 403
 * clients tell as a failure of the connection. Null where nothing lacks that a person can allow.
 */
export function stepUpOf(
  caller: EndpointCaller,
  { params, body }: Pick<McpRequest, 'params' | 'body'>,
  options: Pick<McpOptions, 'publicUrl'>,
): string | null {
  const instance = isPersonCaller(caller) ? caller.instances[0] : caller.instance;
  if (instance?.clientScopes === undefined) return null;
  const { clientScopes } = instance;
  const lacking = [...calledTools(body).names].flatMap((name) => {
    const tool = toolCalled(instance, name);
    return tool === undefined ? [] : (lackingScopes(tool, clientScopes) ?? []);
  });
  if (lacking.length === 0) return null;
  const wanted = new Set<PersonScope>([...clientScopes, ...lacking]);
  const scope = personScopes.filter((each) => wanted.has(each)).join(' ');
  return insufficientScopeChallenge({ ...challengeOf({ params }, options), scope });
}
