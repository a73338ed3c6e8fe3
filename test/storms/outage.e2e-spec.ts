import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { TestApp } from '../harness/test-app.js';
import { manyGrants } from './many-grants.js';

const count = 1_000;
const hours = 6;
/** What one process asks of a provider at once, at most. */
const concurrencyLimit = 64;
const stepSeconds = 600;
const asked = 25;
jest.setTimeout(180_000);
const recovery = { limitMs: 90_000, everyMs: 100 };

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ ROLES: 'api,refresher', LOG_LEVEL: 'error' })));
afterAll(() => app.stop());

async function counted(condition: string): Promise<number> {
  const [row] = await app.dataSource.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM mcp_credentials WHERE ${condition}`,
  );
  return row!.count;
}

it('an outage of Google for six hours requires no sign-in, serves tokens to their end, and is recovered from gently', async () => {
  const { accounts, instanceIds } = await manyGrants(app, count, ['default']);
  // People differ in when they came, so their tokens do in when they end; the first was there last.
  await app.dataSource.query(
    `UPDATE mcp_credentials SET last_used_at = evergrant_now() - n * interval '1 s',
       token_expires_at = token_expires_at - n * interval '3 s', next_refresh_at = next_refresh_at - n * interval '3 s'
     FROM (SELECT id, substring(email FROM '[0-9]+')::int AS n FROM mcp_credentials) AS numbered
     WHERE mcp_credentials.id = numbered.id`,
  );
  await app.google.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });

  for (let passed = 0; passed < hours * 3_600; passed += stepSeconds) {
    await app.advance(stepSeconds);
    for (let n = 0; n < asked; n += 1) {
      const who = (passed / stepSeconds + n * 41) % count;
      const [state] = await app.dataSource.query<{ alive: boolean }[]>(
        'SELECT token_expires_at > evergrant_now() AS alive FROM mcp_credentials WHERE email = $1',
        [accounts[who]],
      );
      const { status, body } = await accessToken(app, instanceIds[who]!, { query: '?minTtlSeconds=0' });
      if (state!.alive) expect([status, body.accessToken]).toEqual([200, `of ${accounts[who]}`]);
      else expect([status, body.requiresReauth]).toEqual([503, false]);
    }
  }
  expect(await counted("verdict <> 'active' OR oauth_status <> 'completed'")).toBe(0);
  expect(await counted('token_expires_at > evergrant_now()')).toBe(0);

  await app.google.clearFaults();
  await app.google.addFault({ target: 'token', fault: { kind: 'hold' } });
  let most = 0;
  await until(
    'all are refreshed',
    async () => {
      const held = await app.google.heldRequests();
      most = Math.max(most, held.length);
      await app.google.release();
      const refreshed = await counted('token_expires_at > evergrant_now()');
      // Move on to the next try: pauses after failures are measured by clocks that can be moved.
      if (held.length === 0 && refreshed === 0) await app.advance(600);
      return refreshed === count;
    },
    recovery,
  );
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(concurrencyLimit);
  const first = await accessToken(app, instanceIds[0]!, { query: '?minTtlSeconds=0' });
  expect(first.body).toMatchObject({ stale: false });
});
