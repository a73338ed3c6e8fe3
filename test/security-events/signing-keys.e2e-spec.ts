import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { markOf, pushed } from './pushed-events.js';

let app: TestApp;
let server: Server;
let configuration: { status: number; body: string };
let asked = 0;
let port = 0;
beforeAll(async () => {
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(configuration.status).end(configuration.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  ({ port } = server.address() as AddressInfo);
  app = await TestApp.start({ GOOGLE_RISC_CONFIGURATION_URL: `http://127.0.0.1:${port}/risc` });
});
afterAll(async () => {
  await app.stop();
  server.close();
});

it.each([
  ['cannot be had', { status: 500, body: 'busy' }],
  ['are said to be anywhere', { status: 302, body: '' }],
  ['are told in no JSON', { status: 200, body: '<html></html>' }],
  [
    'lie where anyone could answer',
    { status: 200, body: '{"issuer":"x","jwks_uri":"http://127.0.0.2:PORT/certs"}' },
  ],
  [
    'lie where nothing answers',
    { status: 200, body: '{"issuer":"x","jwks_uri":"http://127.0.0.1:9/certs"}' },
  ],
])('asks Google to send a token again while the keys that it is checked with %s', async (_what, answer) => {
  configuration = { ...answer, body: answer.body.replace('PORT', String(port)) };
  const { id, account } = await newMailbox(app);
  await app.advance(86_401);
  asked = 0;
  const answers = await Promise.all([1, 2, 3].map(() => pushed(app, { type: 'tokens-revoked', account })));
  for (const { status, body } of answers) {
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ reason: 'signing_keys_unavailable', requiresReauth: false });
  }
  expect(asked).toBe(1);
  expect(await markOf(app, id)).toMatchObject({ verdict: 'active', errorReason: null });
});

it('asks for no keys on behalf of what is for others', async () => {
  await app.advance(86_401);
  asked = 0;
  expect((await pushed(app, { type: 'tokens-revoked', audience: 'others' })).status).toBe(400);
  expect(asked).toBe(0);
});
