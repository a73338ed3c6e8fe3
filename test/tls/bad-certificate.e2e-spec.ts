import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Test } from '@nestjs/testing';
import { gmailScopes } from '../../src/gmail/index.js';
import { OAuthModule, TokenExchange } from '../../src/oauth/index.js';
import { MetricsModule } from '../../src/metrics/index.js';
import { ResilienceModule } from '../../src/resilience/index.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { SelfSignedServer } from './self-signed-server.js';

let server: SelfSignedServer;
beforeAll(async () => void (server = await SelfSignedServer.start()));
afterAll(() => server.stop());
afterEach(() => {
  // Each of them did try.
  expect(server.connections).toBeGreaterThan(0);
  expect(server.received).toEqual([]);
  server.connections = 0;
});

describe('a Gmail whose certificate is not trusted', () => {
  let app: TestApp;
  let instance: CreatedInstance;
  let client: Client;
  beforeAll(async () => {
    app = await TestApp.start({ GMAIL_API_URL: server.url });
    instance = await app.createInstance({ scopes: [gmailScopes.modify] });
    await app.connect(instance.id, { account: 'demo@sandbox.test' });
    client = new Client({ name: 'evergrant-tests', version: '1.0.0' });
    const requestInit = { headers: { authorization: `Bearer ${instance.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(instance.mcpUrl), { requestInit }));
  });
  afterAll(async () => {
    await client.close();
    await app.stop();
  });

  const mail = { to: ['alex@sandbox.test'], subject: 'Over a safe line', body: 'Only.' };
  it.each([
    ['send_message', mail],
    ['create_draft', mail],
    ['search_messages', { query: 'waffles' }],
  ])('gets nothing, and %s says that it can be tried again', async (name, input) => {
    const result = await client.callTool({ name, arguments: input });
    expect(result.isError).toBe(true);
    const last = result.content.at(-1);
    expect(JSON.parse(last?.type === 'text' ? last.text : '')).toMatchObject({
      error: 'No secure connection to Gmail could be made',
      instanceId: instance.id,
      errorCode: 'SERVICE_UNAVAILABLE',
      requiresReauth: false,
      reason: 'tlsFailure',
      retryAfterSeconds: 30,
    });
  });
});

describe('a token endpoint whose certificate is not trusted', () => {
  it.each([
    ['a refresh token', 'refresh'],
    ['a single-use refresh token', 'refresh-single-use'],
    ['an authorization code', 'exchange'],
  ])('provably does not get %s', async (_what, operation) => {
    const { url } = server;
    const google = { authUrl: url, tokenUrl: url, revokeUrl: url, userinfoUrl: url };
    const module = await Test.createTestingModule({
      imports: [MetricsModule, ResilienceModule, OAuthModule.forRoot({ google, oauthService: null })],
    }).compile();
    const exchange = module.get(TokenExchange);
    const client = { clientId: 'client-1', clientSecret: 'secret-1' };
    const provider = 'google';
    const singleUse = operation === 'refresh-single-use';
    const outcome =
      operation === 'exchange'
        ? exchange.exchangeCode({ provider, code: 'c', codeVerifier: 'v', redirectUri: url, client })
        : exchange.refresh({ provider, attemptId: operation, refreshToken: 'r', client, singleUse });
    expect(await outcome).toEqual({
      status: 'unavailable',
      path: 'direct',
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'tls_failure',
      retryAfterSeconds: null,
      provablyNotSent: true,
    });
    await module.close();
  });
});
