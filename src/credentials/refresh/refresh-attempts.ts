import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import {
  ProviderRegistry,
  timeBudget,
  TokenExchange,
  type RefreshOutcome,
  type RefreshRequest,
} from '../../oauth/index.js';
import { Clock } from '../../resilience/index.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { OAuthClients } from '../store/oauth-clients.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import { recallDecision, type Recalled } from './recall-decision.js';
import { clientMissing } from './refresh-failure.js';
import type { RefreshAttempt, RefreshLease } from './refresh-lease.js';

/** A credential with its refresh token opened and the client it belongs to: all that an attempt presents. */
export interface PresentableCredential {
  before: CredentialSnapshot;
  request: Omit<RefreshRequest, 'attemptId'>;
  ownedByDeployment: boolean;
}

/** An attempt and what the provider said to it, by an answer of now or of before. */
export interface AnsweredAttempt {
  attempt: RefreshAttempt;
  outcome: RefreshOutcome;
  /** How long it took to have the outcome. */
  durationMs: number;
}

/** Presents refresh tokens, and never one whose earlier presentation is still unanswered. */
@Injectable()
export class RefreshAttempts {
  constructor(
    private readonly reader: CredentialReader,
    private readonly oauthClients: OAuthClients,
    private readonly providers: ProviderRegistry,
    private readonly exchange: TokenExchange,
    private readonly clock: Clock,
  ) {}

  /** @throws EvergrantError when there is nothing to present, or no client to present it under */
  async prepare(before: CredentialSnapshot): Promise<PresentableCredential> {
    const refreshToken = await this.reader.refreshToken(before);
    if (refreshToken === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    const { credentials: client, ownedByDeployment } = await this.oauthClients.opened({
      id: before.oauthClientId,
      ...before.client,
    });
    if (!client) throw clientMissing(ownedByDeployment);
    const { provider, rotationObserved } = before;
    const singleUse = rotationObserved || this.providers.get(provider).refreshTokenReplay === 'single-use';
    return { before, request: { provider, refreshToken, client, singleUse }, ownedByDeployment };
  }

  /** Makes the attempt that the lease was taken for: recalls it when an earlier holder began it, else presents. */
  async make(
    { request }: PresentableCredential,
    lease: RefreshLease,
    trigger: RefreshTrigger,
  ): Promise<AnsweredAttempt> {
    const startedAtMs = this.clock.monotonicMs();
    const answered = await this.outcome(request, lease, trigger);
    return { ...answered, durationMs: Math.round(this.clock.monotonicMs() - startedAtMs) };
  }

  private async outcome(
    request: PresentableCredential['request'],
    lease: RefreshLease,
    trigger: RefreshTrigger,
  ): Promise<Omit<AnsweredAttempt, 'durationMs'>> {
    const { attempt } = lease;
    if (!attempt.resumed) return this.present(request, attempt);
    const { singleUse } = request;
    const decision = recallDecision(await this.recall(attempt), { trigger, singleUse });
    if (decision.do !== 'present') return { attempt, outcome: decision.outcome };
    return this.present(request, decision.under === 'another-attempt' ? await lease.beginAnew() : attempt);
  }

  private async present(request: PresentableCredential['request'], attempt: RefreshAttempt) {
    return { attempt, outcome: await this.exchange.refresh({ ...request, attemptId: attempt.id }) };
  }

  /** Waits for an attempt that still runs, up to a limit; then it is pending. */
  private async recall({ id }: RefreshAttempt): Promise<Recalled> {
    const giveUpAtMs = this.clock.monotonicMs() + timeBudget.openAttemptMs;
    for (;;) {
      const recalled = await this.exchange.recall(id);
      if (recalled.status !== 'running') return recalled;
      if (this.clock.monotonicMs() >= giveUpAtMs) return { status: 'pending' };
      await pause(timeBudget.recallPollMs);
    }
  }
}
