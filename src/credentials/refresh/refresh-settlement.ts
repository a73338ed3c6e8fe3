import { Injectable, Logger } from '@nestjs/common';
import { EvergrantError, logError } from '../../errors/index.js';
import { metServiceFailure, TokenExchange, type Refreshed, type RefreshOutcome } from '../../oauth/index.js';
import type { AttemptRecord } from '../commits/attempt-record.js';
import { RefreshRecords } from '../commits/refresh-records.js';
import { RefreshStore } from '../commits/refresh-store.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import { Verdicts } from '../verdicts/verdicts.js';
import type { AnsweredAttempt, PresentableCredential } from './refresh-attempts.js';
import { refreshFailure, verdictHeld } from './refresh-failure.js';
import type { RefreshLease } from './refresh-lease.js';
import { failed, type RefreshResult } from './refresh-result.js';
import {
  settlementOf,
  settlementOfVerdict,
  type Circumstances,
  type DeadGrant,
  type Settlement,
} from './settlement-decision.js';

/** An answered attempt with all that its settlement needs. */
export interface UnsettledAttempt extends AnsweredAttempt {
  prepared: PresentableCredential;
  lease: RefreshLease;
  trigger: RefreshTrigger;
}

/** A settlement that records why there is no token. */
type Failure = Extract<Settlement, { do: 'record' | 'condemn' }>;

/** Draws the consequences of an outcome: confirms it, stores it, and says what the caller gets. */
@Injectable()
export class RefreshSettlement {
  private readonly logger = new Logger(RefreshSettlement.name);

  constructor(
    private readonly reader: CredentialReader,
    private readonly store: RefreshStore,
    private readonly records: RefreshRecords,
    private readonly verdicts: Verdicts,
    private readonly exchange: TokenExchange,
  ) {}

  async settle(made: UnsettledAttempt): Promise<RefreshResult> {
    const circumstances = circumstancesOf(made);
    const first = settlementOf(made.outcome, circumstances);
    return this.carryOut(
      first.do === 'confirm'
        ? settlementOfVerdict(first.verdict, await this.confirm(first.verdict, made), circumstances)
        : first,
      made,
    );
  }

  /** The token that a consent or another process's refresh has stored in between. */
  async newerToken(credentialId: string): Promise<RefreshResult> {
    const snapshot = await this.reader.read(credentialId);
    const token = snapshot && (await this.reader.liveToken(snapshot));
    return token
      ? { status: 'refreshed', token, source: 'database' }
      : failed(new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'refresh_superseded' }));
  }

  /** The loser of a race hears that its token is dead, since another one is alive: the row is read again first. */
  private async confirm(
    verdict: DeadGrant,
    { prepared: { before, request }, attempt }: UnsettledAttempt,
  ): Promise<RefreshOutcome | { status: 'superseded' }> {
    const now = await this.reader.read(before.id);
    const isOurs = now?.generation === before.generation && now.refreshVersion === before.refreshVersion;
    if (!isOurs) return { status: 'superseded' };
    return this.exchange.confirm({ ...request, attemptId: attempt.id }, verdict);
  }

  private async carryOut(settlement: Settlement, made: UnsettledAttempt): Promise<RefreshResult> {
    const { before } = made.prepared;
    switch (settlement.do) {
      case 'store':
        return this.storeTokens(settlement.outcome, made);
      case 'record':
        return this.recordFailure(settlement, made);
      case 'condemn': {
        const result = await this.recordFailure(settlement, made);
        if (result.status === 'refreshed') return result;
        const verdict = await this.verdicts.confirmDead(before, settlement.outcome.reason);
        return verdict === 'held' ? failed(verdictHeld()) : result;
      }
      case 'say-again':
        return failed(this.logged(settlement.outcome, made));
      case 'use-newer':
        return this.newerToken(before.id);
    }
  }

  private async storeTokens(outcome: Refreshed, made: UnsettledAttempt): Promise<RefreshResult> {
    const { before } = made.prepared;
    const commit = await made.lease.commit((leaseOwner) =>
      this.store.store(before, outcome, recordOf(made, leaseOwner)),
    );
    if (commit.status === 'superseded') return this.newerToken(before.id);
    const stored = commit.status === 'stored' ? commit.tokens : null;
    if (stored) this.logger.log({ msg: 'Access token refreshed', ...logFields(made, outcome.path) });
    await this.verdicts.confirmAlive(before);
    const token = this.reader.obtainedToken(before, outcome.tokens, stored);
    return { status: 'refreshed', token, source: outcome.path };
  }

  private async recordFailure(settlement: Failure, made: UnsettledAttempt): Promise<RefreshResult> {
    const { outcome } = settlement;
    const { before } = made.prepared;
    const error = this.logged(outcome, made);
    const failure = {
      ...{ path: outcome.path, errorCode: error.code, reason: outcome.reason },
      outcome: settlement.do === 'record' ? settlement.as : outcome.status,
      retryAfterSeconds: 'retryAfterSeconds' in settlement ? settlement.retryAfterSeconds : null,
      serviceFailed: metServiceFailure(outcome),
    };
    const commit = await made.lease.commit((leaseOwner) =>
      this.records.recordFailure(before, failure, recordOf(made, leaseOwner)),
    );
    return commit.status === 'stored' ? failed(error) : this.newerToken(before.id);
  }

  private logged(outcome: Failure['outcome'], made: UnsettledAttempt): EvergrantError {
    const error = refreshFailure(outcome, made.prepared.ownedByDeployment);
    logError(this.logger, 'Access token not refreshed', error, logFields(made, outcome.path));
    return error;
  }
}

function circumstancesOf({ prepared: { before, request }, attempt }: UnsettledAttempt): Circumstances {
  return { before, singleUse: request.singleUse, resumed: attempt.resumed };
}

function recordOf({ attempt, trigger, durationMs }: UnsettledAttempt, leaseOwner: string): AttemptRecord {
  return { attemptId: attempt.id, leaseOwner, trigger, durationMs };
}

function logFields(
  { prepared: { before }, attempt, trigger, durationMs }: UnsettledAttempt,
  path: string,
): object {
  return {
    ...{ credentialId: before.id, tenantId: before.tenantId },
    ...{ path, attemptId: attempt.id, trigger, durationMs },
  };
}
