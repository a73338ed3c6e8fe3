import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock } from '../../resilience/index.js';
import type { OAuthProvider } from '../oauth-provider.js';
import { ProviderRegistry } from '../providers/index.js';
import type { RefreshOutcome, RefreshRequest, Rejected, Unavailable } from '../token-exchange.js';
import { AttemptRegistry } from './attempt-registry.js';
import { ProviderBreakers } from './provider-breakers.js';
import { OwnOutcomes } from './shared-outcomes.js';
import { LocalTokenExchange } from './local-token-exchange.js';
import { UnlistedCodes } from './unlisted-codes.js';

const request: RefreshRequest = {
  provider: 'google',
  attemptId: 'attempt-1',
  refreshToken: 'refresh-token',
  client: { clientId: 'client', clientSecret: 'secret' },
  singleUse: false,
};
const refreshed: RefreshOutcome = {
  status: 'refreshed',
  path: 'direct',
  tokens: {
    accessToken: 'access-token',
    tokenType: 'Bearer',
    expiresInSeconds: 3599,
    scopes: null,
    refreshToken: null,
    refreshTokenExpiresInSeconds: null,
  },
};
function unavailable(changes: Partial<Unavailable> = {}): Unavailable {
  return {
    status: 'unavailable',
    path: 'direct',
    errorCode: 'SERVICE_UNAVAILABLE',
    reason: 'http_503',
    retryAfterSeconds: null,
    provablyNotSent: false,
    ...changes,
  };
}

function rejected(errorCode: Rejected['errorCode'], reason: string): Rejected {
  return {
    status: 'rejected',
    path: 'direct',
    errorCode,
    reason,
  };
}

const refused = unavailable({ reason: 'connection_refused', provablyNotSent: true });

let answers: (() => Promise<RefreshOutcome>)[];
let presentedAtMs: number[];
let attempts: AttemptRegistry;
let registry: MetricsRegistry;
let exchange: LocalTokenExchange;

/** A provider that gives these answers one after the other, and the last one from then on. */
function answering(...outcomes: RefreshOutcome[]): void {
  answers = outcomes.map((outcome) => async () => outcome);
}

beforeAll(() => void Logger.overrideLogger(false));
beforeEach(() => {
  jest.useFakeTimers();
  // The cache takes the time 0 for none.
  jest.advanceTimersByTime(1);
  const clock = new Clock();
  presentedAtMs = [];
  const provider: OAuthProvider = {
    name: 'google',
    issuer: 'https://issuer.example.com',
    refreshTokenReplay: 'safe',
    authorizationUrl: () => '',
    probeAuthorization: async () => unavailable(),
    exchangeCode: async () => unavailable(),
    account: async () => unavailable(),
    accountOfIdToken: () => null,
    revoke: async () => unavailable(),
    revocationScope: (clientId) => clientId,
    refresh: () => {
      presentedAtMs.push(clock.monotonicMs());
      const [next] = answers.length > 1 ? answers.splice(0, 1) : answers;
      return next!();
    },
  };
  attempts = new AttemptRegistry(clock, new OwnOutcomes());
  registry = new MetricsRegistry();
  const providers = new ProviderRegistry([provider]);
  exchange = new LocalTokenExchange(
    providers,
    attempts,
    new ProviderBreakers(),
    clock,
    new UnlistedCodes(registry, providers),
  );
});
afterEach(() => void jest.useRealTimers());

async function refresh(changes: Partial<RefreshRequest> = {}): Promise<RefreshOutcome> {
  const outcome = exchange.refresh({ ...request, ...changes });
  await jest.advanceTimersByTimeAsync(10_000);
  return outcome;
}

describe('a refresh on the direct path', () => {
  it('asks three times at most, with growing pauses', async () => {
    answering(unavailable());
    await expect(refresh()).resolves.toEqual(unavailable());
    expect(presentedAtMs).toHaveLength(3);
    expect(presentedAtMs[2]! - presentedAtMs[0]!).toBeLessThanOrEqual(2_000);
  });

  it('asks once more after the pause that the provider asks for', async () => {
    answering(unavailable({ retryAfterSeconds: 5 }), refreshed);
    await expect(refresh()).resolves.toEqual(refreshed);
    expect(presentedAtMs[1]! - presentedAtMs[0]!).toBeGreaterThanOrEqual(5_000);
  });

  it('never sleeps a pause that is longer than the time there is', async () => {
    answering(unavailable({ retryAfterSeconds: 8 }));
    const outcome = exchange.refresh(request);
    await jest.advanceTimersByTimeAsync(0);
    await expect(outcome).resolves.toEqual(unavailable({ retryAfterSeconds: 8 }));
    expect(presentedAtMs).toHaveLength(1);
  });

  it('has one time limit over all attempts', async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      return unavailable();
    };
    answers = [slow];
    const outcome = exchange.refresh(request, { limitMs: 5_400 });
    await jest.advanceTimersByTimeAsync(5_000);
    await expect(outcome).resolves.toEqual(unavailable());
    expect(presentedAtMs).toHaveLength(1);
  });

  it.each([
    ['a dead grant', rejected('INVALID_REFRESH_TOKEN', 'invalid_grant'), 1],
    ['a rejected client', rejected('INVALID_CLIENT', 'invalid_client'), 1],
    ['a request that was not understood', rejected('INVALID_REQUEST', 'invalid_request'), 2],
    ['an unforeseen answer', unavailable({ errorCode: 'UNKNOWN_ERROR', reason: 'unknown_error_code' }), 1],
    ['a lost connection', unavailable({ errorCode: 'NETWORK_ERROR', reason: 'connection_reset' }), 3],
  ])('for %s', async (_what, outcome, times) => {
    answering(outcome);
    await expect(refresh()).resolves.toEqual(outcome);
    expect(presentedAtMs).toHaveLength(times);
  });

  it.each([
    ['a server error', unavailable(), 1],
    ['a lost connection', unavailable({ errorCode: 'NETWORK_ERROR', reason: 'connection_reset' }), 1],
    ['a request that was not understood', rejected('INVALID_REQUEST', 'invalid_request'), 1],
    ['a connection that was refused', refused, 3],
  ])('presents a single-use token again after %s only if it was not sent', async (_what, outcome, times) => {
    answering(outcome);
    await expect(refresh({ singleUse: true })).resolves.toEqual(outcome);
    expect(presentedAtMs).toHaveLength(times);
  });

  it('says that nothing was sent only if no attempt was', async () => {
    answering(unavailable(), refused);
    await expect(refresh()).resolves.toEqual({ ...refused, provablyNotSent: false });
  });
});

describe('an attempt', () => {
  it('is joined while it runs, and answered again when it has ended', async () => {
    answering(unavailable(), refreshed);
    const [first, second] = await Promise.all([refresh(), refresh()]);
    expect(first).toBe(second);
    await expect(refresh()).resolves.toBe(first);
    expect(presentedAtMs).toHaveLength(2);
  });

  it('can be asked for: while it runs, for ten minutes, and not any more', async () => {
    answering(refreshed);
    await expect(exchange.recall('attempt-1')).resolves.toEqual({ status: 'unknown' });
    const running = exchange.refresh(request);
    await expect(exchange.recall('attempt-1')).resolves.toEqual({ status: 'running' });
    const outcome = await running;
    await jest.advanceTimersByTimeAsync(599_000);
    await expect(exchange.recall('attempt-1')).resolves.toEqual({ status: 'settled', outcome });
    await jest.advanceTimersByTimeAsync(2_000);
    await expect(exchange.recall('attempt-1')).resolves.toEqual({ status: 'unknown' });
  });

  it('stands for one token only', async () => {
    answering(refreshed);
    await refresh();
    await expect(exchange.refresh({ ...request, refreshToken: 'another' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('is forgotten when it broke off, so that it may begin again', async () => {
    answers = [async () => Promise.reject(new Error('a slip')), async () => refreshed];
    await expect(exchange.refresh(request)).rejects.toThrow('a slip');
    await expect(refresh()).resolves.toEqual(refreshed);
  });

  it('is waited for by a shutdown', async () => {
    answering(unavailable(), refreshed);
    const outcome = exchange.refresh(request);
    let drained = false;
    void attempts.drained().then(() => (drained = true));
    await jest.advanceTimersByTimeAsync(0);
    expect(drained).toBe(false);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(drained).toBe(true);
    await expect(outcome).resolves.toEqual(refreshed);
  });
});

it('has no second opinion to offer', async () => {
  await expect(exchange.confirm()).resolves.toMatchObject({ status: 'unavailable', reason: 'no_other_path' });
});

describe('a provider that does not answer', () => {
  const attempt = (n: number, changes: Partial<RefreshRequest> = {}) =>
    refresh({ attemptId: `breaker-${n}`, ...changes });

  it('is left alone after ten refreshes in a row, tried by one after five seconds, and used again', async () => {
    answers = [async () => unavailable({ reason: 'refused', provablyNotSent: true })];
    const failing = Array.from({ length: 10 }, (_, n) =>
      exchange.refresh({ ...request, attemptId: `breaker-${n}` }),
    );
    // All three attempts of each, and not yet five seconds more.
    await jest.advanceTimersByTimeAsync(3_000);
    await Promise.all(failing);
    const asked = presentedAtMs.length;
    const skipped = exchange.refresh({ ...request, attemptId: 'breaker-skipped' });
    await expect(skipped).resolves.toMatchObject({ reason: 'provider_breaker_open', provablyNotSent: true });
    expect(presentedAtMs).toHaveLength(asked);
    await jest.advanceTimersByTimeAsync(10_000);
    answers = [async () => refreshed];
    expect(await attempt(11)).toMatchObject({ status: 'refreshed' });
    expect(await attempt(12)).toMatchObject({ status: 'refreshed' });
  });

  it('is asked for another client all the same', async () => {
    answers = [async () => unavailable({ reason: 'http_503' })];
    for (let n = 0; n < 10; n += 1) await attempt(n);
    answers = [async () => refreshed];
    const other = { clientId: 'another', clientSecret: 'secret' };
    expect(await attempt(11, { client: other })).toMatchObject({ status: 'refreshed' });
  });

  it('answers when it gives verdicts, and when it sends Retry-After', async () => {
    answers = [async () => unavailable({ reason: 'http_429', retryAfterSeconds: 60 })];
    for (let n = 0; n < 10; n += 1) await attempt(n);
    expect(await attempt(11)).toMatchObject({ reason: 'http_429' });
  });
});

describe('an error code that no table lists', () => {
  const unlisted = (code: string) => unavailable({ reason: code, isUnlisted: true });
  const counted = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('evergrant_oauth_unlisted'));

  it('is asked for once, counted by its name, and shuts the provider to none of its callers', async () => {
    answering(unlisted('user_suspended'));
    for (let n = 0; n < 12; n += 1)
      expect(await refresh({ attemptId: `unlisted-${n}` })).toMatchObject({ reason: 'user_suspended' });
    expect(presentedAtMs).toHaveLength(12);
    expect(await counted()).toEqual([
      'evergrant_oauth_unlisted_codes_total{provider="google",code="other"} 0',
      'evergrant_oauth_unlisted_codes_total{provider="google",code="user_suspended"} 12',
    ]);
  });

  it('has no name in the metric once too many have one', async () => {
    for (let n = 0; n < 60; n += 1) {
      answering(unlisted(`code_${n}`));
      await refresh({ attemptId: `unlisted-${n}` });
    }
    expect(await counted()).toHaveLength(51);
    expect(await counted()).toContain(
      'evergrant_oauth_unlisted_codes_total{provider="google",code="other"} 10',
    );
  });
});
