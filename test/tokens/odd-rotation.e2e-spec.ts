import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FaultRuleInput } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { newMailbox } from '../harness/mailboxes.js';
import { liveGrants } from '../harness/oauth/google-ledger.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.google.configure({ rotation: 'rotate-and-revoke-family' });
});
afterAll(() => app.stop());

const oddities: [string, FaultRuleInput['fault']][] = [
  ['without a life', { kind: 'patch', remove: ['expires_in'] }],
  ['with a life as text', { kind: 'patch', set: { expires_in: '3599' } }],
  ['with a life of zero', { kind: 'patch', set: { expires_in: 0 } }],
  ['without a token type', { kind: 'patch', remove: ['token_type'] }],
  ['with a scope that is no text', { kind: 'patch', set: { scope: [] } }],
];

describe('a provider that rotates refresh tokens, and gives a new one in an answer', () => {
  it.each(oddities)('%s, keeps its grant', async (_oddity, fault) => {
    const { id, account } = await newMailbox(app);
    await app.advance(3600);
    await app.google.addFault({ target: 'token', match: { account }, times: 1, fault });
    expect(await accessToken(app, id)).toMatchObject({ status: 200, body: { stale: false } });
    await app.advance(3600);
    expect(await accessToken(app, id)).toMatchObject({ status: 200, body: { stale: false } });
    expect(await liveGrants(app, account)).toBe(1);
  });
});
