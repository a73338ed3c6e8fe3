import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import type { IdTokens } from '../grants/id-tokens.js';
import type { Accounts } from '../state/accounts.js';
import type { SandboxClock } from '../state/sandbox-clock.js';
import { riscIssuer } from './risc-configuration.js';

const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
const oauth = 'https://schemas.openid.net/secevent/oauth/event-type/';
const oauthEvents: readonly string[] = ['tokens-revoked', 'token-revoked'];

export const securityEventSchema = z.strictObject({
  /** Where it is pushed to. */
  endpoint: z.url(),
  /** The last part of its type, or all of one that Google does not send. */
  type: z.string().min(1),
  audience: z.union([z.string(), z.array(z.string())]),
  /** Whom it is about, by address or `sub`. */
  account: z.string().optional(),
  subjectType: z.enum(['iss-sub', 'id_token_claims']).default('iss-sub'),
  /** Or which refresh token, as Google names it. */
  token: z
    .strictObject({ alg: z.enum(['prefix', 'hash_base64_sha512_sha512']), value: z.string() })
    .optional(),
  reason: z.string().optional(),
  state: z.string().optional(),
  /** How long ago it was issued; negative for one from the future. */
  agoSeconds: z.number().int().default(0),
  jti: z.string().optional(),
  /** What Google never does: for receivers that have to see through it. */
  issuer: z.string().default(riscIssuer),
  signedBy: z.enum(['google', 'stranger-under-its-key-id', 'stranger', 'nobody']).default('google'),
  contentType: z.string().default('application/secevent+jwt'),
});
export type SecurityEventInput = z.input<typeof securityEventSchema>;
type SecurityEvent = z.output<typeof securityEventSchema>;

/** A token that was pushed, and what the receiver answered. */
export interface PushedSecurityEvent {
  jti: string;
  token: string;
  /** Null when it could not be reached. */
  status: number | null;
  body: string;
}

const timeoutMs = 30_000;

/** Cross-Account Protection: pushes security events (https://developers.google.com/identity/protocols/risc). */
export class SecurityEvents {
  constructor(
    private readonly accounts: Accounts,
    private readonly clock: SandboxClock,
    private readonly idTokens: IdTokens,
  ) {}

  /** @throws when the account is none */
  async push(event: SecurityEvent): Promise<PushedSecurityEvent> {
    const jti = event.jti ?? randomUUID();
    const token = await this.signed(this.claims(event, jti), event.signedBy);
    try {
      const response = await fetch(event.endpoint, {
        method: 'POST',
        headers: { 'content-type': event.contentType, accept: 'application/json' },
        body: token,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { jti, token, status: response.status, body: await response.text() };
    } catch {
      return { jti, token, status: null, body: '' };
    }
  }

  private claims(event: SecurityEvent, jti: string): Record<string, unknown> {
    const { type, reason, state } = event;
    const subject = this.subject(event);
    const prefix = type.includes(':') ? '' : oauthEvents.includes(type) ? oauth : risc;
    return {
      iss: event.issuer,
      aud: event.audience,
      iat: Math.floor(this.clock.nowMs() / 1000) - event.agoSeconds,
      jti,
      events: {
        [prefix + type]: {
          ...(subject !== undefined && { subject }),
          ...(reason !== undefined && { reason }),
          ...(state !== undefined && { state }),
        },
      },
    };
  }

  private subject({ account, subjectType, token }: SecurityEvent): Record<string, unknown> | undefined {
    if (token !== undefined)
      return {
        subject_type: 'oauth_token',
        token_type: 'refresh_token',
        token_identifier_alg: token.alg,
        token: token.value,
      };
    if (account === undefined) return undefined;
    const found = this.accounts.find(account);
    if (found === undefined) throw new Error(`There is no account ${account}`);
    const { sub, email } = found;
    return {
      subject_type: subjectType,
      iss: riscIssuer,
      sub,
      ...(subjectType === 'id_token_claims' && { email }),
    };
  }

  private async signed(claims: Record<string, unknown>, by: SecurityEvent['signedBy']): Promise<string> {
    if (by === 'google') return this.idTokens.signSecurityEvent(claims);
    if (by === 'nobody') return unsigned(claims);
    const { privateKey } = await generateKeyPair('RS256');
    const kid = by === 'stranger' ? 'stranger-1' : this.idTokens.keyId;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
  }
}

function unsigned(claims: Record<string, unknown>): string {
  const parts = [{ alg: 'none', typ: 'secevent+jwt' }, claims];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}
