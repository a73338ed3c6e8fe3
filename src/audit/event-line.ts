import type { Actor, AuditEvent, AuditEventName, ChangeName, RequestSource } from './audit-event.js';

type FieldsOf<Name extends AuditEventName> = Exclude<keyof Extract<AuditEvent, { event: Name }>, 'event'>;

interface Row<Name extends AuditEventName> {
  level: 'log' | 'warn';
  msg: string;
  /** All that the line shows; true for what is shown as it is. */
  fields: Record<FieldsOf<Name>, true>;
}

const act = { actor: true, subject: true, source: true } as const;

const step = {
  ...act,
  clientId: true,
  actId: true,
  kind: true,
  recipients: true,
  decision: true,
  reasons: true,
  approvalId: true,
  contentDigest: true,
  outcome: true,
} as const;

function change(msg: string): Row<ChangeName> {
  return { level: 'log', msg, fields: act };
}

/** How each event is written: one that is missing here, or a field of it, does not compile. */
export const auditEvents = {
  'tenant.created': change('Tenant created'),
  'tenant.updated': change('Tenant changed'),
  'tenant.deleted': change('Tenant deleted'),
  'api_key.created': change('API key created'),
  'api_key.deleted': change('API key deleted'),
  'mcp_token.created': change('MCP token created'),
  'mcp_token.deleted': change('MCP token deleted'),
  'instance.created': change('Instance created'),
  'instance.updated': change('Instance changed'),
  'instance.deleted': change('Instance deleted'),
  'connect_session.created': change('Connect session opened'),
  'connect_link.issued': change('Connect link issued'),
  'refresh_token.adopted': change('Refresh token adopted'),
  'access_token.refreshed': change('Access token refreshed on request'),
  'person.created': change('Person signed in for the first time'),
  'person.deleted': change('Person deleted'),
  'authorization.ended': change('Authorization of a client ended'),
  'webhook.created': { level: 'log', msg: 'Webhook created', fields: act },
  'webhook.updated': { level: 'log', msg: 'Webhook changed', fields: act },
  'webhook.deleted': { level: 'log', msg: 'Webhook deleted', fields: act },
  'webhook.secret_rotated': { level: 'log', msg: 'Secret of a webhook rotated', fields: act },
  'webhook.tested': { level: 'log', msg: 'Webhook tested', fields: act },
  'webhook.replayed': { level: 'log', msg: 'Delivery of a webhook replayed', fields: act },
  'authorization.granted': {
    level: 'log',
    msg: 'Client authorized by a person',
    fields: { ...act, clientId: true, scopes: true, instanceIds: true },
  },
  'authorization.widened': {
    level: 'log',
    msg: 'Client let do more by a person',
    fields: { ...act, clientId: true, scopes: true },
  },
  'authorization.revoked': {
    level: 'warn',
    msg: 'Authorization of a client revoked',
    fields: { ...act, clientId: true, reason: true },
  },
  'tool.called': {
    level: 'log',
    msg: 'Writing tool called',
    fields: { ...act, clientId: true, tool: true, outcome: true },
  },
  'mail.sent': {
    level: 'log',
    msg: 'Mail sent',
    fields: { ...act, clientId: true, recipients: true, messageId: true },
  },
  'access_token.issued': {
    level: 'log',
    msg: 'Access tokens handed out',
    fields: { actor: true, count: true, instanceIds: true },
  },
  'act.denied': { level: 'warn', msg: 'Outbound act denied', fields: step },
  'act.held': { level: 'log', msg: 'Outbound act held for approval', fields: step },
  'act.approved': { level: 'log', msg: 'Outbound act approved', fields: step },
  'act.rejected': { level: 'log', msg: 'Outbound act rejected', fields: step },
  'act.expired': { level: 'log', msg: 'Outbound act expired', fields: step },
  'act.intended': { level: 'log', msg: 'Outbound act about to be carried out', fields: step },
  'act.done': { level: 'log', msg: 'Outbound act carried out', fields: step },
  'act.not_sent': { level: 'warn', msg: 'Outbound act failed, nothing was sent', fields: step },
  'act.unknown': { level: 'warn', msg: 'Outbound act with an unknown outcome', fields: step },
  'policy.changed': { level: 'log', msg: 'Policy changed', fields: { ...act, fields: true } },
  'audit.pruned': {
    level: 'log',
    msg: 'Audit log pruned',
    fields: { actor: true, through: true, hash: true },
  },
  'login.succeeded': { level: 'log', msg: 'Console session opened', fields: { actor: true, source: true } },
  'grant.reported': {
    level: 'warn',
    msg: 'Grants reported by their provider',
    fields: { actor: true, source: true, reason: true, outcome: true, credentialIds: true },
  },
  'security_event.received': {
    level: 'log',
    msg: 'Security event received',
    fields: { type: true, outcome: true, source: true },
  },
  'caller.refused': {
    level: 'warn',
    msg: 'Caller refused',
    fields: { presented: true, reason: true, source: true },
  },
  'caller.refusals_omitted': {
    level: 'warn',
    msg: 'Refused callers left out of the log',
    fields: { presented: true, count: true },
  },
} as const satisfies { [Name in AuditEventName]: Row<Name> };

/** The fields of an event's line: those of the table and, of objects, those of their types, whatever else they hold. */
export function eventLine(event: AuditEvent): Record<string, unknown> {
  const { msg, fields } = auditEvents[event.event];
  const line: Record<string, unknown> = { msg, event: event.event };
  for (const field of Object.keys(fields)) {
    const value = (event as unknown as Record<string, unknown>)[field];
    if (field === 'source') Object.assign(line, value === null ? {} : sourceFields(value as RequestSource));
    else if (value !== undefined) line[field] = shown(field, value);
  }
  return line;
}

function sourceFields({ requestId, address, route }: RequestSource): RequestSource {
  return { requestId, address, route };
}

function shown(field: string, value: unknown): unknown {
  if (field === 'actor') {
    const { kind, id, tenantId } = value as Actor;
    return { kind, id, tenantId };
  }
  if (field === 'subject') {
    const { kind, id } = value as { kind: string; id: string };
    return { kind, id };
  }
  // Addresses do not belong into a log that many may read.
  return field === 'recipients' && Array.isArray(value) ? value.length : value;
}
