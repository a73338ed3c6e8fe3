import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { EvergrantError, logError, toEvergrantError } from '../../errors/index.js';
import { Clock } from '../../resilience/index.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { recordedFailure, refreshInProgress } from './recorded-failure.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import { RefreshAttempts } from './refresh-attempts.js';
import { requireOpenGate } from '../schedule/refresh-gate.js';
import { RefreshLeases, type ClaimedCredential } from './refresh-leases.js';
import { failed, type RefreshResult } from './refresh-result.js';
import { RefreshSettlement } from './refresh-settlement.js';

const waitLimitMs = 25_000;
const pollMs = 30;

/**
 * Refreshes credentials: callers in this process share a promise, processes share a lease. A refresh never takes
 * a caller's abort signal.
 */
@Injectable()
export class CredentialRefresher {
  private readonly logger = new Logger(CredentialRefresher.name);
  private readonly inFlight = new Map<string, Promise<RefreshResult>>();

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
    return this.inFlight.get(seen.id) ?? this.track(seen.id, () => this.leaseAndRefresh(seen, trigger));
  }

  /** Refreshes what was claimed already. Never rejects. */
  refreshClaimed(claimed: ClaimedCredential, trigger: RefreshTrigger): Promise<RefreshResult> {
    const { credential } = claimed;
    // Whoever waits for the lease in this process shares what comes of it all the same.
    return this.track(credential.id, () => this.refreshUnder(claimed, credential, trigger));
  }

  /** Resolves when the refreshes under way have come to their ends. */
  async drained(): Promise<void> {
    await Promise.all(this.inFlight.values());
  }

  private track(credentialId: string, start: () => Promise<RefreshResult>): Promise<RefreshResult> {
    const refresh = start()
      .catch((thrown: unknown) => {
        const error = toEvergrantError(thrown);
        if (!(thrown instanceof EvergrantError))
          logError(this.logger, 'Refresh broke off', error, { credentialId });
        return failed(error);
      })
      .finally(() => {
        if (this.inFlight.get(credentialId) === refresh) this.inFlight.delete(credentialId);
      });
    this.inFlight.set(credentialId, refresh);
    return refresh;
  }

  private async leaseAndRefresh(seen: CredentialSnapshot, trigger: RefreshTrigger): Promise<RefreshResult> {
    requireOpenGate(seen);
    const giveUpAtMs = this.clock.monotonicMs() + waitLimitMs;
    while (this.clock.monotonicMs() < giveUpAtMs) {
      const claimed = await this.leases.claim(seen.id);
      if (claimed) return this.refreshUnder(claimed, seen, trigger);
      await this.holderIsDone(seen, giveUpAtMs);
      const now = await this.snapshot(seen.id);
      if (hasNewToken(seen, now)) return this.settlement.newerToken(seen.id);
      // Whoever held the lease was told no just now; asking again at once would bring nothing else.
      if (now.consecutiveFailures > seen.consecutiveFailures) return failed(recordedFailure(now));
    }
    return failed(refreshInProgress());
  }

  /** Waits until something has come of another process's attempt, its lease is free, or time is up. */
  private async holderIsDone(seen: CredentialSnapshot, giveUpAtMs: number): Promise<void> {
    let isDone: boolean;
    do {
      await pause(pollMs);
      const now = await this.leases.progress(seen.id);
      isDone = !now?.held || hasNewToken(seen, now) || now.consecutiveFailures > seen.consecutiveFailures;
    } while (!isDone && this.clock.monotonicMs() < giveUpAtMs);
  }

  private async refreshUnder(
    { lease, credential: before }: ClaimedCredential,
    seen: CredentialSnapshot,
    trigger: RefreshTrigger,
  ): Promise<RefreshResult> {
    let presented = lease.resumed;
    try {
      if (hasNewToken(seen, before)) return await this.settlement.newerToken(seen.id);
      // Or told it no, between the last look and this claim.
      if (before.consecutiveFailures > seen.consecutiveFailures) return failed(recordedFailure(before));
      const prepared = await this.attempts.prepare(before, lease);
      presented = true;
      const startedAtMs = this.clock.monotonicMs();
      const outcome = await this.attempts.outcome(prepared, lease, trigger);
      const durationMs = Math.round(this.clock.monotonicMs() - startedAtMs);
      return await this.settlement.settle(prepared, outcome, { lease, trigger, durationMs });
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

type Sealed = Pick<CredentialSnapshot, 'sealedAccessToken'>;

/** Each sealing is unlike every other, so another sealed text means another token. */
function hasNewToken(seen: Sealed, now: Sealed): boolean {
  return now.sealedAccessToken !== null && now.sealedAccessToken !== seen.sealedAccessToken;
}
