import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { EvergrantError, logError, toEvergrantError } from '../../errors/index.js';
import { timeBudget } from '../../oauth/index.js';
import { Clock, SingleFlight } from '../../resilience/index.js';
import { requireOpenGate } from '../schedule/refresh-gate.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import { RefreshAttempts } from './refresh-attempts.js';
import { recordedFailure, refreshInProgress } from './refresh-failure.js';
import { RefreshLeases, type ClaimedCredential } from './refresh-leases.js';
import { failed, type RefreshResult } from './refresh-result.js';
import { RefreshSettlement } from './refresh-settlement.js';

const pollMs = 30;

/**
 * Refreshes credentials: callers in this process share a promise, processes share a lease. A refresh never takes
 * a caller's abort signal.
 */
@Injectable()
export class CredentialRefresher {
  private readonly logger = new Logger(CredentialRefresher.name);
  private readonly refreshes = new SingleFlight<RefreshResult>();

  constructor(
    private readonly reader: CredentialReader,
    private readonly leases: RefreshLeases,
    private readonly attempts: RefreshAttempts,
    private readonly settlement: RefreshSettlement,
    private readonly clock: Clock,
  ) {}

  /**
   * Joins the refresh under way, or starts one, unless the token that the caller has `seen` was replaced meanwhile.
   * Never rejects.
   */
  refresh(seen: CredentialSnapshot, trigger: RefreshTrigger): Promise<RefreshResult> {
    return this.refreshes.run(seen.id, () =>
      this.neverRejecting(seen.id, this.leaseAndRefresh(seen, trigger)),
    );
  }

  /** Refreshes what was claimed already. Never rejects. */
  refreshClaimed(claimed: ClaimedCredential, trigger: RefreshTrigger): Promise<RefreshResult> {
    const { credential } = claimed;
    // Callers that wait for the lease in this process already find in the database what comes of this.
    return this.refreshes.replace(credential.id, () =>
      this.neverRejecting(credential.id, this.refreshUnder(claimed, credential, trigger)),
    );
  }

  /** Resolves when the refreshes under way have come to their ends. */
  drained(): Promise<void> {
    return this.refreshes.drained();
  }

  private async neverRejecting(
    credentialId: string,
    refresh: Promise<RefreshResult>,
  ): Promise<RefreshResult> {
    try {
      return await refresh;
    } catch (thrown) {
      const error = toEvergrantError(thrown);
      if (!(thrown instanceof EvergrantError))
        logError(this.logger, 'Refresh broke off', error, { credentialId });
      return failed(error);
    }
  }

  private async leaseAndRefresh(seen: CredentialSnapshot, trigger: RefreshTrigger): Promise<RefreshResult> {
    requireOpenGate(seen);
    const giveUpAtMs = this.clock.monotonicMs() + timeBudget.wholeMs;
    while (this.clock.monotonicMs() < giveUpAtMs) {
      const claimed = await this.leases.claim(seen.id);
      if (claimed) return this.refreshUnder(claimed, seen, trigger);
      await this.holderIsDone(seen, giveUpAtMs);
      const now = await this.snapshot(seen.id);
      const result = await this.resultSince(seen, now);
      if (result) return result;
    }
    return failed(refreshInProgress());
  }

  /** Waits until something has come of another process's attempt, its lease is free, or time is up. */
  private async holderIsDone(seen: CredentialSnapshot, giveUpAtMs: number): Promise<void> {
    let isDone: boolean;
    do {
      await pause(pollMs);
      const now = await this.leases.progress(seen.id);
      isDone = !now?.held || changeSince(seen, now) !== null;
    } while (!isDone && this.clock.monotonicMs() < giveUpAtMs);
  }

  /** What an attempt of another process has brought since: asking again at once would bring nothing else. */
  private async resultSince(
    seen: CredentialSnapshot,
    now: CredentialSnapshot,
  ): Promise<RefreshResult | null> {
    switch (changeSince(seen, now)) {
      case 'token':
        return this.settlement.newerToken(seen.id);
      case 'failure':
        return failed(recordedFailure(now));
      case null:
        return null;
    }
  }

  private async refreshUnder(
    { lease, credential: before }: ClaimedCredential,
    seen: CredentialSnapshot,
    trigger: RefreshTrigger,
  ): Promise<RefreshResult> {
    let presented = lease.attempt.resumed;
    try {
      // Between the last look and this claim another process may have been faster.
      const result = await this.resultSince(seen, before);
      if (result) return result;
      const prepared = await this.attempts.prepare(before);
      presented = true;
      const answered = await this.attempts.make(prepared, lease, trigger);
      return await this.settlement.settle({ ...answered, prepared, lease, trigger });
    } finally {
      await lease.release({ presented });
    }
  }

  private async snapshot(credentialId: string): Promise<CredentialSnapshot> {
    const snapshot = await this.reader.read(credentialId);
    if (!snapshot) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    return snapshot;
  }
}

type Progress = Pick<CredentialSnapshot, 'sealedAccessToken' | 'consecutiveFailures'>;

/** Each sealing is unlike every other, so another sealed text means another token. */
function changeSince(seen: Progress, now: Progress): 'token' | 'failure' | null {
  if (now.sealedAccessToken !== null && now.sealedAccessToken !== seen.sealedAccessToken) return 'token';
  return now.consecutiveFailures > seen.consecutiveFailures ? 'failure' : null;
}
