import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Deployment, type Member } from './deployment.js';
import { until } from './node-process.js';

// Budgets of real processes add up: nobody's clock can be moved for them.
jest.setTimeout(90_000);

/** The OAuth service, and the API beside it when that does not answer. */
const processesThatCall = 3;
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

async function holdRefreshes(): Promise<void> {
  await deployment.google.addFault({
    target: 'token',
    match: { grantType: 'refresh_token' },
    fault: { kind: 'hold' },
  });
}

async function releaseRefreshes(): Promise<void> {
  await deployment.google.clearFaults();
  await deployment.google.release();
}

async function leaseOwner(): Promise<string | null | undefined> {
  const [row] = await deployment.sql<{ owner: string | null }>(
    'SELECT lease_owner AS owner FROM mcp_credentials',
  );
  return row?.owner;
}

async function expectAllAlive(presentations: number): Promise<void> {
  for (const account of grants) {
    expect([account, await deployment.presented(account), await deployment.isAlive(account)]).toEqual([
      account,
      presentations,
      true,
    ]);
  }
}

describe.each(['none', 'rotate-and-revoke-family'] as const)(
  '300 callers over three processes, rotation %s,',
  (rotation) => {
    it('make one refresh at the provider, and all get its token', async () => {
      const account = 'crowd@sandbox.test';
      await deployment.google.configure({ rotation });
      const id = await deployment.mailbox(api, account);
      const replicas = [api, await deployment.replica(), await deployment.replica()];
      for (let round = 1; round <= 2; round += 1) {
        const { accessToken: rejected } = await deployment.accessToken(api, id);
        const answers = await Promise.all(
          Array.from({ length: 300 }, (_, n) => deployment.refresh(replicas[n % 3]!, id, rejected)),
        );
        expect(new Set(answers.map(({ status, stale }) => `${status} ${String(stale)}`))).toEqual(
          new Set(['200 false']),
        );
        const tokens = await Promise.all(replicas.map((replica) => deployment.accessToken(replica, id)));
        expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
        expect(tokens[0]!.accessToken).not.toBe(rejected);
        expect(await deployment.presented(account)).toBe(round);
      }
      expect(await deployment.isAlive(account)).toBe(true);
    });
  },
);

describe.each(['none', 'rotate-and-revoke-family'] as const)(
  'a lease that is over long before the provider answers, rotation %s,',
  (rotation) => {
    it('leads 200 callers over two processes to one refresh all the same', async () => {
      const account = 'slow@sandbox.test';
      await deployment.google.configure({ rotation });
      const id = await deployment.mailbox(api, account);
      const { accessToken: expired } = await deployment.refresh(api, id);
      await deployment.advance(3600);
      // Processes that start now have no token in memory.
      const replicas = [await deployment.replica(), await deployment.replica()];
      await holdRefreshes();
      const asked = Promise.all(
        Array.from({ length: 200 }, (_, n) => deployment.accessToken(replicas[n % 2]!, id)),
      );
      await deployment.google.heldRequests({ atLeast: 1 });
      const holder = await leaseOwner();
      await deployment.advance(40);
      await until('the other process has taken the lease', async () => (await leaseOwner()) !== holder);
      await releaseRefreshes();
      const answers = await asked;
      expect(new Set(answers.map(({ status, stale }) => `${status} ${String(stale)}`))).toEqual(
        new Set(['200 false']),
      );
      expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1);
      expect(answers[0]!.accessToken).not.toBe(expired);
      expect(await deployment.presented(account)).toBe(2);
      expect(await deployment.isAlive(account)).toBe(true);
    });
  },
);

describe('a provider that answers nothing', () => {
  it('is left alone by all processes, and tried by one request of each until it is back', async () => {
    const replica = await deployment.replica();
    const ids: string[] = [];
    for (const account of grants) ids.push(await deployment.mailbox(api, account));
    await deployment.google.addFault({
      target: 'token',
      match: { grantType: 'refresh_token' },
      fault: { kind: 'error', status: 503, body: {} },
    });
    await deployment.google.clearLedger();
    const askAll = async (from: Member) => {
      for (const id of ids) expect((await deployment.refresh(from, id)).requiresReauth ?? false).toBe(false);
    };
    await askAll(api);
    await askAll(replica);
    const { tokenRequests: before } = await deployment.google.ledger();
    await askAll(api);
    await askAll(replica);
    const { tokenRequests: after } = await deployment.google.ledger();
    // Those of the OAuth service and of the two direct paths, should their five seconds be over.
    expect(after.length - before.length).toBeLessThanOrEqual(processesThatCall);
    await deployment.google.clearFaults();
    for (const each of [api, replica]) {
      await until('Google is asked again', async () => !(await deployment.refresh(each, ids[0]!)).stale, {
        everyMs: 500,
      });
    }
  });
});

describe('twenty grants of a provider that rotates, each in the middle of a refresh,', () => {
  it('survive kill -9 of the API: the OAuth service kept what the provider answered', async () => {
    const ids = await rotatingMailboxes();
    await holdRefreshes();
    const abandoned = Promise.allSettled(ids.map((id) => deployment.refresh(api, id)));
    await deployment.google.heldRequests({ atLeast: grants.length });
    await api.process.stop('SIGKILL');
    await abandoned;
    await releaseRefreshes();
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
    await holdRefreshes();
    await deployment.advance(3600);
    // A process that starts now has none of the tokens in memory.
    const impatient = await deployment.replica({ OAUTH_SERVICE_TIMEOUT_MS: '300' });
    const asked = Promise.all(ids.map((id) => deployment.accessToken(impatient, id)));
    await until('the API has given up on the OAuth service', async () => {
      const health = (await (await fetch(`${impatient.url}/health`)).json()) as { status: string };
      return health.status === 'degraded';
    });
    await releaseRefreshes();
    expect((await asked).map(({ status, stale }) => [status, stale])).toEqual(ids.map(() => [200, false]));
    await expectAllAlive(2);
  });

  it('are recorded as unknown after kill -9 of the OAuth service, and nothing is presented twice', async () => {
    const ids = await rotatingMailboxes();
    await holdRefreshes();
    await deployment.advance(3600);
    const replica = await deployment.replica();
    const asked = Promise.all(ids.map((id) => deployment.accessToken(replica, id)));
    await deployment.google.heldRequests({ atLeast: grants.length });
    await service.process.stop('SIGKILL');
    expect((await asked).map(({ status, requiresReauth }) => [status, requiresReauth])).toEqual(
      ids.map(() => [503, false]),
    );
    await releaseRefreshes();
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
