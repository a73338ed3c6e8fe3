import { Injectable } from '@nestjs/common';
import { Clock, Deadline } from '../../resilience/index.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { repeatTokenRequest } from '../http/repeat-token-request.js';
import { timeBudget } from '../time-budget.js';
import type {
  CodeExchangeOutcome,
  CodeExchangeRequest,
  RecalledAttempt,
  RefreshOutcome,
  RefreshRequest,
  Rejected,
  Unavailable,
} from '../token-exchange.js';
import { classifyRecallAnswer } from './classify-recall-answer.js';
import { classifyServiceAnswer } from './classify-service-answer.js';
import { OAuthServiceClientOptions } from './oauth-service-client-options.js';
import { OAuthServiceClient } from './oauth-service-client.js';
import type { Granted } from './service-answer-body.js';
import { mayAnswerNow, type ServiceFailure } from './service-failure.js';

const { maxAttempts } = timeBudget;

/** Goes through the OAuth service: path `oauth-service`. No call takes longer than `OAUTH_SERVICE_TIMEOUT_MS`. */
@Injectable()
export class RemoteTokenExchange {
  constructor(
    private readonly client: OAuthServiceClient,
    private readonly options: OAuthServiceClientOptions,
    private readonly clock: Clock,
  ) {}

  /**
   * Repeats what the service itself failed at, under the same `Idempotency-Key`. A single-use token goes out again
   * only if it was provably not sent: a service that was restarted, or its replica, would not know the key.
   */
  async refresh(request: RefreshRequest, limitMs: number): Promise<RefreshOutcome> {
    const { provider, attemptId, refreshToken, client, singleUse, scopes } = request;
    const body = { provider, refreshToken, ...client, singleUse, scopes };
    const headers = { 'idempotency-key': attemptId };
    const mayRepeat = singleUse ? wasNotSent : mayAnswerNow;
    return repeatTokenRequest(
      { deadline: this.deadline(limitMs), maxAttempts, mayRepeat },
      async (deadline): Promise<RefreshOutcome> => {
        const outcome = classify(await this.client.post('/token/refresh', body, headers, deadline));
        return outcome.status === 'granted'
          ? { status: 'refreshed', path: 'oauth-service', tokens: outcome.tokens }
          : outcome;
      },
    );
  }

  async exchangeCode(request: CodeExchangeRequest, limitMs: number): Promise<CodeExchangeOutcome> {
    const { client, ...grant } = request;
    const body = { ...grant, ...client };
    return repeatTokenRequest(
      { deadline: this.deadline(limitMs), maxAttempts, mayRepeat: wasNotSent },
      async (deadline): Promise<CodeExchangeOutcome> => {
        const outcome = classify(await this.client.post('/token/exchange', body, {}, deadline));
        return outcome.status === 'granted'
          ? { status: 'exchanged', path: 'oauth-service', tokens: outcome.tokens }
          : outcome;
      },
    );
  }

  /** Asks once what became of an attempt. */
  async recall(attemptId: string, limitMs: number): Promise<RecalledAttempt> {
    const path = `/token/refresh/${encodeURIComponent(attemptId)}`;
    const answer = await this.client.get(path, this.deadline(limitMs).signal());
    return answer.status === 'answered' ? classifyRecallAnswer(answer) : { status: 'unavailable' };
  }

  private deadline(limitMs: number): Deadline {
    return new Deadline(this.clock, Math.min(limitMs, this.options.timeoutMs));
  }
}

function classify(answer: HttpAnswer | ServiceFailure): Granted | Rejected | Unavailable {
  return answer.status === 'answered' ? classifyServiceAnswer(answer) : answer;
}

function wasNotSent(outcome: Rejected | Unavailable): boolean {
  return mayAnswerNow(outcome) && outcome.provablyNotSent;
}
