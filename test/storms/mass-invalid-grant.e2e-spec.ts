import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import pMap from 'p-map';
import { until } from '../../sandbox/index.js';
import { spikeShare } from '../../src/credentials/verdicts/spike.js';
import { accessToken } from '../harness/access-tokens.js';
import { invalidGrant } from '../harness/oauth/token-faults.js';
import { TestApp } from '../harness/test-app.js';
import { manyGrants } from './many-grants.js';

/** As many as a deployment may have; CI does with fewer. */
const count = Number(process.env.STORM_GRANTS ?? 400);
const callersAtOnce = 100;
jest.setTimeout(60_000 + count * 60);
const recovery = { limitMs: 30_000 + count * 30, everyMs: 200 };

let app: TestApp;
beforeAll(
  async () =>
    void (app = await TestApp.start({
      ROLES: 'api,refresher',
      LOG_LEVEL: 'error',
      RATE_LIMIT_PER_MINUTE: '0',
    })),
);
afterAll(() => app.stop());

async function verdicts(): Promise<Record<string, number>> {
  const found = await app.dataSource.query<{ verdict: string; count: number }[]>(
    'SELECT verdict, count(*)::int AS count FROM mcp_credentials GROUP BY verdict',
  );
  return Object.fromEntries(found.map(({ verdict, count: number }) => [verdict, number]));
}

/** The operator's key serves the tenant that is named. */
let tenantOf: Map<string, string>;
function ask(id: string) {
  return accessToken(app, id, { headers: { 'x-evergrant-tenant': tenantOf.get(id) ?? '' } });
}

async function holds(): Promise<number> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  const values = [...metrics.matchAll(/^evergrant_verdict_holds\{.*\} (\d+)$/gm)];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

it('a Google that calls every grant dead at once ends none, rings the alarm, and all heal when it does', async () => {
  const tenants = ['default', 'second', 'third'];
  const { instanceIds } = await manyGrants(app, count, tenants);
  tenantOf = new Map(instanceIds.map((id, n) => [id, tenants[n % tenants.length]!]));
  await app.google.addFault({ target: 'token', fault: invalidGrant() });
  await app.advance(3_600);
  // By callers, all of whom want a token at once: the schedule leaves a provider alone that does so.
  const answers = await pMap(instanceIds, (id) => ask(id), { concurrency: callersAtOnce });
  expect(await verdicts()).toEqual({ suspect: count });
  expect(await holds()).toBeGreaterThan(0);
  const signIn = answers.filter(({ body }) => body.requiresReauth);
  // Until it is a spike nothing tells it from people's own doing.
  expect(signIn.length).toBeLessThanOrEqual(Math.max(5, count * spikeShare) + callersAtOnce);
  for (const id of instanceIds.slice(0, 50))
    expect(await ask(id)).toMatchObject({ status: 503, body: { requiresReauth: false } });

  for (let minute = 0; minute < 10; minute += 1) await app.advance(61);
  expect(await verdicts()).toEqual({ suspect: count });

  await app.google.clearFaults();
  await until(
    'all heal',
    async () => {
      await app.advance(20);
      return (await verdicts()).active === count;
    },
    recovery,
  );
  await until('the alarm is over', async () => (await holds()) === 0, recovery);
  expect((await ask(instanceIds[0]!)).status).toBe(200);
});
