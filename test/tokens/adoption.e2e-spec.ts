import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { passConsent } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { ServiceWire } from '../harness/oauth/service-wire.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

const broughtClient = { clientId: '300000000003-brought.apps.sandbox.test', clientSecret: 'brought-secret' };
const elsewhere = 'https://elsewhere.example.com/callback';
const gmailReadonly = 'https://www.googleapis.com/auth/gmail.readonly';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.google.registerClient({ ...broughtClient, redirectUris: [elsewhere] });
});
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

/** Gets a refresh token the way another application would have: by its own consent under its own client. */
async function tokenFromElsewhere(account: string, scope: string, at = app): Promise<string> {
  await at.google.addAccount({ email: account });
  const codeVerifier = randomBytes(32).toString('base64url');
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(codeVerifier));
  const authorization = new URL(at.environment.GOOGLE_AUTH_URL);
  authorization.search = new URLSearchParams({
    client_id: broughtClient.clientId,
    redirect_uri: elsewhere,
    response_type: 'code',
    access_type: 'offline',
    scope,
    state: 'x',
    code_challenge: Buffer.from(digest).toString('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const answer = new URL(await passConsent(authorization.href, { account }));
  const response = await fetch(at.environment.GOOGLE_TOKEN_URL, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: answer.searchParams.get('code')!,
      code_verifier: codeVerifier,
      redirect_uri: elsewhere,
      client_id: broughtClient.clientId,
      client_secret: broughtClient.clientSecret,
    }),
  });
  return ((await response.json()) as { refresh_token: string }).refresh_token;
}

function adopt(id: string, body: unknown) {
  return app.api('PUT', `/api/instances/${id}/credentials`, body);
}

async function expectNothingStored(id: string): Promise<void> {
  expect((await app.api('GET', `/api/instances/${id}`)).body).toMatchObject({
    oauthStatus: 'pending',
    email: null,
  });
}

describe('PUT /credentials', () => {
  it('adopts a refresh token by refreshing it once, under the client that comes with it', async () => {
    const refreshToken = await tokenFromElsewhere('adopted@sandbox.test', `openid email ${gmailReadonly}`);
    const { id } = await app.createInstance();
    const { status, body } = await adopt(id, { refreshToken, ...broughtClient });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      email: 'adopted@sandbox.test',
      oauthStatus: 'completed',
      requiresReauth: false,
      errorCode: null,
    });
    await app.advance(3600);
    const token = await accessToken(app, id);
    expect(token.body).toMatchObject({ source: 'direct', stale: false });
  });

  it('asks the mailbox for its address when the token has no identity scope', async () => {
    const refreshToken = await tokenFromElsewhere('bare@sandbox.test', gmailReadonly);
    const { id } = await app.createInstance();
    const { status, body } = await adopt(id, { refreshToken, ...broughtClient });
    expect(status).toBe(200);
    expect(body).toMatchObject({ email: 'bare@sandbox.test', oauthStatus: 'completed' });
  });

  it('answers OAUTH_FLOW_REQUIRED without a refresh token: a client alone yields no user’s token', async () => {
    const { id } = await app.createInstance();
    for (const input of [{}, broughtClient]) {
      const { status, body } = await adopt(id, input);
      expect(status).toBe(400);
      expect(body).toMatchObject({ instanceId: id, errorCode: 'OAUTH_FLOW_REQUIRED', requiresReauth: true });
    }
    await expectNothingStored(id);
  });

  it('refuses a token that Google does not know, and stores nothing', async () => {
    const { id } = await app.createInstance();
    const { status, body } = await adopt(id, { refreshToken: '1//unknown', ...broughtClient });
    expect(status).toBe(401);
    expect(body).toMatchObject({ instanceId: id, errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true });
    await expectNothingStored(id);
  });

  it('refuses a wrong client secret as the client’s fault, and stores nothing', async () => {
    const refreshToken = await tokenFromElsewhere('wrong-client@sandbox.test', gmailReadonly);
    const { id } = await app.createInstance();
    const { status, body } = await adopt(id, { refreshToken, ...broughtClient, clientSecret: 'wrong' });
    expect(status).toBe(401);
    expect(body).toMatchObject({ instanceId: id, errorCode: 'INVALID_CLIENT', requiresReauth: true });
    await expectNothingStored(id);
  });

  it('refuses a token whose scopes do not open the mailbox', async () => {
    const refreshToken = await tokenFromElsewhere('narrow@sandbox.test', 'openid email');
    const { id } = await app.createInstance();
    const { status, body } = await adopt(id, { refreshToken, ...broughtClient });
    expect(status).toBe(403);
    expect(body).toMatchObject({ instanceId: id, errorCode: 'INSUFFICIENT_SCOPE', requiresReauth: true });
    await expectNothingStored(id);
  });

  it('refuses another account on a connected instance, which stays connected', async () => {
    const { id } = await app.connectedInstance({ account: 'demo@sandbox.test' });
    const refreshToken = await tokenFromElsewhere('intruder@sandbox.test', `openid email ${gmailReadonly}`);
    const { status, body } = await adopt(id, { refreshToken, ...broughtClient });
    expect(status).toBe(409);
    expect(body).toMatchObject({ instanceId: id, errorCode: 'ACCOUNT_MISMATCH', requiresReauth: false });
    const { body: instance } = await app.api('GET', `/api/instances/${id}`);
    expect(instance).toMatchObject({ email: 'demo@sandbox.test', oauthStatus: 'completed' });
  });

  it.each([
    [
      'a token that Google does not know',
      { refreshToken: '1//garbage', ...broughtClient },
      'INVALID_REFRESH_TOKEN',
    ],
    ['no token', {}, 'OAUTH_FLOW_REQUIRED'],
    ['a wrong client', { refreshToken: '1//x', ...broughtClient, clientSecret: 'wrong' }, 'INVALID_CLIENT'],
  ])(
    'does not ask for a new sign-in of a healthy mailbox because of %s',
    async (_offer, offer, errorCode) => {
      const { id } = await app.connectedInstance({ account: 'demo@sandbox.test' });
      const before = await app.api('GET', `/api/instances/${id}`);
      const { body } = await adopt(id, offer);
      expect(body).toMatchObject({ instanceId: id, errorCode, requiresReauth: false });
      expect((await app.api('GET', `/api/instances/${id}`)).body).toEqual(before.body);
    },
  );

  it('does not ask for a new sign-in of a healthy mailbox because of a token that is too narrow', async () => {
    const refreshToken = await tokenFromElsewhere('narrow-offer@sandbox.test', 'openid email');
    const { id } = await app.connectedInstance({ account: 'demo@sandbox.test' });
    const { body } = await adopt(id, { refreshToken, ...broughtClient });
    expect(body).toMatchObject({ instanceId: id, errorCode: 'INSUFFICIENT_SCOPE', requiresReauth: false });
  });

  it('does not take a passing fault of Google’s for a verdict', async () => {
    const refreshToken = await tokenFromElsewhere('later@sandbox.test', gmailReadonly);
    const { id } = await app.createInstance();
    await app.google.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });
    const { status, body } = await adopt(id, { refreshToken, ...broughtClient });
    expect(status).toBe(503);
    expect(body).toMatchObject({ instanceId: id, errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false });
    await app.google.clearFaults();
    expect((await adopt(id, { refreshToken, ...broughtClient })).status).toBe(200);
  });

  it('names the missing half of a client', async () => {
    const { id } = await app.createInstance();
    const { status, body } = await adopt(id, { refreshToken: 'x', clientId: sandboxClientId });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'clientSecret' });
  });
});

describe('PUT /credentials, while the OAuth service hangs', () => {
  let service: NestFastifyApplication;
  let wire: ServiceWire;
  let behindIt: TestApp;
  beforeAll(async () => {
    service = await startService(app.environment);
    const serviceUrl = await service.getUrl();
    wire = await ServiceWire.start(() => serviceUrl);
    wire.cutTokens({ kind: 'hang' });
    behindIt = await TestApp.start({ OAUTH_SERVICE_URL: wire.url, OAUTH_SERVICE_TIMEOUT_MS: '1000' });
    await behindIt.google.registerClient({ ...broughtClient, redirectUris: [elsewhere] });
  });
  afterAll(async () => {
    await behindIt.stop();
    await wire.close();
    await service.close();
  });

  it('adopts directly: Google takes a refresh token as often as it is presented', async () => {
    const refreshToken = await tokenFromElsewhere('hanging@sandbox.test', gmailReadonly, behindIt);
    const { id } = await behindIt.createInstance();
    const { status, body } = await behindIt.api('PUT', `/api/instances/${id}/credentials`, {
      refreshToken,
      ...broughtClient,
    });
    expect([status, body]).toMatchObject([200, { email: 'hanging@sandbox.test', oauthStatus: 'completed' }]);
    expect(wire.posts()).toBe(1);
  });
});
