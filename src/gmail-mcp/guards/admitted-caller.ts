import type { McpPrincipal, PersonPrincipal } from '../../identity/index.js';

/** What the token of a request was found to be. */
export type FoundToken =
  /** Not there, unknown, over or ended. */
  | { kind: 'none' }
  | { kind: 'mcp-token'; principal: McpPrincipal }
  | { kind: 'person'; principal: PersonPrincipal };

/** The endpoint that was called. */
export interface CalledEndpoint {
  /** Its URL, as clients have to name it (RFC 8707). */
  resource: string;
  /** Whose it is; null for the one that has all mailboxes of a person. */
  instanceId: string | null;
}

/** Who may call it, and with what; null for all others, who are told the same. */
export type AdmittedCaller =
  | { as: 'mcp-token'; principal: McpPrincipal }
  /** A person's client, in one mailbox. */
  | { as: 'person'; principal: PersonPrincipal; instanceId: string }
  /** The same, in all that it was allowed. */
  | { as: 'person_of_all'; principal: PersonPrincipal }
  | null;

/**
 * Decides who calls. An MCP token opens the endpoint of its instance and no other; a person's token the one endpoint that
 * it was issued for, letter by letter (RFC 8707, section 2), if that is of all mailboxes or of one that is opened to it.
 */
export function admittedCaller(token: FoundToken, { resource, instanceId }: CalledEndpoint): AdmittedCaller {
  switch (token.kind) {
    case 'none':
      return null;
    case 'mcp-token': {
      const { principal } = token;
      return principal.instanceId === instanceId ? { as: 'mcp-token', principal } : null;
    }
    case 'person': {
      const { principal } = token;
      if (principal.resource !== resource) return null;
      if (instanceId === null) return { as: 'person_of_all', principal };
      return principal.instanceIds.includes(instanceId) ? { as: 'person', principal, instanceId } : null;
    }
  }
}
