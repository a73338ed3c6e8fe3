import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

const otherClient = {
  ...registered,
  clientId: '987654321-xyz.apps.sandbox.test',
  clientSecret: 'client-secret-2',
};

describe('the token endpoint', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered, otherClient] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const freshCode = async (): Promise<string> => (await client.consent()).get('code') ?? '';

  describe('exchanging a code', () => {
    it('answers with tokens, their life in seconds and the granted scopes', async () => {
      const tokens = await client.exchange(await freshCode());
      expect(tokens).toMatchObject({ status: 200, expires_in: 3599, token_type: 'Bearer' });
      expect(tokens.access_token).toMatch(/^ya29\./);
      expect(tokens.refresh_token).toMatch(/^1\/\//);
      expect(tokens.scope).toContain('gmail.readonly');
    });

    it('signs an id_token with RS256 for the client, the account and the nonce', async () => {
      const tokens = await client.connect({}, { nonce: 'nonce-1' });
      const keys = createRemoteJWKSet(new URL(`${sandbox.url}/oauth2/v3/certs`));
      const { payload } = await jwtVerify(tokens.id_token!, keys, {
        algorithms: ['RS256'],
        issuer: 'https://accounts.google.com',
        audience: registered.clientId,
      });
      expect(payload).toMatchObject({ email: 'demo@sandbox.test', nonce: 'nonce-1' });
      expect(payload.sub).toMatch(/^\d{21}$/);
    });

    it.each([
      ['a wrong code verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
      ['no code verifier', { code_verifier: undefined }, 400, 'invalid_grant'],
      ['another redirect URI', { redirect_uri: 'http://127.0.0.1/other' }, 400, 'redirect_uri_mismatch'],
      ['no redirect URI', { redirect_uri: undefined }, 400, 'invalid_request'],
      ['an unknown code', { code: '4/0unknown' }, 400, 'invalid_grant'],
      ['no code', { code: undefined }, 400, 'invalid_request'],
      ['a wrong client secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
      ['no client secret', { client_secret: undefined }, 401, 'invalid_client'],
      ['an unknown client', { client_id: 'unknown-client' }, 401, 'invalid_client'],
      ['no client', { client_id: undefined }, 400, 'invalid_request'],
      ['no grant type', { grant_type: undefined }, 400, 'invalid_request'],
      ['an unknown grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ])('refuses %s', async (_case, changes, status, error) => {
      expect(await client.exchange(await freshCode(), changes)).toMatchObject({ status, error });
    });

    it('refuses a code that was issued to another client', async () => {
      const answer = await client.exchange(await freshCode(), {
        client_id: otherClient.clientId,
        client_secret: otherClient.clientSecret,
      });
      expect(answer).toMatchObject({ status: 400, error: 'invalid_grant' });
    });

    it('refuses a code after ten minutes', async () => {
      const code = await freshCode();
      await control.advanceClock(601);
      expect(await client.exchange(code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    });

    it('refuses a code the second time and ends the grant that it gave', async () => {
      const code = await freshCode();
      const tokens = await client.exchange(code);
      expect(await client.exchange(code)).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect(await client.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
      expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    });

    it('accepts the client in a Basic header, form-encoded', async () => {
      const spaced = { ...registered, clientId: '5-with:colon', clientSecret: 'with space+plus' };
      await control.registerClient(spaced);
      const encode = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);
      const basic = Buffer.from(`${encode(spaced.clientId)}:${encode(spaced.clientSecret)}`).toString(
        'base64',
      );
      const spacedClient = new OAuthClient(sandbox, spaced);
      const redirect = await spacedClient.consent();
      const response = await fetch(sandbox.endpoints.tokenUrl, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: redirect.get('code') ?? '',
          redirect_uri: 'http://127.0.0.1/callback',
          code_verifier: spacedClient.verifier,
        }),
      });
      expect(response.status).toBe(200);
    });

    it('refuses JSON in place of a form', async () => {
      const response = await fetch(sandbox.endpoints.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"grant_type":"refresh_token"}',
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    });
  });

  describe('giving refresh tokens', () => {
    it('gives one on the first offline consent only', async () => {
      expect((await client.connect()).refresh_token).toBeDefined();
      expect((await client.connect()).refresh_token).toBeUndefined();
      expect((await client.connect({ account: 'sam@sandbox.test' })).refresh_token).toBeDefined();
    });

    it('gives one again with prompt=consent', async () => {
      await client.connect();
      expect((await client.connect({}, { prompt: 'consent' })).refresh_token).toBeDefined();
    });

    it('gives none without access_type=offline', async () => {
      expect((await client.connect({}, { access_type: undefined })).refresh_token).toBeUndefined();
    });

    it('gives one always or never when told so', async () => {
      await control.configure({ issueRefreshToken: 'never' });
      expect((await client.connect()).refresh_token).toBeUndefined();
      await control.configure({ issueRefreshToken: 'always' });
      expect((await client.connect({}, { access_type: 'online' })).refresh_token).toBeDefined();
      expect((await client.connect()).refresh_token).toBeDefined();
    });
  });

  describe('refreshing', () => {
    it('gives a new access token with its scopes, and keeps the refresh token', async () => {
      const tokens = await client.connect();
      const refreshed = await client.refresh(tokens.refresh_token);
      expect(refreshed).toMatchObject({ status: 200, scope: tokens.scope, expires_in: 3599 });
      expect(refreshed.refresh_token).toBeUndefined();
      expect(refreshed.access_token).not.toBe(tokens.access_token);
      expect((await client.userinfo(refreshed.access_token)).status).toBe(200);
    });

    it('refuses an unknown refresh token', async () => {
      expect(await client.refresh('1//0unknown')).toMatchObject({ status: 400, error: 'invalid_grant' });
    });

    it('refuses a wrong client secret and leaves the grant alone', async () => {
      const { refresh_token: token } = await client.connect();
      expect(await client.refresh(token, { client_secret: 'wrong' })).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
      expect((await client.refresh(token)).status).toBe(200);
    });

    it("refuses another client's refresh token", async () => {
      const { refresh_token: token } = await client.connect();
      const answer = await new OAuthClient(sandbox, otherClient).refresh(token);
      expect(answer).toMatchObject({ status: 400, error: 'unauthorized_client' });
    });

    it('narrows to granted scopes and refuses others', async () => {
      const { refresh_token: token } = await client.connect();
      expect((await client.refresh(token, { scope: 'email' })).scope).toBe(
        'https://www.googleapis.com/auth/userinfo.email',
      );
      expect(await client.refresh(token, { scope: 'https://mail.google.com/' })).toMatchObject({
        status: 400,
        error: 'invalid_scope',
      });
    });

    it('refuses a field that is given twice', async () => {
      const response = await fetch(sandbox.endpoints.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=refresh_token&grant_type=refresh_token',
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    });

    it('replaces the refresh token when rotation is on, and refuses the spent one', async () => {
      await control.configure({ rotation: 'rotate' });
      const first = await client.connect();
      const second = await client.refresh(first.refresh_token);
      expect(second.refresh_token).toBeDefined();
      expect(await client.refresh(first.refresh_token)).toMatchObject({ error: 'invalid_grant' });
      expect((await client.refresh(second.refresh_token)).status).toBe(200);
    });

    it('ends the whole family when a spent refresh token comes back', async () => {
      await control.configure({ rotation: 'rotate-and-revoke-family' });
      const first = await client.connect();
      const second = await client.refresh(first.refresh_token);
      expect(await client.refresh(first.refresh_token)).toMatchObject({ error: 'invalid_grant' });
      expect(await client.refresh(second.refresh_token)).toMatchObject({ error: 'invalid_grant' });
      expect((await client.userinfo(second.access_token)).status).toBe(401);
      expect((await control.ledger()).grants).toMatchObject([
        { alive: false, endedBecause: 'refresh-token-reused' },
      ]);
    });
  });

  describe('access tokens', () => {
    it('expire when their life is over', async () => {
      await control.configure({ accessTokenLifetimeSeconds: 60 });
      const tokens = await client.connect();
      expect(tokens.expires_in).toBe(60);
      await control.advanceClock(61);
      expect((await client.userinfo(tokens.access_token)).status).toBe(401);
      expect((await client.gmail(tokens.access_token, 'profile')).status).toBe(401);
    });

    it('expire on request for one account, without touching its refresh tokens', async () => {
      const demo = await client.connect();
      const sam = await client.connect({ account: 'sam@sandbox.test' });
      await control.expireAccessTokens('demo@sandbox.test');
      expect((await client.userinfo(demo.access_token)).status).toBe(401);
      expect((await client.userinfo(sam.access_token)).status).toBe(200);
      const refreshed = await client.refresh(demo.refresh_token);
      expect((await client.userinfo(refreshed.access_token)).status).toBe(200);
    });

    it('are refused when a single character is changed', async () => {
      const { access_token: token = '' } = await client.connect();
      const middle = Math.floor(token.length / 2);
      const forged = token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1);
      expect((await client.userinfo(forged)).status).toBe(401);
    });
  });

  describe('userinfo', () => {
    it('tells only what the scopes permit', async () => {
      const named = await client.connect({}, { scope: 'openid email profile' });
      expect(await (await client.userinfo(named.access_token)).json()).toEqual({
        sub: expect.stringMatching(/^\d{21}$/),
        email: 'demo@sandbox.test',
        email_verified: true,
        hd: 'sandbox.test',
        name: 'Demo Person',
      });
      const anonymous = await client.connect({}, { scope: 'openid' });
      expect(await (await client.userinfo(anonymous.access_token)).json()).toEqual({
        sub: expect.any(String),
      });
    });

    it('refuses a token without openid and email', async () => {
      const { access_token: token } = await client.connect({}, { scope: 'https://mail.google.com/' });
      expect((await client.userinfo(token)).status).toBe(403);
    });
  });
});
