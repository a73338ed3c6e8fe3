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
import { OAuthServiceClientOptions } from '../service/oauth-service-client-options.js';
import { ProvenService } from '../service/proven-service.js';
import type { Granted } from './service-answer-body.js';
import { isServiceFailure, mayAnswerNow, type ServiceFailure } from '../service/service-failure.js';

const { maxAttempts } = timeBudget;

/** Goes through the OAuth service: path `oauth-service`. No call takes longer than `OAUTH_SERVICE_TIMEOUT_MS`. */
@Injectable()
export class RemoteTokenExchange {
  constructor(
    private readonly service: ProvenService,
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
        const outcome = this.judge(await this.service.post('/token/refresh', body, headers, deadline));
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
        const outcome = this.judge(await this.service.post('/token/exchange', body, {}, deadline));
        return outcome.status === 'granted'
          ? { status: 'exchanged', path: 'oauth-service', tokens: outcome.tokens }
          : outcome;
      },
    );
  }

  /** Asks once what became of an attempt. */
  async recall(attemptId: string, limitMs: number): Promise<RecalledAttempt> {
    const path = `/token/refresh/${encodeURIComponent(attemptId)}`;
    const answer = await this.service.get(path, this.deadline(limitMs).signal());
    const recalled: RecalledAttempt =
      answer.status === 'answered' ? classifyRecallAnswer(answer) : { status: 'unavailable' };
    if (recalled.status === 'unavailable') this.service.doubt();
    return recalled;
  }

  private judge(answer: HttpAnswer | ServiceFailure): Granted | Rejected | Unavailable {
    const outcome = answer.status === 'answered' ? classifyServiceAnswer(answer) : answer;
    if (isServiceFailure(outcome)) this.service.doubt();
    return outcome;
  }

  private deadline(limitMs: number): Deadline {
    return new Deadline(this.clock, Math.min(limitMs, this.options.timeoutMs));
  }
}

function wasNotSent(outcome: Rejected | Unavailable): boolean {
  return mayAnswerNow(outcome) && outcome.provablyNotSent;
}
