import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TcpProxy } from '../../chaos/tcp-proxy.js';
import { freePort, until } from '../../sandbox/index.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { Deployment, serviceToken, type Member } from './deployment.js';

let deployment: Deployment;
let one: Member;
let other: Member;
let accounts = 0;
beforeAll(async () => {
  deployment = await Deployment.start();
  [one, other] = await Promise.all([deployment.oauthReplica(), deployment.oauthReplica()]);
  await deployment.google.configure({ rotation: 'rotate-and-revoke-family' });
}, 60_000);
afterAll(() => deployment.stop());
afterEach(async () => {
  await deployment.google.clearFaults();
  await deployment.google.release();
});

interface Attempt {
  id: string;
  account: string;
  body: string;
}

async function attempt(): Promise<Attempt> {
  const account = `shared${++accounts}@sandbox.test`;
  return { id: randomUUID(), account, body: JSON.stringify(await deployment.refreshRequest(account)) };
}

const headers = { authorization: `Bearer ${serviceToken}`, 'content-type': 'application/json' };

function present(replica: Member, { id, body }: Attempt, signal?: AbortSignal): Promise<Response> {
  return fetch(`${replica.url}/token/refresh`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': id },
    body,
    ...(signal ? { signal } : {}),
  });
}

function recall(replica: Member, { id }: Attempt) {
  return fetch(`${replica.url}/token/refresh/${id}`, { headers });
}

function hold({ account }: Attempt) {
  return deployment.google.addFault({
    target: 'token',
    match: { account },
    times: 1,
    fault: { kind: 'hold' },
  });
}

describe('an attempt at one replica of the OAuth service', () => {
  it('is told by another while it runs, and when it has ended, even if no caller waited for it', async () => {
    const begun = await attempt();
    await hold(begun);
    const hangUp = new AbortController();
    const pending = present(one, begun, hangUp.signal).catch(() => null);
    await deployment.google.heldRequests({ atLeast: 1 });
    hangUp.abort();
    await pending;
    expect((await recall(other, begun)).status).toBe(202);
    await deployment.google.release();
    const answer = await until('it has ended', async () => {
      const recalled = await recall(other, begun);
      return recalled.status === 200 ? recalled : null;
    });
    const { outcome } = (await answer.json()) as { outcome: { refresh_token: string } };
    expect(await liveGrants(deployment, begun.account)).toBe(1);
    const stored = await deployment.sql<{ sealed: string }>(
      'SELECT sealed_outcome AS sealed FROM refresh_outcomes WHERE attempt_id = $1',
      [begun.id],
    );
    expect(stored[0]!.sealed).not.toContain(outcome.refresh_token);
  });

  it('is joined, not made again, at another', async () => {
    const begun = await attempt();
    await hold(begun);
    const both = [present(one, begun)];
    await deployment.google.heldRequests({ atLeast: 1 });
    both.push(present(other, begun));
    await deployment.google.release();
    const [first, second] = await Promise.all(
      (await Promise.all(both)).map((answer) => answer.json() as Promise<object>),
    );
    expect(second).toEqual(first);
    expect(first).toHaveProperty('access_token');
    expect(await refreshesAtGoogle(deployment, begun.account)).toBe(1);
  });

  it('is refused under the id of another request', async () => {
    const begun = await attempt();
    expect((await present(one, begun)).status).toBe(200);
    const reused = { ...(await attempt()), id: begun.id };
    expect((await present(other, reused)).status).toBe(409);
  });

  it('outlives the replica that made it', async () => {
    const begun = await attempt();
    const dying = await deployment.oauthReplica();
    const made = await (await present(dying, begun)).json();
    await until('it is shared', async () => (await recall(other, begun)).status === 200);
    await dying.process.stop('SIGKILL');
    const recalled = (await (await recall(other, begun)).json()) as { outcome: object };
    expect(recalled.outcome).toEqual(made);
  });

  it('is unknown, after a while, when that died before Google answered', async () => {
    const begun = await attempt();
    const dying = await deployment.oauthReplica();
    await hold(begun);
    const pending = present(dying, begun).catch(() => null);
    await deployment.google.heldRequests({ atLeast: 1 });
    await dying.process.stop('SIGKILL');
    await pending;
    expect((await recall(other, begun)).status).toBe(202);
    await deployment.advance(31);
    expect((await recall(other, begun)).status).toBe(404);
  });
});

describe('a replica whose database is away', () => {
  it('serves all the same, and does not call unknown what another may know', async () => {
    const alone = await deployment.oauthReplica({ DATABASE_URL: 'postgres://user:none@127.0.0.1:9/none' });
    const begun = await attempt();
    expect((await present(alone, begun)).status).toBe(200);
    expect((await recall(alone, begun)).status).toBe(200);
    expect((await recall(alone, await attempt())).status).toBe(503);
  });

  it('shares what it knows once the database is back', async () => {
    const { port } = new URL(deployment.databaseUrl);
    const wire = await TcpProxy.start(await freePort(), () => Number(port));
    const databaseUrl = Object.assign(new URL(deployment.databaseUrl), { port: String(wire.port) });
    const cutOff = await deployment.oauthReplica({ DATABASE_URL: databaseUrl.href });
    const begun = await attempt();
    wire.close();
    const made = await (await present(cutOff, begun)).json();
    expect((await recall(other, begun)).status).toBe(404);

    await wire.accept();
    await until('it is shared', async () => (await recall(other, begun)).status === 200);
    await cutOff.process.stop('SIGKILL');
    const recalled = (await (await recall(other, begun)).json()) as { outcome: object };
    expect(recalled.outcome).toEqual(made);
    wire.close();
  });
});
