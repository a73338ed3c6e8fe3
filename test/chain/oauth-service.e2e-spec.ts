import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HelloMac, type RefreshRequest } from '../../src/oauth/index.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { oauthServiceToken } from '../harness/oauth/oauth-service.js';
import { ChainStage } from './chain-stage.js';

let stage: ChainStage;
let url: string;
beforeAll(async () => {
  stage = await ChainStage.start();
  url = await stage.serviceUrl();
});
afterAll(() => stage.stop());
afterEach(() => stage.reset());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${oauthServiceToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

function inputOf({ provider, refreshToken, client }: RefreshRequest) {
  return {
    provider,
    refreshToken,
    ...client,
  };
}

function refresh(input: unknown, key: string = randomUUID()) {
  return call('POST', '/token/refresh', input, { 'idempotency-key': key });
}

describe('POST /token/refresh', () => {
  it('answers a token response as RFC 6749 writes it', async () => {
    const { status, headers, body } = await refresh(inputOf(await stage.grant()));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3599,
      scope: expect.stringContaining('gmail.readonly'),
    });
  });

  it('asks for fewer scopes when it is told to', async () => {
    const { body } = await refresh({ ...inputOf(await stage.grant()), scopes: ['openid'] });
    expect(body.scope).toBe('openid');
  });

  it('hands on a new refresh token', async () => {
    await stage.google.configure({ rotation: 'rotate' });
    const { body } = await refresh(inputOf(await stage.grant()));
    expect(body.refresh_token).toEqual(expect.any(String));
  });

  it('presents a token once for one key: to those who ask together, and to who asks again', async () => {
    await stage.google.configure({ rotation: 'rotate-and-revoke-family' });
    const request = await stage.grant();
    const key = randomUUID();
    const input = { ...inputOf(request), singleUse: true };
    const together = await Promise.all([refresh(input, key), refresh(input, key)]);
    const later = await refresh(input, key);
    expect(new Set([...together, later].map(({ body }) => body.access_token)).size).toBe(1);
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
    expect(await liveGrants(stage, request.account)).toBe(1);
  });

  it('refuses a key that was used for another token', async () => {
    const key = randomUUID();
    await refresh(inputOf(await stage.grant()), key);
    const second = await refresh(inputOf(await stage.grant()), key);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ errorCode: 'CONFLICT', upstream: false, provablyNotSent: true });
  });

  it('hands on a verdict in the words of RFC 6749', async () => {
    const request = await stage.grant();
    await stage.google.revokeGrants({ account: request.account });
    const { status, body } = await refresh(inputOf(request));
    expect(status).toBe(400);
    expect(Object.keys(body).slice(0, 4)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
    expect(body).toEqual({
      error: 'invalid_grant',
      instanceId: null,
      errorCode: 'INVALID_REFRESH_TOKEN',
      requiresReauth: true,
      error_description: 'Token refresh failed - please re-authenticate',
      upstream: true,
      reason: 'invalid_grant',
    });
  });

  it('says that it was the provider who failed, and how long that asks to wait', async () => {
    const request = await stage.grant();
    await stage.google.addFault({
      target: 'token',
      match: { account: request.account },
      fault: { kind: 'error', status: 429, body: {}, headers: { 'retry-after': '120' } },
    });
    const { status, headers, body } = await refresh(inputOf(request));
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('120');
    expect(body).toMatchObject({
      error: 'temporarily_unavailable',
      errorCode: 'SERVICE_UNAVAILABLE',
      requiresReauth: false,
      upstream: true,
      reason: 'http_429',
      retryAfterSeconds: 120,
      provablyNotSent: false,
    });
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
  });

  it('requires an Idempotency-Key', async () => {
    const { status, body } = await call('POST', '/token/refresh', inputOf(await stage.grant()));
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'invalid_request', field: 'Idempotency-Key', upstream: false });
  });

  it.each([
    ['provider', { provider: 'elsewhere' }],
    ['refreshToken', { refreshToken: '' }],
    ['refreshToken', { refreshToken: 'canary\nline' }],
    ['clientId', { clientId: 7 }],
    ['clientSecret', { clientSecret: undefined }],
    ['scopes.0', { scopes: ['two words'] }],
    ['scopes', { scopes: [] }],
    ['singleUse', { singleUse: 'yes' }],
    ['canary', { canary: true }],
  ])('names the field %s that is wrong', async (field, change) => {
    const { status, body } = await refresh({ ...inputOf(await stage.grant()), ...change });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: 'invalid_request',
      instanceId: null,
      errorCode: 'VALIDATION_FAILED',
      requiresReauth: false,
      upstream: false,
      field,
    });
  });
});

describe('GET /token/refresh/:attemptId', () => {
  it('tells the outcome of an attempt whose caller hung up', async () => {
    const request = await stage.grant();
    const key = randomUUID();
    await stage.google.addFault({
      target: 'token',
      match: { account: request.account },
      fault: { kind: 'hold' },
    });
    const hangUp = new AbortController();
    const abandoned = fetch(`${url}/token/refresh`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${oauthServiceToken}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(inputOf(request)),
      signal: hangUp.signal,
    });
    await stage.google.heldRequests({ atLeast: 1 });
    hangUp.abort();
    await expect(abandoned).rejects.toThrow();
    expect(await call('GET', `/token/refresh/${key}`)).toMatchObject({
      status: 202,
      body: { status: 'running' },
    });
    await stage.google.release();
    // Joining waits for the end without asking for another.
    const joined = await refresh(inputOf(request), key);
    const recalled = await call('GET', `/token/refresh/${key}`);
    expect(recalled).toMatchObject({ status: 200, body: { status: 'settled', outcome: joined.body } });
    expect(recalled.headers.get('cache-control')).toBe('no-store');
    expect(await refreshesAtGoogle(stage, request.account)).toBe(1);
  });

  it('does not know an attempt that never was', async () => {
    const { status, body } = await call('GET', `/token/refresh/${randomUUID()}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ errorCode: 'NOT_FOUND', reason: 'attempt_unknown', requiresReauth: false });
  });
});

describe('POST /token/exchange', () => {
  it('redeems a code once', async () => {
    const { client, ...grant } = await stage.code();
    const first = await call('POST', '/token/exchange', { ...grant, ...client });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) });
    const second = await call('POST', '/token/exchange', { ...grant, ...client });
    expect(second).toMatchObject({ status: 400, body: { error: 'invalid_grant', upstream: true } });
  });

  it('answers 401 with the upstream’s verdict when the client is wrong', async () => {
    const { client, ...grant } = await stage.code();
    const { status, body } = await call('POST', '/token/exchange', {
      ...grant,
      ...client,
      clientSecret: 'wrong',
    });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: 'invalid_client', errorCode: 'INVALID_CLIENT', upstream: true });
  });

  it.each([
    ['codeVerifier', 'too-short'],
    ['redirectUri', 'nowhere'],
  ])('names the field %s that is wrong', async (field, value) => {
    const { client, ...grant } = await stage.code();
    const { status, body } = await call('POST', '/token/exchange', { ...grant, ...client, [field]: value });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field });
  });
});

describe('the OAuth service', () => {
  it('never makes tokens of client credentials alone', async () => {
    const { status, body } = await call('POST', '/credentials/exchange', {
      clientId: 'a',
      clientSecret: 'b',
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'OAUTH_FLOW_REQUIRED', requiresReauth: true, upstream: false });
  });

  it('lists its providers', async () => {
    expect(await call('GET', '/providers')).toMatchObject({ status: 200, body: { providers: ['google'] } });
  });

  it('proves to be ours to who proves the same, and sends the proof to no other', async () => {
    const mac = new HelloMac(oauthServiceToken);
    const challenge = 'c'.repeat(43);
    const hello = (authorization: string) => call('GET', '/hello', undefined, { authorization });
    expect(await hello(mac.authorization(challenge))).toMatchObject({
      status: 200,
      body: { proof: mac.proof(challenge) },
    });
    const strangers = new HelloMac('another-token-0123456789abcdef0123456');
    expect(await hello(strangers.authorization(challenge))).toMatchObject({
      status: 401,
      body: { errorCode: 'UNAUTHENTICATED', upstream: false },
    });
  });

  it('tells without a token that it is alive', async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it.each([
    ['POST', '/token/refresh'],
    ['POST', '/token/exchange'],
    ['GET', '/token/refresh/some-attempt'],
    ['GET', '/providers'],
    ['GET', '/hello'],
    ['POST', '/credentials/exchange'],
  ])('answers %s %s only to those who hold the secret', async (method, path) => {
    for (const authorization of ['', 'Bearer wrong', oauthServiceToken]) {
      const { status, headers, body } = await call(method, path, undefined, { authorization });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(
        authorization === '' ? /^Bearer$/ : /^Bearer error="invalid_token", error_description="[^"]+"$/,
      );
      expect(body).toMatchObject({ error: 'invalid_token', errorCode: 'UNAUTHENTICATED', upstream: false });
    }
  });

  it('writes no secret into its log', async () => {
    const request = await stage.grant();
    const { body } = await refresh(inputOf(request));
    await refresh({ ...inputOf(request), canary: 'x' });
    const secrets = [
      request.refreshToken,
      request.client.clientSecret,
      oauthServiceToken,
      String(body.access_token),
    ];
    const log = stage.log.join('');
    expect(log).toContain('Refresh answered');
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});

it('finishes what runs when it is told to stop, and begins nothing new', async () => {
  const leaving = await ChainStage.start();
  try {
    const request = await leaving.grant();
    await leaving.google.addFault({ target: 'token', match: {}, fault: { kind: 'hold' }, times: 1 });
    const running = leaving.exchange.refresh(request);
    await leaving.google.heldRequests({ atLeast: 1 });
    const stopped = leaving.stopService();
    const other = await leaving.grant({ singleUse: true });
    await expect(leaving.exchange.refresh(other)).resolves.toMatchObject({
      status: 'refreshed',
      path: 'direct',
    });
    expect(leaving.fallbacks).toEqual(['oauth_service_http_503']);
    await leaving.google.release();
    await expect(running).resolves.toMatchObject({ status: 'refreshed', path: 'oauth-service' });
    await stopped;
  } finally {
    await leaving.stop();
  }
});
