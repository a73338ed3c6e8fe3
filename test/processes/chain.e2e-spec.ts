import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { Deployment, type Member } from './deployment.js';

// Budgets of real processes add up: their clocks cannot be moved.
jest.setTimeout(90_000);

const grants = Array.from({ length: 20 }, (_, n) => `grant${n}@sandbox.test`);

let deployment: Deployment;
let service: Member;
let api: Member;
beforeEach(async () => {
  deployment = await Deployment.start();
  [service, api] = await Promise.all([deployment.oauthService(), deployment.publicApi()]);
});
afterEach(() => deployment.stop());

/** Twenty mailboxes whose refresh tokens are known to rotate: a spent one that is presented again ends its grant. */
async function rotatingMailboxes(): Promise<string[]> {
  await deployment.google.configure({ rotation: 'rotate-and-revoke-family' });
  const ids: string[] = [];
  for (const account of grants) ids.push(await deployment.mailbox(api, account));
  for (const id of ids) expect(await deployment.refresh(api, id)).toMatchObject({ source: 'oauth-service' });
  return ids;
}

async function expectAllAlive(presentations: number): Promise<void> {
  for (const account of grants) {
    expect([
      account,
      await refreshesAtGoogle(deployment, account),
      await liveGrants(deployment, account),
    ]).toEqual([account, presentations, 1]);
  }
}

describe('twenty grants of a provider that rotates, each in the middle of a refresh,', () => {
  it('survive kill -9 of the API: the OAuth service kept what the provider answered', async () => {
    const ids = await rotatingMailboxes();
    await deployment.holdRefreshes();
    const abandoned = Promise.allSettled(ids.map((id) => deployment.refresh(api, id)));
    await deployment.google.heldRequests({ atLeast: grants.length });
    await api.process.stop('SIGKILL');
    await abandoned;
    await deployment.releaseRefreshes();
    // The leases of the dead process have to lapse, and its tokens with them.
    await deployment.advance(3600);
    const survivor = await deployment.replica();
    const answers = await Promise.all(ids.map((id) => deployment.accessToken(survivor, id)));
    expect(answers.map(({ status, requiresReauth }) => [status, requiresReauth])).toEqual(
      ids.map(() => [200, undefined]),
    );
    await expectAllAlive(2);
    for (const id of ids) expect((await deployment.refresh(survivor, id)).status).toBe(200);
    await expectAllAlive(3);
  });

  it('survive a time-out of the API: the outcome is asked for before anything is presented again', async () => {
    const ids = await rotatingMailboxes();
    await deployment.holdRefreshes();
    await deployment.advance(3600);
    // A process that starts now has none of the tokens in memory.
    const impatient = await deployment.replica({ OAUTH_SERVICE_TIMEOUT_MS: '300' });
    const asked = Promise.all(ids.map((id) => deployment.accessToken(impatient, id)));
    await until('the API has given up on the OAuth service', async () => {
      const health = (await (await fetch(`${impatient.url}/health`)).json()) as { status: string };
      return health.status === 'degraded';
    });
    await deployment.releaseRefreshes();
    expect((await asked).map(({ status, stale }) => [status, stale])).toEqual(ids.map(() => [200, false]));
    await expectAllAlive(2);
  });

  it('are recorded as unknown after kill -9 of the OAuth service, and nothing is presented twice', async () => {
    const ids = await rotatingMailboxes();
    await deployment.holdRefreshes();
    await deployment.advance(3600);
    const replica = await deployment.replica();
    const asked = Promise.all(ids.map((id) => deployment.accessToken(replica, id)));
    await deployment.google.heldRequests({ atLeast: grants.length });
    await service.process.stop('SIGKILL');
    expect((await asked).map(({ status, requiresReauth }) => [status, requiresReauth])).toEqual(
      ids.map(() => [503, false]),
    );
    await deployment.releaseRefreshes();
    const again = await Promise.all(ids.map((id) => deployment.accessToken(replica, id)));
    expect(again.map(({ status, requiresReauth }) => [status, requiresReauth])).toEqual(
      ids.map(() => [503, false]),
    );
    await expectAllAlive(2);
    const unknown = await deployment.sql<{ count: number }>(
      "SELECT count(DISTINCT credential_id)::int AS count FROM credential_events WHERE outcome = 'unknown'",
    );
    expect(unknown).toEqual([{ count: grants.length }]);
  });
});

describe('a deployment whose OAuth service is gone', () => {
  it('refreshes directly, says degraded but ready, and comes back by itself', async () => {
    const id = await deployment.mailbox(api, 'direct@sandbox.test');
    await service.process.stop('SIGKILL');
    await deployment.advance(3600);
    expect(await deployment.accessToken(api, id)).toMatchObject({
      status: 200,
      source: 'direct',
      stale: false,
    });
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    const health = await fetch(`${api.url}/health`);
    expect([health.status, await health.json()]).toMatchObject([200, { status: 'degraded' }]);
    await deployment.oauthService();
    await until(
      'the breaker lets a refresh through again',
      async () => (await deployment.refresh(api, id)).source === 'oauth-service',
      { everyMs: 1_000 },
    );
  });
});
