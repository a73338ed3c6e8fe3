import { Injectable, Logger } from '@nestjs/common';
import { EvergrantError, logError } from '../../errors/index.js';
import {
  isServiceFailure,
  TokenExchange,
  type Refreshed,
  type RefreshOutcome,
  type Rejected,
  type Unavailable,
} from '../../oauth/index.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { verdictHeld } from './recorded-failure.js';
import type { RefreshAttempt } from '../commits/refresh-attempt.js';
import type { PreparedAttempt } from './refresh-attempts.js';
import type { AttemptRecord } from '../commits/attempt-record.js';
import { RefreshRecords } from '../commits/refresh-records.js';
import { refreshFailure } from './refresh-failure.js';
import { failed, type RefreshResult } from './refresh-result.js';
import { RefreshStore } from '../commits/refresh-store.js';
import { Verdicts } from '../verdicts/verdicts.js';

/** The provider called the grant dead, and gave no answer when it was asked to confirm that. */
const unconfirmed = 'verdict_unconfirmed';

/** Draws the consequences of a provider's answer: commits it, doubts it, and says what the caller gets. */
@Injectable()
export class RefreshSettlement {
  private readonly logger = new Logger(RefreshSettlement.name);

  constructor(
    private readonly reader: CredentialReader,
    private readonly records: RefreshRecords,
    private readonly verdicts: Verdicts,
    private readonly exchange: TokenExchange,
    private readonly store: RefreshStore,
  ) {}

  async settle(
    prepared: PreparedAttempt,
    outcome: Refreshed | Rejected | Unavailable,
    attempt: RefreshAttempt,
  ): Promise<RefreshResult> {
    if (outcome.status === 'refreshed') return this.succeed(prepared.before, outcome, attempt);
    if (outcome.status === 'unavailable' || outcome.errorCode !== 'INVALID_REFRESH_TOKEN') {
      return this.fail(prepared, outcome, attempt);
    }
    // A race loser's verdict concerns a token that is ours no more.
    const now = await this.reader.read(prepared.before.id);
    if (
      now?.generation !== prepared.before.generation ||
      now.refreshVersion !== prepared.before.refreshVersion
    ) {
      return this.newerToken(prepared.before.id);
    }
    const second = await this.exchange.confirm(prepared.request, outcome);
    if (second.status === 'refreshed') return this.succeed(prepared.before, second, attempt);
    // What is said again by the next attempt needs no other confirmation.
    if (isUnanswered(second) && prepared.before.errorReason !== unconfirmed) {
      const held = { ...second, errorCode: 'SERVICE_UNAVAILABLE', reason: unconfirmed } as const;
      return this.fail(prepared, held, attempt);
    }
    const result = await this.fail(prepared, outcome, attempt);
    if (result.status === 'refreshed') return result;
    const verdict = await this.verdicts.confirmDead(prepared.before, outcome.reason);
    return verdict === 'held' ? failed(verdictHeld()) : result;
  }

  /** A consent or another process's refresh came in between: its token counts, not our outcome. */
  async newerToken(credentialId: string): Promise<RefreshResult> {
    const snapshot = await this.reader.read(credentialId);
    const token = snapshot && (await this.reader.liveToken(snapshot));
    return token
      ? { status: 'refreshed', token, source: 'database' }
      : failed(new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'refresh_superseded' }));
  }

  private async succeed(
    before: CredentialSnapshot,
    outcome: Refreshed,
    attempt: RefreshAttempt,
  ): Promise<RefreshResult> {
    const fields = this.fields(before, outcome.path, attempt);
    const commit = await this.store.store(before, outcome, recordOf(attempt));
    if (commit.status === 'superseded') return this.newerToken(before.id);
    const stored = commit.status === 'stored' ? commit.tokens : null;
    if (stored) {
      attempt.lease.givenBack();
      this.logger.log({ msg: 'Access token refreshed', ...fields });
    }
    await this.verdicts.confirmAlive(before);
    const token = this.reader.obtainedToken(before, outcome.tokens, stored);
    return { status: 'refreshed', token, source: outcome.path };
  }

  private async fail(
    { before, request, ownedByDeployment }: PreparedAttempt,
    outcome: Rejected | Unavailable,
    attempt: RefreshAttempt,
  ): Promise<RefreshResult> {
    const error = refreshFailure(outcome, ownedByDeployment);
    logError(this.logger, 'Access token not refreshed', error, this.fields(before, outcome.path, attempt));
    const unknown = outcome.status === 'unavailable' && request.singleUse && mayHaveSpent(outcome);
    // Once is enough to say that nobody knows: asking again is no new attempt.
    if (unknown && attempt.lease.resumed && isRecorded(before)) return failed(error);
    const { status } = await this.records.recordFailure(
      before,
      {
        outcome: unknown ? 'unknown' : outcome.status,
        path: outcome.path,
        errorCode: error.code,
        reason: outcome.reason,
        retryAfterSeconds: askedByProvider(outcome),
      },
      recordOf(attempt),
    );
    if (status === 'superseded') return this.newerToken(before.id);
    attempt.lease.givenBack();
    return failed(error);
  }

  private fields({ id, tenantId }: CredentialSnapshot, path: string, attempt: RefreshAttempt): object {
    const { lease, trigger, durationMs } = attempt;
    return { credentialId: id, tenantId, path, attemptId: lease.attemptId, trigger, durationMs };
  }
}

function recordOf({ lease, trigger, durationMs }: RefreshAttempt): AttemptRecord {
  return { attemptId: lease.attemptId, leaseOwner: lease.owner, trigger, durationMs };
}

/** It was asked and nobody answered; where there was no other path to ask by, the first answer stands alone. */
function isUnanswered(second: RefreshOutcome): second is Unavailable {
  return second.status === 'unavailable' && !second.provablyNotSent;
}

/** The OAuth service's own wish for patience says nothing of the provider. */
function askedByProvider(outcome: Rejected | Unavailable): number | null {
  return outcome.status === 'unavailable' && !isServiceFailure(outcome) ? outcome.retryAfterSeconds : null;
}

/** A failure was told since the open attempt began. */
function isRecorded({ attemptSecondsAgo, failedSecondsAgo }: CredentialSnapshot): boolean {
  return attemptSecondsAgo !== null && failedSecondsAgo !== null && failedSecondsAgo <= attemptSecondsAgo;
}

/** The request went out and no answer of the provider's tells that the token was left alone. */
function mayHaveSpent({ provablyNotSent, reason }: Unavailable): boolean {
  return !provablyNotSent && !/^http_\d{3}$/.test(reason);
}
