import { personScopes } from '../../instances/index.js';
import { identityScopes } from '../scopes/asked-scopes.js';

const known = new Set<string>([...personScopes, ...identityScopes]);

/** A token request, without scopes that are not known here: they were left out when they were asked for, too. */
export function tokenRequest(body: unknown): unknown {
  const { scope, ...others } = (body ?? {}) as Record<string, unknown>;
  if (typeof scope !== 'string') return body;
  const kept = scope.split(' ').filter((each) => known.has(each));
  return kept.length === 0 ? others : { ...others, scope: kept.join(' ') };
}
