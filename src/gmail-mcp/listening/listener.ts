import type { PersonPrincipal } from '../../identity/index.js';
import { type EndpointCaller, isPersonCaller } from '../guards/mcp-request.js';
import { holderKey } from '../token-holder.js';

/** A timer cannot wait much longer; who listens asks again. */
const longestStreamMs = 24 * 3_600_000;

/** Who listens: an MCP token, or a person's client by a token of theirs. */
export type Listener = { readonly tenantId: string } & (
  | { readonly kind: 'mcp-token'; readonly tokenId: string }
  | { readonly kind: 'person'; readonly principal: PersonPrincipal }
);

export function listenerOf(caller: EndpointCaller): Listener {
  const { holder, principal } = caller;
  const { tenantId } = isPersonCaller(caller) ? caller : caller.instance;
  return principal === undefined
    ? { kind: 'mcp-token', tenantId, tokenId: holderKey(holder) }
    : { kind: 'person', tenantId, principal };
}

/** The ids under which changes of its token and its person are told. */
export function callerIdsOf(listener: Listener): string[] {
  if (listener.kind === 'mcp-token') return [listener.tokenId];
  const { tokenId, personId } = listener.principal;
  return tokenId === null ? [personId] : [tokenId, personId];
}

/** How long a stream may last: as long as the token. */
export function lifeMs({ tokenExpiresAt }: EndpointCaller): number {
  const leftMs = tokenExpiresAt === null ? longestStreamMs : tokenExpiresAt.getTime() - Date.now();
  return Math.min(Math.max(leftMs, 0), longestStreamMs);
}
