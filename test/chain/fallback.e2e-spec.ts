import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { ChainStage } from './chain-stage.js';
import type { WireFault } from '../harness/oauth/service-wire.js';

function json(body: unknown, status = 200): WireFault {
  return {
    kind: 'answer',
    status,
    body: JSON.stringify(body),
  };
}

function html(status: number): WireFault {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>Bad gateway</title></html>',
  };
}

const deadGrant = { error: 'invalid_grant', errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true };

/** All that is not our service, or not in a state to serve, and what it is called. */
const brokenServices: [string, WireFault, string][] = [
  ['hangs', { kind: 'hang' }, 'oauth_service_deadline_exceeded'],
  ['resets the connection', { kind: 'reset' }, 'oauth_service_connection_reset'],
  ['answers 401 to our secret', json({ error: 'unauthorized' }, 401), 'oauth_service_http_401'],
  ['answers 404', html(404), 'oauth_service_http_404'],
  ['answers an HTML page', html(200), 'oauth_service_malformed_response'],
  ['answers an HTML error', html(502), 'oauth_service_http_502'],
  [
    'answers an error of its own',
    json({ error: 'server_error', upstream: false }, 500),
    'oauth_service_http_500',
  ],
  ['answers nonsense', json({ hello: 'world' }), 'oauth_service_malformed_response'],
  ['answers a token without its life', json({ access_token: 'x' }), 'oauth_service_malformed_response'],
  [
    'redirects elsewhere',
    { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
    'oauth_service_http_302',
  ],
  ['gives a verdict that is not upstream’s', json(deadGrant, 400), 'oauth_service_http_400'],
  [
    'gives a verdict that is unknown to OAuth',
    json({ ...deadGrant, upstream: true, errorCode: 'GRANT_IS_BORING', reason: 'x' }, 400),
    'oauth_service_http_400',
  ],
  [
    'gives a verdict under the status of a success',
    json({ ...deadGrant, upstream: true, reason: 'invalid_grant' }),
    'oauth_service_malformed_response',
  ],
];

describe('while the OAuth service', () => {
  let stage: ChainStage;
  // A stage for each, so that the breaker of one does not speak in the next.
  beforeEach(async () => void (stage = await ChainStage.start({ timeoutMs: 1_200 })));
  afterEach(() => stage.stop());

  it('is well, a refresh goes through it', async () => {
    const request = await stage.grant();
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'oauth-service',
      tokens: { tokenType: 'Bearer', expiresInSeconds: 3599, refreshToken: null },
    });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
    expect(stage.fallbacks).toEqual([]);
    expect(stage.outcomes).toEqual([
      {
        operation: 'refresh',
        path: 'oauth-service',
        status: 'refreshed',
        errorCode: null,
        reason: null,
        durationMs: expect.any(Number),
      },
    ]);
    await expect(stage.status.isUp()).resolves.toBe(true);
  });

  it.each(brokenServices)(
    '%s before it has proved to be ours, nothing is sent, and even a single-use token is refreshed directly',
    async (_what, fault, reason) => {
      for (const method of ['GET', 'POST']) stage.wire.cut(fault, { method });
      const request = await stage.grant({ singleUse: true });
      await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
        status: 'refreshed',
        path: 'direct',
      });
      expect(new Set(stage.wire.seen)).toEqual(new Set(['GET /hello']));
      expect(stage.fallbacks).toEqual([reason]);
    },
  );

  it.each(brokenServices)('%s, a refresh succeeds directly, and is counted', async (_what, fault, reason) => {
    stage.wire.cutTokens(fault);
    const request = await stage.grant();
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'direct',
    });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
    expect(stage.wire.posts()).toBeGreaterThan(0);
    expect(stage.fallbacks).toEqual([reason]);
  });

  it('is dead, a refresh succeeds directly', async () => {
    await stage.wire.close();
    const request = await stage.grant({ singleUse: true });
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'direct',
    });
    expect(stage.fallbacks).toEqual(['oauth_service_connection_refused']);
    await expect(stage.status.isUp()).resolves.toBe(false);
  });

  it('fails for a moment, it is asked again under the same key', async () => {
    stage.wire.cut({ kind: 'reset-after' }, { times: 1 });
    const request = await stage.grant();
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'oauth-service',
    });
    expect(stage.wire.posts()).toBe(2);
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
  });
});

it('goes directly, whatever the token, when the service knows another secret, which neither is told', async () => {
  const stage = await ChainStage.start({ secret: 'an-old-secret-that-was-not-rotated-0123' });
  try {
    const request = await stage.grant({ singleUse: true });
    await expect(stage.exchange.refresh(request)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'direct',
    });
    expect(stage.fallbacks).toEqual(['oauth_service_http_401']);
    expect(stage.wire.seen).toEqual(['GET /hello']);
    await expect(stage.status.hello()).resolves.toMatchObject({ variable: 'OAUTH_SERVICE_TOKEN' });
  } finally {
    await stage.stop();
  }
});

describe('the breaker', () => {
  let stage: ChainStage;
  const refresh = async () => stage.exchange.refresh(await stage.grant());
  beforeAll(async () => {
    stage = await ChainStage.start();
    // They go as ever, until the breaker's ten seconds are passed by hand.
    jest.useFakeTimers({
      advanceTimers: true,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
      ],
    });
  });
  afterAll(async () => {
    jest.useRealTimers();
    await stage.stop();
  });

  it('does not count failures of the provider', async () => {
    const request = await stage.grant();
    await stage.google.addFault({
      target: 'token',
      match: { account: request.account },
      fault: { kind: 'error', status: 503, body: {}, headers: { 'retry-after': '60' } },
    });
    for (let n = 0; n < 6; n += 1) {
      await stage.exchange.refresh({ ...request, attemptId: `attempt-${n}` });
    }
    expect(stage.status.breaker).toBe('closed');
  });

  it('opens after five failures of the service, which then is not asked at all', async () => {
    for (const method of ['GET', 'POST']) stage.wire.cut(html(404), { method });
    for (let n = 0; n < 5; n += 1) await refresh();
    expect(stage.status.breaker).toBe('open');
    stage.wire.seen.length = 0;
    await expect(refresh()).resolves.toMatchObject({ status: 'refreshed', path: 'direct' });
    expect(stage.wire.seen).toEqual([]);
    expect(stage.fallbacks.at(-1)).toBe('oauth_service_breaker_open');
  });

  it('has the service tried by a cheap request after ten seconds, and stays open when that fails', async () => {
    stage.wire.seen.length = 0;
    const tried = stage.wire.passed('GET');
    jest.advanceTimersByTime(10_200);
    await tried;
    await until('the trial has failed', () => stage.status.breaker === 'open');
    await refresh();
    expect(stage.wire.seen).toEqual(['GET /hello']);
  });

  it('closes by itself when the service answers again', async () => {
    stage.wire.mend();
    jest.advanceTimersByTime(10_200);
    await until('the trial went well', () => stage.status.breaker === 'closed');
    await expect(refresh()).resolves.toMatchObject({ path: 'oauth-service' });
  });
});
