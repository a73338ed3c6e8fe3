import { randomUUID } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Accounts } from '../state/accounts.js';
import type { SandboxClock } from '../state/sandbox-clock.js';
import type { Account, Grant, SandboxState } from '../state/sandbox-state.js';
import type { GrantStore } from './grant-store.js';

const prefix = 'ya29.';
const claimsSchema = z.object({
  grantId: z.string(),
  scope: z.string(),
  epoch: z.number(),
  expiresAtMs: z.number(),
});

export interface LiveAccessToken {
  account: Account;
  grant: Grant;
  scopes: readonly string[];
}

/** Issues and reads access tokens. They are signed, so that they outlive a restart without being stored. */
export class AccessTokens {
  constructor(
    private readonly state: SandboxState,
    private readonly clock: SandboxClock,
    private readonly accounts: Accounts,
    private readonly grants: GrantStore,
  ) {}

  async issue(grant: Grant, account: Account, scopes: readonly string[]): Promise<string> {
    const claims = {
      grantId: grant.id,
      scope: scopes.join(' '),
      epoch: account.accessTokenEpoch,
      expiresAtMs: this.clock.nowMs() + this.state.data.settings.accessTokenLifetimeSeconds * 1000,
    };
    const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setJti(randomUUID());
    return prefix + (await jwt.sign(this.key()));
  }

  /** The token's account and scopes, or null when it is unknown, expired or its grant was revoked. */
  async read(token: string): Promise<LiveAccessToken | null> {
    const claims = await this.claims(token);
    if (claims === null || claims.expiresAtMs <= this.clock.nowMs()) return null;
    const grant = this.grants.find(claims.grantId);
    const account = grant && this.accounts.find(grant.account);
    if (grant === undefined || account === undefined) return null;
    // The refresh token limit ends a grant silently: access tokens already given out run their time.
    const revoked = grant.endedBecause !== null && grant.endedBecause !== 'refresh-token-limit';
    if (revoked || claims.epoch !== account.accessTokenEpoch) return null;
    return { account, grant, scopes: claims.scope.split(' ') };
  }

  private async claims(token: string): Promise<z.infer<typeof claimsSchema> | null> {
    if (!token.startsWith(prefix)) return null;
    try {
      const { payload } = await jwtVerify(token.slice(prefix.length), this.key());
      return claimsSchema.parse(payload);
    } catch {
      return null;
    }
  }

  private key(): Uint8Array {
    return Buffer.from(this.state.data.accessTokenKey, 'base64url');
  }
}
