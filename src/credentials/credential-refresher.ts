import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { errorTable, EvergrantError, logError, toEvergrantError } from '../errors/index.js';
import { TokenExchange, type ExchangePath, type RefreshOutcome, type Refreshed } from '../oauth/index.js';
import { Clock } from '../resilience/index.js';
import { CredentialReader, type CredentialSnapshot } from './credential-reader.js';
import { liveToken, type LiveToken } from './live-token.js';
import { OAuthClients } from './oauth-clients.js';
import type { RefreshAttempt, RefreshTrigger } from './refresh-attempt.js';
import { RefreshCommitter } from './refresh-committer.js';
import { clientRejected, refreshFailure } from './refresh-failure.js';

export type RefreshResult =
  | { status: 'refreshed'; token: LiveToken; source: ExchangePath | 'database' }
  | { status: 'failed'; error: EvergrantError };

/** Refreshes credentials, each at most once at a time in this process. Never takes a caller's abort signal. */
@Injectable()
export class CredentialRefresher {
  private readonly logger = new Logger(CredentialRefresher.name);
  private readonly inFlight = new Map<string, Promise<RefreshResult>>();

  constructor(
    private readonly reader: CredentialReader,
    private readonly committer: RefreshCommitter,
    private readonly oauthClients: OAuthClients,
    private readonly exchange: TokenExchange,
    private readonly clock: Clock,
  ) {}

  /**
   * Joins the refresh under way, or starts one, unless the token that the caller has `seen` was replaced meanwhile.
   * Never rejects.
   */
  refresh(seen: CredentialSnapshot, trigger: RefreshTrigger): Promise<RefreshResult> {
    const credentialId = seen.id;
    const running = this.inFlight.get(credentialId);
    if (running) return running;
    const refresh = this.run(seen, trigger)
      .catch((thrown: unknown) => this.unexpected(credentialId, thrown))
      .finally(() => this.inFlight.delete(credentialId));
    this.inFlight.set(credentialId, refresh);
    return refresh;
  }

  private async run(seen: CredentialSnapshot, trigger: RefreshTrigger): Promise<RefreshResult> {
    const before = await this.reader.read(seen.id);
    if (before && isReplaced(seen, before)) return this.newerToken(seen.id);
    const refreshToken = before && (await this.reader.refreshToken(before));
    if (!before || refreshToken === null) return failed(new EvergrantError('OAUTH_FLOW_REQUIRED'));
    const client = await this.oauthClients.resolve(before.oauthClientId);
    if (!client.credentials) return failed(clientRejected(client.ownedByDeployment, 'client_not_configured'));

    const id = randomUUID();
    const startedAtMs = this.clock.monotonicMs();
    const outcome = await this.exchange.refresh({
      provider: before.provider,
      attemptId: id,
      refreshToken,
      client: client.credentials,
    });
    const attempt = { id, trigger, durationMs: Math.round(this.clock.monotonicMs() - startedAtMs) };
    if (outcome.status === 'refreshed') return this.succeed(before, outcome, attempt);
    return this.fail(before, outcome, refreshFailure(outcome, client.ownedByDeployment), attempt);
  }

  private async succeed(
    before: CredentialSnapshot,
    outcome: Refreshed,
    attempt: RefreshAttempt,
  ): Promise<RefreshResult> {
    const token = liveToken(this.clock.monotonicMs(), {
      accessToken: outcome.tokens.accessToken,
      scopes: before.scopes,
      tokenExpiresAt: null,
      remainingSeconds: outcome.tokens.expiresInSeconds,
      refreshedSecondsAgo: 0,
    });
    const fields = { credentialId: before.id, tenantId: before.tenantId, path: outcome.path, attempt };
    try {
      const expiresAt = await this.committer.commitTokens(before, outcome, attempt);
      if (!expiresAt) return await this.newerToken(before.id);
      this.logger.log({ msg: 'Access token refreshed', ...fields });
      return { status: 'refreshed', token: { ...token, expiresAt }, source: outcome.path };
    } catch (cause) {
      // The token is good though it could not be stored: it is served, and asked for again when it lapses.
      this.logger.error({ msg: 'A refreshed token could not be stored', cause: String(cause), ...fields });
      return { status: 'refreshed', token, source: outcome.path };
    }
  }

  private async fail(
    before: CredentialSnapshot,
    outcome: Exclude<RefreshOutcome, Refreshed>,
    error: EvergrantError,
    attempt: RefreshAttempt,
  ): Promise<RefreshResult> {
    const { status, path, reason } = outcome;
    const fields = { credentialId: before.id, tenantId: before.tenantId, path, reason, attempt };
    this.logger[errorTable[error.code].logLevel === 'error' ? 'error' : 'warn']({
      msg: 'Access token not refreshed',
      errorCode: error.code,
      ...fields,
    });
    const recorded = await this.committer.commitFailure(
      before,
      { status, path, errorCode: error.code, reason },
      attempt,
    );
    return recorded ? failed(error) : this.newerToken(before.id);
  }

  private unexpected(credentialId: string, thrown: unknown): RefreshResult {
    const error = toEvergrantError(thrown);
    logError(this.logger, 'Refresh broke off', error, { credentialId });
    return failed(error);
  }

  /** A consent or another process's rotation came in between: its token counts, not our outcome. */
  private async newerToken(credentialId: string): Promise<RefreshResult> {
    const snapshot = await this.reader.read(credentialId);
    const token = snapshot && (await this.reader.liveToken(snapshot, this.clock.monotonicMs()));
    return token
      ? { status: 'refreshed', token, source: 'database' }
      : failed(new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'refresh_superseded' }));
  }
}

/** Each sealing is unlike every other, so another sealed text means another token. */
function isReplaced(seen: CredentialSnapshot, now: CredentialSnapshot): boolean {
  return now.sealedAccessToken !== null && now.sealedAccessToken !== seen.sealedAccessToken;
}

function failed(error: EvergrantError): RefreshResult {
  return { status: 'failed', error };
}
