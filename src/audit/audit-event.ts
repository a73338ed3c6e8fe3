/** Who acts. */
export interface Actor {
  kind:
    | 'operator'
    | 'api-key'
    | 'session'
    | 'connect-session'
    | 'mcp-token'
    | 'person'
    | 'oauth-service'
    | 'owner'
    | 'provider'
    | 'server';
  /**
   * Of the key, token or connect session; a console session has that of its key, the owner of a mailbox the subject that Google knows it by, a
   * provider its name.
   * Null for the operator's key, which is in no table, and for what the server does by itself.
   */
  id: string | null;
  /** The tenant it acts in. */
  tenantId: string | null;
}

type SubjectKind =
  | 'tenant'
  | 'api-key'
  | 'mcp-token'
  | 'connect-session'
  | 'instance'
  | 'person'
  | 'authorization'
  | 'webhook';

/** What the act is about. */
interface Subject<Kind extends SubjectKind = SubjectKind> {
  kind: Kind;
  id: string;
}

/** The request that an act came with. */
export interface RequestSource {
  requestId: string;
  /** The client's, as far as proxies are trusted. */
  address: string;
  /** As it was declared, `GET /connect/:ticket`: a path may hold a secret. */
  route: string;
}

/** Acts that change what exists or who may use it, and what each is about. */
export const changeSubjects = {
  'tenant.created': 'tenant',
  'tenant.updated': 'tenant',
  'tenant.deleted': 'tenant',
  'api_key.created': 'api-key',
  'api_key.deleted': 'api-key',
  'mcp_token.created': 'mcp-token',
  'mcp_token.deleted': 'mcp-token',
  'instance.created': 'instance',
  'instance.updated': 'instance',
  'instance.deleted': 'instance',
  'connect_session.created': 'connect-session',
  'connect_link.issued': 'instance',
  'refresh_token.adopted': 'instance',
  'access_token.refreshed': 'instance',
  'person.created': 'person',
  'person.deleted': 'person',
  'authorization.ended': 'authorization',
  'webhook.created': 'webhook',
  'webhook.updated': 'webhook',
  'webhook.deleted': 'webhook',
  'webhook.secret_rotated': 'webhook',
  'webhook.tested': 'webhook',
  'webhook.replayed': 'webhook',
} as const satisfies Record<string, SubjectKind>;

export type ChangeName = keyof typeof changeSubjects;

interface Act<Name extends string, Kind extends SubjectKind> {
  event: Name;
  actor: Actor;
  subject: Subject<Kind>;
  source: RequestSource;
}

type Change = { [Name in ChangeName]: Act<Name, (typeof changeSubjects)[Name]> }[ChangeName];

/** An act by a tool. */
interface ToolAct<Name extends string> extends Act<Name, 'instance'> {
  /** The client that acts for a person. */
  clientId?: string;
}

/** What becomes of something that leaves a mailbox: mail, a filter that forwards, a vacation answer and the like. */
export const actEventNames = [
  'act.denied',
  'act.held',
  'act.approved',
  'act.rejected',
  'act.expired',
  'act.intended',
  'act.done',
  'act.not_sent',
  'act.unknown',
] as const;

export type ActEventName = (typeof actEventNames)[number];

/** One step of an outbound act. It holds nothing of what the act says. */
export interface ActEvent {
  event: ActEventName;
  actor: Actor;
  /** The instance whose mailbox it leaves. */
  subject: Subject<'instance'>;
  /** Null where no request is behind it: what expires, and what a process takes over. */
  source: RequestSource | null;
  /** The client through which a person asked for it. */
  clientId?: string;
  /** Its row's id; null for what was denied, which has none. */
  actId: string | null;
  /** Such as `send`. */
  kind: string;
  /** Addresses. The chain holds them, or their keyed hashes (`AUDIT_HASH_RECIPIENTS`); the log, how many. */
  recipients: readonly string[];
  /** What the policy said, and why, in its codes. */
  decision: 'allow' | 'ask' | 'deny' | null;
  reasons: readonly string[];
  approvalId: string | null;
  /** SHA-256 of the content that was decided on. */
  contentDigest: string | null;
  /** An error code, or what Gmail calls the result. */
  outcome: string | null;
}

/** What a tenant, or one instance of it, lets out was changed. */
export interface PolicyChange {
  event: 'policy.changed';
  actor: Actor;
  subject: Subject<'tenant' | 'instance'>;
  source: RequestSource;
  /** The fields that have another value now. */
  fields: readonly string[];
}

/** What a person let an MCP client do, and what ended that at the authorization server. */
export type AuthorizationEvent =
  | (Act<'authorization.granted', 'authorization'> & {
      clientId: string;
      scopes: readonly string[];
      /** The mailboxes; null for all of the person's, later ones included. */
      instanceIds: readonly string[] | null;
    })
  /** The person lets the client do more; `scopes` is all that it may then. */
  | (Act<'authorization.widened', 'authorization'> & { clientId: string; scopes: readonly string[] })
  | (Omit<Act<'authorization.revoked', 'authorization'>, 'source'> & {
      /** Null where no request is behind it. */
      source: RequestSource | null;
      clientId: string;
      reason: 'refresh_token_reused' | 'code_replayed' | 'revoked_by_client' | 'unused';
    });

/** What a refused caller showed. */
export const presentedKinds = [
  'login',
  'api-key',
  'session',
  'connect-session',
  'mcp-token',
  'oauth-service-token',
] as const;

export type Presented = (typeof presentedKinds)[number];

/** What a tenant's chain holds: what was done in the tenant, and by whom. */
export type ChainedEvent =
  | Change
  | ActEvent
  | PolicyChange
  | (ToolAct<'tool.called'> & { tool: string; outcome: string })
  | (ToolAct<'mail.sent'> & { recipients: number; messageId: string })
  /** All that one caller was given in a minute, `count` times, for these instances. */
  | { event: 'access_token.issued'; actor: Actor; count: number; instanceIds: readonly string[] }
  | AuthorizationEvent
  | { event: 'login.succeeded'; actor: Actor; source: RequestSource }
  /** The provider told by itself of these grants; `suspect`: that they are dead, `ask`: that its answer may have changed. */
  | {
      event: 'grant.reported';
      actor: Actor;
      source: RequestSource;
      reason: string;
      outcome: string;
      credentialIds: readonly string[];
    }
  /** Events up to this one were deleted for their age. */
  | { event: 'audit.pruned'; actor: Actor; through: number; hash: string };

/**
 * What is recorded of what was done. Ids, counts and codes, and to whom something went: no key, token, subject or text
 * of a mail, and nothing of what a refused caller presented. What belongs to no tenant is in the log only.
 */
export type AuditEvent =
  | ChainedEvent
  /** A security event token of the provider's; which grants of which tenant it changed is in the tenants' chains. */
  | { event: 'security_event.received'; type: string; outcome: string; source: RequestSource }
  | {
      event: 'caller.refused';
      presented: Presented;
      reason: 'unknown' | 'too_many_attempts' | 'foreign_origin';
      source: RequestSource;
    }
  /** Refusals beyond those that were written in a minute. */
  | { event: 'caller.refusals_omitted'; presented: Presented; count: number };

export type AuditEventName = AuditEvent['event'];

/** A change, whose name says what it is about. */
export function changeEvent(
  event: ChangeName,
  actor: Actor,
  id: string,
  source: RequestSource,
): ChainedEvent {
  // The table pairs name and kind, which the union repeats.
  return { event, actor, subject: { kind: changeSubjects[event], id }, source } as Change;
}
