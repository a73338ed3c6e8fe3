/** Who acts. */
export interface Actor {
  kind: 'operator' | 'api-key' | 'session' | 'mcp-token' | 'oauth-service';
  /** Of the key or token; a session has that of its key. Null for the operator's key, which is in no table. */
  id: string | null;
  /** The tenant it acts in. */
  tenantId: string | null;
}

type SubjectKind = 'tenant' | 'api-key' | 'mcp-token' | 'instance';

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
  'connect_link.issued': 'instance',
  'refresh_token.adopted': 'instance',
  'access_token.refreshed': 'instance',
} as const satisfies Record<string, SubjectKind>;

export type ChangeName = keyof typeof changeSubjects;

interface Act<Name extends string, Kind extends SubjectKind> {
  event: Name;
  actor: Actor;
  subject: Subject<Kind>;
  source: RequestSource;
}

type Change = { [Name in ChangeName]: Act<Name, (typeof changeSubjects)[Name]> }[ChangeName];

/** What a refused caller showed. */
export const presentedKinds = ['login', 'api-key', 'session', 'mcp-token', 'oauth-service-token'] as const;

export type Presented = (typeof presentedKinds)[number];

/**
 * What is recorded of what was done. Ids, counts and codes only: no key, token, address of a mail, subject or text,
 * and nothing of what a refused caller presented.
 */
export type AuditEvent =
  | Change
  | (Act<'tool.called', 'instance'> & { tool: string; outcome: string })
  | (Act<'mail.sent', 'instance'> & { recipients: number; messageId: string })
  /** All that one caller was given in a minute, `count` times, for these instances. */
  | { event: 'access_token.issued'; actor: Actor; count: number; instanceIds: readonly string[] }
  | { event: 'login.succeeded'; actor: Actor; source: RequestSource }
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
export function changeEvent(event: ChangeName, actor: Actor, id: string, source: RequestSource): AuditEvent {
  // The table pairs name and kind, which the union repeats.
  return { event, actor, subject: { kind: changeSubjects[event], id }, source } as Change;
}
