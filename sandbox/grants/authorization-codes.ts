import { randomBytes } from 'node:crypto';
import type { AuthorizationRequest } from '../oauth/authorization-request.js';
import type { SandboxClock } from '../state/sandbox-clock.js';

const lifetimeMs = 10 * 60 * 1000;

export interface AuthorizationCode {
  request: AuthorizationRequest;
  account: string;
  scopes: readonly string[];
  expiresAtMs: number;
  /** The grant it was exchanged for; null until then. */
  grantId: string | null;
}

/** Authorization codes: ten minutes, single use, kept in memory only. */
export class AuthorizationCodes {
  private readonly codes = new Map<string, AuthorizationCode>();

  constructor(private readonly clock: SandboxClock) {}

  issue(issued: Pick<AuthorizationCode, 'request' | 'account' | 'scopes'>): string {
    this.forgetExpired();
    // Google's codes hold a slash, which catches receivers that forget to decode.
    const code = `4/0${randomBytes(48).toString('base64url')}`;
    this.codes.set(code, { ...issued, expiresAtMs: this.clock.nowMs() + lifetimeMs, grantId: null });
    return code;
  }

  /** A code that is not expired, used or unused. */
  find(code: string): AuthorizationCode | undefined {
    this.forgetExpired();
    return this.codes.get(code);
  }

  private forgetExpired(): void {
    for (const [code, { expiresAtMs }] of this.codes) {
      if (expiresAtMs > this.clock.nowMs()) return;
      this.codes.delete(code);
    }
  }
}
