import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { MetricsModule } from '../metrics/index.js';
import { ResilienceModule } from '../resilience/index.js';
import { OAuthModule, ProviderRegistry, TokenExchange } from './index.js';

const client = { clientId: 'client-1', clientSecret: 'secret-1' };

describe('OAuthModule', () => {
  const server = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
  });
  let app: TestingModule;

  beforeEach(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const google = { authUrl: url, tokenUrl: url, revokeUrl: url, userinfoUrl: url };
    app = await Test.createTestingModule({
      imports: [MetricsModule, ResilienceModule, OAuthModule.forRoot({ google, oauthService: null })],
    }).compile();
  });

  afterEach(async () => {
    await app.close();
    await once(server.close(), 'close');
  });

  it('exchanges tokens straight with the provider that a request names', async () => {
    const exchange = app.get(TokenExchange);
    const verdict = { status: 'rejected', path: 'direct', errorCode: 'INVALID_REFRESH_TOKEN' };
    const provider = 'google';
    await expect(
      exchange.refresh({ provider, attemptId: 'a', refreshToken: 'r', client, singleUse: false }),
    ).resolves.toMatchObject(verdict);
    await expect(
      exchange.exchangeCode({
        provider,
        code: 'c',
        codeVerifier: 'v',
        redirectUri: 'http://localhost/',
        client,
      }),
    ).resolves.toMatchObject(verdict);
  });

  it('knows Google, whose refresh tokens may be presented twice', () => {
    expect(app.get(ProviderRegistry).names()).toEqual(['google']);
    expect(app.get(ProviderRegistry).get('google')).toMatchObject({
      name: 'google',
      issuer: 'https://accounts.google.com',
      refreshTokenReplay: 'safe',
    });
  });

  it('refuses a provider that this build does not know', async () => {
    const provider = 'elsewhere';
    await expect(
      app
        .get(TokenExchange)
        .refresh({ provider, attemptId: 'a', refreshToken: 'r', client, singleUse: false }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'provider' });
  });
});
