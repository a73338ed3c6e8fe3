import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { Deployment, type Member } from './deployment.js';

// Budgets of real processes add up: their clocks cannot be moved.
jest.setTimeout(90_000);

/** The OAuth service, and the API beside it when that does not answer. */
const processesThatCall = 3;
const grants = Array.from({ length: 20 }, (_, n) => `grant${n}@sandbox.test`);

let deployment: Deployment;
let api: Member;
let replicas: Member[];
let callers: Member[];
beforeAll(async () => {
  deployment = await Deployment.start();
  await deployment.oauthService();
  api = await deployment.publicApi();
  replicas = [await deployment.replica(), await deployment.replica()];
  callers = [api, ...replicas];
}, 120_000);
afterAll(() => deployment.stop());

async function leaseOwner(account: string): Promise<string | null | undefined> {
  const [row] = await deployment.sql<{ owner: string | null }>(
    'SELECT lease_owner AS owner FROM mcp_credentials WHERE email = $1',
    [account],
  );
  return row?.owner;
}

describe.each(['none', 'rotate-and-revoke-family'] as const)(
  '300 callers over three processes, rotation %s,',
  (rotation) => {
    it('make one refresh at the provider, and all get its token', async () => {
      const account = `crowd-${rotation}@sandbox.test`;
      await deployment.google.configure({ rotation });
      const id = await deployment.mailbox(api, account);
      for (let round = 1; round <= 2; round += 1) {
        const { accessToken: rejected } = await deployment.accessToken(api, id);
        const answers = await Promise.all(
          Array.from({ length: 300 }, (_, n) => deployment.refresh(callers[n % 3]!, id, rejected)),
        );
        expect(new Set(answers.map(({ status, stale }) => `${status} ${String(stale)}`))).toEqual(
          new Set(['200 false']),
        );
        const tokens = await Promise.all(callers.map((each) => deployment.accessToken(each, id)));
        expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
        expect(tokens[0]!.accessToken).not.toBe(rejected);
        expect(await refreshesAtGoogle(deployment, account)).toBe(round);
      }
      expect(await liveGrants(deployment, account)).toBe(1);
    });
  },
);

describe.each(['none', 'rotate-and-revoke-family'] as const)(
  'a lease that is over long before the provider answers, rotation %s,',
  (rotation) => {
    it('leads 200 callers over two processes to one refresh all the same', async () => {
      const account = `slow-${rotation}@sandbox.test`;
      await deployment.google.configure({ rotation });
      const id = await deployment.mailbox(api, account);
      const { accessToken: expired } = await deployment.refresh(api, id);
      await deployment.advance(3600);
      // Those who were never asked for it have no token in memory.
      await deployment.holdRefreshes();
      const asked = Promise.all(
        Array.from({ length: 200 }, (_, n) => deployment.accessToken(replicas[n % 2]!, id)),
      );
      await deployment.google.heldRequests({ atLeast: 1 });
      const holder = await leaseOwner(account);
      await deployment.advance(40);
      await until(
        'the other process has taken the lease',
        async () => (await leaseOwner(account)) !== holder,
      );
      await deployment.releaseRefreshes();
      const answers = await asked;
      expect(new Set(answers.map(({ status, stale }) => `${status} ${String(stale)}`))).toEqual(
        new Set(['200 false']),
      );
      expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1);
      expect(answers[0]!.accessToken).not.toBe(expired);
      expect(await refreshesAtGoogle(deployment, account)).toBe(2);
      expect(await liveGrants(deployment, account)).toBe(1);
    });
  },
);

describe('a provider that answers nothing', () => {
  it('is left alone by all processes, and tried by one request of each until it is back', async () => {
    const [replica] = replicas;
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
    await askAll(replica!);
    const { tokenRequests: before } = await deployment.google.ledger();
    await askAll(api);
    await askAll(replica!);
    const { tokenRequests: after } = await deployment.google.ledger();
    // Those of the OAuth service and of the two direct paths, should their five seconds be over.
    expect(after.length - before.length).toBeLessThanOrEqual(processesThatCall);
    await deployment.google.clearFaults();
    for (const each of [api, replica!]) {
      await until('Google is asked again', async () => !(await deployment.refresh(each, ids[0]!)).stale, {
        everyMs: 500,
      });
    }
  });
});
