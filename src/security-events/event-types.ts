import type { ProviderReport, ReportedToken } from '../credentials/index.js';
import type { EventPayload } from './token/security-event-token.js';

const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
const oauth = 'https://schemas.openid.net/secevent/oauth/event-type/';

/** What follows from an event. */
interface Consequence {
  /** In logs, metrics and the history; null where grants are not concerned. */
  reason: string | null;
  /** Of the grants: that they are dead, or that only asking the provider tells. */
  says: ProviderReport['says'] | null;
  /** Whether browsers, and MCP clients, that were let in by signing in with the account have to be let in anew. */
  endsAccess: boolean;
}

/**
 * The events that Google sends, and what each means
 * (https://developers.google.com/identity/protocols/risc#supported_event_types). A session or a password that is gone
 * is no word on a grant, and an account that is back none either: the grants in use are then presented to Google at
 * once, whose answer counts.
 */
const eventTypes = {
  [`${oauth}tokens-revoked`]: { reason: 'tokens_revoked', says: 'ended', endsAccess: true },
  [`${oauth}token-revoked`]: { reason: 'token_revoked', says: 'ended', endsAccess: false },
  [`${risc}account-disabled`]: { reason: 'account_disabled', says: 'ended', endsAccess: true },
  [`${risc}account-purged`]: { reason: 'account_purged', says: 'ended', endsAccess: true },
  [`${risc}sessions-revoked`]: { reason: 'sessions_revoked', says: 'changed', endsAccess: true },
  [`${risc}account-credential-change-required`]: {
    reason: 'credential_change_required',
    says: 'changed',
    endsAccess: false,
  },
  [`${risc}account-enabled`]: { reason: 'account_enabled', says: 'changed', endsAccess: false },
  [`${risc}verification`]: { reason: null, says: null, endsAccess: false },
} as const satisfies Record<string, Consequence>;

/** Its last part, which names it; `other` for one that we do not know. */
export function eventName(type: string): string {
  return Object.hasOwn(eventTypes, type) ? (type.split('/').at(-1) ?? 'other') : 'other';
}

export const eventNames: readonly string[] = [...Object.keys(eventTypes).map(eventName), 'other'];

export function consequenceOf(type: string): Consequence | null {
  const known: Readonly<Record<string, Consequence>> = eventTypes;
  return Object.hasOwn(known, type) ? (known[type] ?? null) : null;
}

/**
 * Whom, or which refresh token, an event is about; null when it does not say so in a way that we know. An account of
 * another issuer is none of ours.
 */
export function subjectOf(
  { subject }: EventPayload,
  issuer: string,
): { subject: string } | { token: ReportedToken } | null {
  if (subject === undefined) return null;
  const { iss, sub, token, token_type: tokenType, token_identifier_alg: algorithm } = subject;
  if (iss !== undefined && withoutSlash(iss) !== withoutSlash(issuer)) return null;
  if (sub !== undefined) return { subject: sub };
  if (token === undefined || (tokenType ?? 'refresh_token') !== 'refresh_token') return null;
  if (algorithm === 'prefix') return { token: { by: 'prefix', value: token } };
  return algorithm === 'hash_base64_sha512_sha512' ? { token: { by: 'hash', value: token } } : null;
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, '');
}
