import { randomBytes, randomUUID } from 'node:crypto';
import { projectOf } from '../state/clients.js';
import type { Grant, GrantEnd, SandboxState } from '../state/sandbox-state.js';
import { fingerprint } from './fingerprint.js';

/** Google's cap per account and client; the refresh token above it ends the oldest one silently. */
const liveRefreshTokenLimit = 100;

/** What accounts have granted to clients. A grant holds at most one live refresh token. */
export class GrantStore {
  private readonly state: SandboxState;
  private readonly byId = new Map<string, Grant>();
  private readonly byRefreshToken = new Map<string, Grant>();

  constructor(state: SandboxState) {
    this.state = state;
    for (const grant of state.data.grants) this.index(grant);
  }

  list(): readonly Grant[] {
    return this.state.data.grants;
  }

  find(grantId: string): Grant | undefined {
    return this.byId.get(grantId);
  }

  /** The grant that a refresh token was ever issued under, whether it is live, spent or dead. */
  findByRefreshToken(token: string): Grant | undefined {
    return this.byRefreshToken.get(fingerprint(token));
  }

  /** True for the refresh token that replaced all earlier ones of its grant. */
  isLatestRefreshToken(grant: Grant, token: string): boolean {
    return grant.refreshTokens.at(-1) === fingerprint(token);
  }

  /** True when the account has no live offline grant for this client. */
  isFirstOfflineConsent(account: string, clientId: string): boolean {
    return this.liveOffline(account, clientId).length === 0;
  }

  open(grant: Pick<Grant, 'account' | 'clientId' | 'scopes'>): Grant {
    const opened: Grant = { ...grant, id: randomUUID(), refreshTokens: [], endedBecause: null };
    this.state.data.grants.push(opened);
    this.index(opened);
    this.state.save();
    return opened;
  }

  /** Gives the grant a new refresh token, which spends the one before. */
  issueRefreshToken(grant: Grant): string {
    const token = `1//0${randomBytes(72).toString('base64url')}`;
    grant.refreshTokens.push(fingerprint(token));
    this.byRefreshToken.set(fingerprint(token), grant);
    for (const oldest of this.liveOffline(grant.account, grant.clientId).slice(0, -liveRefreshTokenLimit)) {
      oldest.endedBecause = 'refresh-token-limit';
    }
    this.state.save();
    return token;
  }

  /** Lets the grant end by itself, as those of an application in testing do. */
  endAt(grant: Grant, endsAtMs: number): void {
    grant.endsAtMs = endsAtMs;
    this.state.save();
  }

  end(grant: Grant, because: GrantEnd): void {
    grant.endedBecause ??= because;
    this.state.save();
  }

  /**
   * Ends every live grant of the account, of one Cloud project or of all, and says how many.
   * Google revokes by project and not by client.
   */
  endAll(account: string, because: GrantEnd, project?: string): number {
    const ending = this.list().filter(
      (grant) =>
        grant.account === account &&
        grant.endedBecause === null &&
        (project === undefined || projectOf(grant.clientId) === project),
    );
    for (const grant of ending) grant.endedBecause = because;
    this.state.save();
    return ending.length;
  }

  private liveOffline(account: string, clientId: string): Grant[] {
    return this.list().filter(
      (grant) =>
        grant.account === account &&
        grant.clientId === clientId &&
        grant.endedBecause === null &&
        grant.refreshTokens.length > 0,
    );
  }

  private index(grant: Grant): void {
    this.byId.set(grant.id, grant);
    for (const token of grant.refreshTokens) this.byRefreshToken.set(token, grant);
  }
}
