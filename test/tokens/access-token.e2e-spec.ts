import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultRuleInput } from '../../sandbox/index.js';
import { accessToken, refresh } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { invalidGrant } from '../harness/oauth/token-faults.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

describe('GET /access-token', () => {
  it('serves from the database first and from memory then, without asking Google', async () => {
    const { id, account } = await newMailbox(app);
    const first = await accessToken(app, id);
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.body).toMatchObject({
      tokenType: 'Bearer',
      source: 'database',
      stale: false,
      errorCode: null,
    });
    expect(first.body.scope).toContain('gmail.readonly');
    const second = await accessToken(app, id);
    expect(second.body).toEqual({ ...first.body, source: 'cache' });
    expect(await refreshesAtGoogle(app, account)).toBe(0);
  });

  it('keeps no token in memory for more than a minute', async () => {
    const { id } = await newMailbox(app);
    await accessToken(app, id);
    await app.advance(61);
    expect((await accessToken(app, id)).body.source).toBe('database');
  });

  it('refreshes an expired token', async () => {
    const { id } = await newMailbox(app);
    const before = await accessToken(app, id);
    await app.advance(3600);
    const after = await accessToken(app, id);
    expect(after.body).toMatchObject({ source: 'direct', stale: false });
    expect(after.body.accessToken).not.toBe(before.body.accessToken);
  });

  it('refreshes once for any number of callers', async () => {
    const { id, account } = await newMailbox(app);
    await app.advance(3600);
    const answers = await Promise.all(Array.from({ length: 50 }, () => accessToken(app, id)));
    expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(1);
    expect(await refreshesAtGoogle(app, account)).toBe(1);
  });

  it('inside the buffer serves what lives long enough, and refreshes behind the caller', async () => {
    const { id, account } = await newMailbox(app);
    const before = await accessToken(app, id);
    await app.advance(3599 - 200);
    await app.google.addFault({ target: 'token', match: { account }, fault: { kind: 'hold' } });
    const served = await accessToken(app, id, { query: '?minTtlSeconds=60' });
    expect(served.body).toMatchObject({ accessToken: before.body.accessToken, stale: false });
    await app.google.heldRequests({ atLeast: 1 });
    await app.google.clearFaults();
    await app.google.release();
    const refreshed = await accessToken(app, id, { query: '?minTtlSeconds=250' });
    expect(refreshed.body.accessToken).not.toBe(before.body.accessToken);
    expect(await refreshesAtGoogle(app, account)).toBe(1);
  });

  it('carries a refresh to its end though its caller hangs up and the process is told to stop', async () => {
    const { id, account } = await newMailbox(app);
    const replica = await TestApp.start({}, { beside: app });
    await app.advance(3600);
    await app.google.addFault({ target: 'token', match: { account }, fault: { kind: 'hold' } });
    const hangUp = new AbortController();
    const abandoned = fetch(`${replica.url}/api/instances/${id}/access-token`, {
      headers: { authorization: `Bearer ${adminApiKey}` },
      signal: hangUp.signal,
    });
    await app.google.heldRequests({ atLeast: 1 });
    hangUp.abort();
    await expect(abandoned).rejects.toThrow();
    const stopped = replica.stop();
    await app.google.release();
    await stopped;
    expect((await accessToken(app, id)).body).toMatchObject({ source: 'database', stale: false });
    expect(await refreshesAtGoogle(app, account)).toBe(1);
  });

  it('adopts a refresh token that Google rotates', async () => {
    const { id } = await newMailbox(app);
    await app.google.configure({ rotation: 'rotate-and-revoke-family' });
    for (let round = 0; round < 3; round += 1) {
      expect((await refresh(app, id)).body).toMatchObject({ source: 'direct', stale: false });
    }
    await app.google.configure({ rotation: 'none' });
  });

  it.each(['abc', '-1', '3601'])('refuses minTtlSeconds=%s and names it', async (value) => {
    const { id } = await newMailbox(app);
    const { status, body } = await app.api('GET', `/api/instances/${id}/access-token?minTtlSeconds=${value}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'minTtlSeconds' });
  });

  it('answers OAUTH_FLOW_REQUIRED before the first consent', async () => {
    const { id } = await app.createInstance();
    const { status, body } = await accessToken(app, id);
    expect(status).toBe(400);
    expect(body).toEqual({
      error: expect.any(String),
      instanceId: id,
      errorCode: 'OAUTH_FLOW_REQUIRED',
      requiresReauth: true,
    });
  });
});

describe('a refresh that does not succeed', () => {
  const faults: [string, FaultRuleInput['fault'], string][] = [
    ['503', { kind: 'error', status: 503, body: {} }, 'SERVICE_UNAVAILABLE'],
    ['429', { kind: 'error', status: 429, body: { error: 'rate_limit_exceeded' } }, 'SERVICE_UNAVAILABLE'],
    [
      '503 that says invalid_grant',
      { kind: 'error', status: 503, body: { error: 'invalid_grant' } },
      'SERVICE_UNAVAILABLE',
    ],
    [
      '403 HTML',
      { kind: 'html', status: 403, body: '<html>automated queries</html>' },
      'SERVICE_UNAVAILABLE',
    ],
    ['a 200 that is no JSON', { kind: 'non-json' }, 'SERVICE_UNAVAILABLE'],
    ['an empty 200', { kind: 'empty' }, 'SERVICE_UNAVAILABLE'],
    ['a 200 without access_token', { kind: 'patch', remove: ['access_token'] }, 'SERVICE_UNAVAILABLE'],
    ['a 200 with expires_in 0', { kind: 'patch', set: { expires_in: 0 } }, 'SERVICE_UNAVAILABLE'],
    ['a cut connection', { kind: 'reset' }, 'NETWORK_ERROR'],
    [
      'an unknown error code',
      { kind: 'error', status: 400, body: { error: 'brand_new_error' } },
      'SERVICE_UNAVAILABLE',
    ],
    [
      '401 invalid_client',
      { kind: 'error', status: 401, body: { error: 'invalid_client' } },
      'DEPLOYMENT_CLIENT_REJECTED',
    ],
  ];

  it.each(faults)(
    'because of %s serves a token with life left, as stale',
    async (_case, fault, errorCode) => {
      const { id, account } = await newMailbox(app);
      const before = await accessToken(app, id);
      await app.advance(3500);
      await app.google.addFault({ target: 'token', match: { account }, fault });
      const { status, body } = await accessToken(app, id, { query: '?minTtlSeconds=120' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ accessToken: before.body.accessToken, stale: true, errorCode });
    },
  );

  it.each(faults)(
    'because of %s never asks a person to sign in again, and heals by itself',
    async (_case, fault, errorCode) => {
      const { id, account } = await newMailbox(app);
      await app.advance(3600);
      await app.google.addFault({ target: 'token', match: { account }, fault });
      const { status, headers, body } = await accessToken(app, id);
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body).toMatchObject({ instanceId: id, errorCode, requiresReauth: false });
      expect((await app.api('GET', `/api/instances/${id}`)).body).toMatchObject({ requiresReauth: false });
      await app.google.clearFaults();
      expect((await accessToken(app, id)).body).toMatchObject({
        source: 'direct',
        stale: false,
        errorCode: null,
      });
    },
  );

  it('because Google says invalid_grant asks for re-authentication, keeps the tokens, and heals if Google takes it back', async () => {
    const { id, account } = await newMailbox(app);
    await app.advance(3600);
    await app.google.addFault({
      target: 'token',
      match: { account },
      fault: invalidGrant('invalid_rapt'),
    });
    const dead = await accessToken(app, id);
    expect(dead.status).toBe(401);
    expect(dead.body).toEqual({
      error: 'Token refresh failed - please re-authenticate',
      instanceId: id,
      errorCode: 'INVALID_REFRESH_TOKEN',
      requiresReauth: true,
      reason: 'invalid_rapt',
    });
    expect((await accessToken(app, id)).status).toBe(401);
    expect(await refreshesAtGoogle(app, account)).toBe(1);
    expect((await app.api('GET', `/api/instances/${id}`)).body).toMatchObject({
      requiresReauth: true,
      errorCode: 'INVALID_REFRESH_TOKEN',
    });

    await app.google.clearFaults();
    await app.advance(60);
    expect((await accessToken(app, id)).body).toMatchObject({ source: 'direct', stale: false });
  });

  it('because the grant was revoked ends with a reconnect', async () => {
    const { id, account } = await newMailbox(app);
    await app.google.revokeGrants({ account });
    await app.advance(3600);
    expect((await accessToken(app, id)).body).toMatchObject({
      errorCode: 'INVALID_REFRESH_TOKEN',
      requiresReauth: true,
    });
    const end = await app.connect(id, { account });
    expect(end.searchParams.get('connected')).toBe(id);
    expect((await accessToken(app, id)).body).toMatchObject({ stale: false, errorCode: null });
  });
});

describe('POST /refresh', () => {
  it('asks Google though the token is fresh, and shows no token', async () => {
    const { id, account } = await newMailbox(app);
    const before = await accessToken(app, id);
    const { status, body } = await refresh(app, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ tokenType: 'Bearer', source: 'direct', stale: false });
    expect(body).not.toHaveProperty('accessToken');
    expect(await refreshesAtGoogle(app, account)).toBe(1);
    expect((await accessToken(app, id)).body.accessToken).not.toBe(before.body.accessToken);
  });

  it('with a rejected token never serves that one again, and asks Google only once', async () => {
    const { id, account } = await newMailbox(app);
    const { accessToken: rejectedToken } = (await accessToken(app, id)).body;
    expect((await refresh(app, id, { rejectedToken })).body.source).toBe('direct');
    expect((await refresh(app, id, { rejectedToken })).body.source).toBe('cache');
    expect(await refreshesAtGoogle(app, account)).toBe(1);
  });

  it('says stale when Google cannot be reached and the token still lives', async () => {
    const { id, account } = await newMailbox(app);
    await app.google.addFault({ target: 'token', match: { account }, fault: { kind: 'reset' } });
    const { status, body } = await refresh(app, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ stale: true, errorCode: 'NETWORK_ERROR' });
  });

  it('is limited per credential', async () => {
    const { id, account } = await newMailbox(app);
    const other = await newMailbox(app);
    for (let round = 0; round < 30; round += 1) expect((await refresh(app, id)).status).toBe(200);
    const limited = await refresh(app, id);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(limited.body).toMatchObject({ errorCode: 'RATE_LIMITED', requiresReauth: false });
    expect(await refreshesAtGoogle(app, account)).toBe(30);
    expect((await refresh(app, other.id)).status).toBe(200);
    await app.advance(61);
    expect((await refresh(app, id)).status).toBe(200);
  });
});
