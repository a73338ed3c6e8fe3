import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';

const hourSeconds = 3_600;
const daySeconds = 24 * hourSeconds;

let app: TestApp;
let replica: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ ROLES: 'api,refresher' });
  replica = await TestApp.start({ ROLES: 'api,refresher' }, { beside: app });
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});
afterEach(async () => {
  await app.google.clearFaults();
  // The next test counts its own only.
  await app.dataSource.query('UPDATE mcp_credentials SET next_refresh_at = NULL');
});

async function scheduled(account: string): Promise<{ outcome: string }[]> {
  return app.dataSource.query(
    `SELECT e.outcome FROM credential_events e JOIN mcp_credentials c ON c.id = e.credential_id
     WHERE c.email = $1 AND e.trigger = 'schedule' ORDER BY e.id`,
    [account],
  );
}

async function dueInSeconds(account: string): Promise<number> {
  const [row] = await app.dataSource.query<{ seconds: number }[]>(
    `SELECT extract(epoch FROM next_refresh_at - evergrant_now())::float8 AS seconds
     FROM mcp_credentials WHERE email = $1`,
    [account],
  );
  return row!.seconds;
}

function refreshed(account: string, times = 1) {
  return until(`${account} is refreshed`, async () => (await scheduled(account)).length >= times);
}

describe('a token in use', () => {
  it('is refreshed before it expires, without a request', async () => {
    const used = await newMailbox(app);
    await accessToken(app, used.id);
    await app.advance(0.9 * hourSeconds);
    await refreshed(used.account);
    await app.advance(0.5 * hourSeconds);
    const { body } = await accessToken(app, used.id);
    expect(body).toMatchObject({ source: 'database', stale: false });
  });

  it('comes due again between 70 and 85 % of its new life', async () => {
    const used = await newMailbox(app);
    await app.advance(0.9 * hourSeconds);
    await refreshed(used.account);
    const seconds = await dueInSeconds(used.account);
    expect(seconds).toBeGreaterThan(0.69 * hourSeconds);
    expect(seconds).toBeLessThan(0.86 * hourSeconds);
  });
});

describe('fifty that are due at once', () => {
  it('are refreshed once each by two processes', async () => {
    const all: TestMailbox[] = [];
    for (let n = 0; n < 50; n += 1) all.push(await newMailbox(app));
    await app.google.clearLedger();
    await app.advance(0.9 * hourSeconds);
    for (const { account } of all) await refreshed(account);
    const { tokenRequests } = await app.google.ledger();
    const presented = tokenRequests.filter(({ grantType }) => grantType === 'refresh_token');
    expect(presented.map(({ account }) => account).sort()).toEqual(all.map(({ account }) => account).sort());
  });
});

describe('an idle grant', () => {
  it('is left alone for weeks, and kept alive before Google would let it die', async () => {
    const idle = await newMailbox(app);
    await app.advance(8 * daySeconds);
    await until('it is put off', async () => (await dueInSeconds(idle.account)) > daySeconds);
    expect(await scheduled(idle.account)).toEqual([]);
    expect(await dueInSeconds(idle.account)).toBeLessThan(22 * daySeconds);
    await app.advance(23 * daySeconds);
    await refreshed(idle.account);
    expect(await scheduled(idle.account)).toEqual([{ outcome: 'refreshed' }]);
  });

  it('is hot again once it is used', async () => {
    const idle = await newMailbox(app);
    await app.advance(8 * daySeconds);
    await until('it is put off', async () => (await dueInSeconds(idle.account)) > daySeconds);
    expect((await accessToken(app, idle.id)).status).toBe(200);
    await app.advance(0.9 * hourSeconds);
    await refreshed(idle.account);
  });
});

describe('a scheduled refresh that fails', () => {
  it('pauses for longer each time, requires no sign-in, and heals', async () => {
    const { account, id } = await newMailbox(app);
    await app.google.addFault({
      target: 'token',
      match: { account },
      fault: { kind: 'error', status: 503, body: {}, headers: { 'retry-after': '1' } },
    });
    await app.advance(0.9 * hourSeconds);
    await refreshed(account, 1);
    const first = await dueInSeconds(account);
    expect(first).toBeGreaterThan(30);
    expect(first).toBeLessThan(80);
    await app.advance(80);
    await refreshed(account, 2);
    expect(await dueInSeconds(account)).toBeGreaterThan(first);
    const { body } = await app.api('GET', `/api/instances/${id}`);
    expect(body).toMatchObject({ oauthStatus: 'completed', requiresReauth: false });
    await app.google.clearFaults();
    await app.advance(200);
    await until('it heals', async () => (await scheduled(account)).at(-1)?.outcome === 'refreshed');
  });

  it('comes due again by itself when the process that claimed it dies', async () => {
    const { account } = await newMailbox(app);
    // What a claim leaves behind: the due time moved on, and no process at work.
    await app.dataSource.query(
      "UPDATE mcp_credentials SET next_refresh_at = evergrant_now() + interval '75 s' WHERE email = $1",
      [account],
    );
    await app.advance(76);
    await refreshed(account);
  });
});

it('leaves what Google called dead to the probe', async () => {
  const { account } = await newMailbox(app);
  await app.google.revokeGrants({ account });
  await app.advance(0.9 * hourSeconds);
  await refreshed(account);
  await app.advance(10);
  const [row] = await app.dataSource.query<{ verdict: string }[]>(
    'SELECT verdict FROM mcp_credentials WHERE email = $1',
    [account],
  );
  expect(row!.verdict).toBe('suspect');
  expect(await scheduled(account)).toHaveLength(1);
});

it('tells how many are due', async () => {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(/^evergrant_refreshes_due \d+$/m);
});
