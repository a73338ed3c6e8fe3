import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { Clock } from '../../resilience/index.js';
import { LocalTokenExchange, type AttemptLimits } from '../local/local-token-exchange.js';
import { RemoteTokenExchange } from '../remote/remote-token-exchange.js';
import { serviceFailure } from '../service/service-failure.js';
import type { RecalledAttempt, RefreshOutcome, RefreshRequest, Unavailable } from '../token-exchange.js';
import { timeBudget } from '../time-budget.js';
import { ChainedTokenExchange } from './chained-token-exchange.js';
import { ExchangeEvents } from './exchange-events.js';
import { OAuthServiceBreaker } from './oauth-service-breaker.js';

const request: RefreshRequest = {
  provider: 'google',
  attemptId: 'attempt-1',
  refreshToken: 'refresh-token',
  client: { clientId: 'client', clientSecret: 'secret' },
  singleUse: false,
};
const timedOut = serviceFailure('deadline_exceeded', { provablyNotSent: false, serviceFailed: 'for-now' });
const noAnswer: Unavailable = {
  status: 'unavailable',
  path: 'direct',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'deadline_exceeded',
  retryAfterSeconds: null,
  provablyNotSent: true,
};
const refreshed: RefreshOutcome = {
  status: 'refreshed',
  path: 'oauth-service',
  tokens: {
    accessToken: 'access-token',
    tokenType: 'Bearer',
    expiresInSeconds: 3599,
    scopes: null,
    refreshToken: 'new-refresh-token',
    refreshTokenExpiresInSeconds: null,
  },
};
const serviceTimeoutMs = timeBudget.serviceMs;
function pass(ms: number) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Both take all the time there is, and recall only this. */
const remembered = { remote: { status: 'unavailable' }, direct: { status: 'unknown' } } as Record<
  'remote' | 'direct',
  RecalledAttempt
>;
const remote = {
  refresh: async (_request: RefreshRequest, limitMs: number) => {
    await pass(Math.min(limitMs, serviceTimeoutMs));
    return timedOut;
  },
  recall: async (_attemptId: string, limitMs: number) => {
    await pass(limitMs);
    return remembered.remote;
  },
};
const direct = {
  refresh: async (_request: RefreshRequest, { limitMs }: AttemptLimits) => {
    await pass(limitMs);
    return noAnswer;
  },
  recall: async () => remembered.direct,
};

let chain: ChainedTokenExchange;
beforeEach(async () => {
  jest.useFakeTimers();
  Object.assign(remembered, { remote: { status: 'unavailable' }, direct: { status: 'unknown' } });
  const module = await Test.createTestingModule({
    providers: [
      ChainedTokenExchange,
      ExchangeEvents,
      OAuthServiceBreaker,
      Clock,
      { provide: RemoteTokenExchange, useValue: remote },
      { provide: LocalTokenExchange, useValue: direct },
    ],
  }).compile();
  chain = module.get(ChainedTokenExchange);
});
afterEach(() => void jest.useRealTimers());

/** The outcome, provided that it comes within the time. */
async function within<T>(limitMs: number, outcome: Promise<T>): Promise<T | 'too late'> {
  const first = Promise.race([outcome, pass(limitMs + 1).then(() => 'too late' as const)]);
  await jest.advanceTimersByTimeAsync(limitMs + 1);
  return first;
}

it('ends a refresh within 20 seconds, whatever hangs', async () => {
  await expect(within(20_000, chain.refresh(request))).resolves.toEqual({
    ...noAnswer,
    provablyNotSent: false,
    afterServiceFailure: true,
  });
});

it('ends the refresh of a single-use token within 20 seconds, without the direct path', async () => {
  await expect(within(20_000, chain.refresh({ ...request, singleUse: true }))).resolves.toMatchObject({
    path: 'oauth-service',
    reason: 'outcome_unknown',
    provablyNotSent: false,
  });
});

it.each(['direct', 'oauth-service'] as const)('ends a confirmation of %s within 5 seconds', async (path) => {
  const verdict = {
    status: 'rejected',
    path,
    errorCode: 'INVALID_REFRESH_TOKEN',
    reason: 'invalid_grant',
  } as const;
  await expect(within(5_000, chain.confirm(request, verdict))).resolves.toMatchObject({
    status: 'unavailable',
  });
});

function settled(outcome: RefreshOutcome): RecalledAttempt {
  return { status: 'settled', outcome };
}

it.each<[string, RecalledAttempt, RecalledAttempt, RecalledAttempt]>([
  ['this process’s, when it brought tokens', settled(refreshed), { status: 'unknown' }, settled(refreshed)],
  [
    'the service’s tokens rather than this process’s failure',
    settled(noAnswer),
    settled(refreshed),
    settled(refreshed),
  ],
  [
    'this process’s failure when the service knows nothing',
    settled(noAnswer),
    { status: 'unknown' },
    settled(noAnswer),
  ],
  ['that it still runs at the service', { status: 'unknown' }, { status: 'running' }, { status: 'running' }],
  ['that it is not known', { status: 'unknown' }, { status: 'unknown' }, { status: 'unknown' }],
  ['that this cannot be told', { status: 'unknown' }, { status: 'unavailable' }, { status: 'unavailable' }],
])('recalls %s', async (_what, own, theirs, expected) => {
  Object.assign(remembered, { direct: own, remote: theirs });
  await expect(within(2_000, chain.recall('attempt-1'))).resolves.toEqual(expected);
});
