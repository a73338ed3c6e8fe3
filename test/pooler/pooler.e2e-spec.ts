import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { EventStream } from '../harness/event-stream.js';
import { liveGrants, refreshesAtGoogle } from '../harness/oauth/google-ledger.js';
import { adminApiKey, Deployment, type Member, type TokenAnswer } from '../processes/deployment.js';
import { createTestDatabase } from '../setup/index.js';
import { PgBouncer } from './pgbouncer.js';

// Real processes start, and leases of dead ones lapse.
jest.setTimeout(120_000);

/** Fewer than one process would like to have. */
const poolSize = 3;
if (!PgBouncer.isInstalled) {
  process.stderr.write(
    'Skipped: what runs behind PgBouncer, which is not installed (apt-get install pgbouncer)\n',
  );
}

(PgBouncer.isInstalled ? describe : describe.skip)(
  'two replicas behind PgBouncer in transaction mode',
  () => {
    let pooler: PgBouncer;
    let deployment: Deployment;
    let api: Member;
    let replica: Member;
    let behindPooler: Record<string, string>;
    let migratedBefore: boolean;
    let accounts = 0;

    beforeAll(async () => {
      const database = await createTestDatabase({ migrated: false });
      pooler = await PgBouncer.before(database.url, { poolSize });
      behindPooler = { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: database.url };
      deployment = await Deployment.start(database);
      const starting = deployment.publicApi(behindPooler);
      migratedBefore = await until('the schema is there', () => hasSchema(deployment), { limitMs: 60_000 });
      await pooler.start();
      api = await starting;
      [replica] = await Promise.all([
        deployment.replica(behindPooler),
        deployment.oauthService(behindPooler),
      ]);
    });
    afterAll(async () => {
      await deployment.stop();
      await pooler.remove();
    });
    afterEach(async () => {
      await deployment.google.clearFaults();
      await deployment.google.release();
      await deployment.google.configure({ rotation: 'none' });
    });

    async function mailbox(): Promise<{ id: string; account: string }> {
      const account = `pooled${++accounts}@sandbox.test`;
      return { account, id: await deployment.mailbox(api, account) };
    }

    const holdRefreshes = () =>
      deployment.google.addFault({
        target: 'token',
        match: { grantType: 'refresh_token' },
        fault: { kind: 'hold' },
      });

    it('were migrated over the direct URL, before the pooler was there', () => {
      expect(migratedBefore).toBe(true);
    });

    it('make one refresh at the provider for 200 callers', async () => {
      const { id, account } = await mailbox();
      await deployment.advance(3_700);
      await holdRefreshes();
      const asked = Promise.all(
        Array.from({ length: 200 }, (_, n) => deployment.accessToken(n % 2 ? api : replica, id)),
      );
      await deployment.google.heldRequests({ atLeast: 1 });
      await deployment.google.clearFaults();
      await deployment.google.release();
      const answers = await asked;
      expect(new Set(answers.map(({ status, stale }) => `${status} ${String(stale)}`))).toEqual(
        new Set(['200 false']),
      );
      expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1);
      expect(await refreshesAtGoogle(deployment, account)).toBe(1);
      expect(await serverConnections(deployment)).toBeLessThanOrEqual(poolSize);
    });

    it('keep tenants apart, and leave nothing of one on a connection that another takes over', async () => {
      const keys = await Promise.all(
        ['left', 'right'].map(async (name) => {
          const { apiKey } = await deployment.request<{ apiKey: string }>(api, 'POST', '/api/tenants', {
            name,
          });
          return { apiKey, id: await deployment.mailbox(api, `${name}@sandbox.test`, apiKey) };
        }),
      );
      const seen = await Promise.all(
        Array.from({ length: 300 }, async (_, n) => {
          const [own, other] = n % 2 ? keys : [...keys].reverse();
          const member = n % 4 < 2 ? api : replica;
          const list = deployment.request<{ items: { id: string }[] }>(
            member,
            'GET',
            '/api/instances',
            undefined,
            own!.apiKey,
          );
          const foreign = `/api/instances/${other!.id}`;
          const { status } = await deployment.request(member, 'GET', foreign, undefined, own!.apiKey);
          const { items } = await list;
          return [items.length === 1 && items[0]!.id === own!.id, status];
        }),
      );
      expect(seen).toEqual(seen.map(() => [true, 404]));
      const left = await Promise.all(
        Array.from({ length: 4 * poolSize }, () =>
          pooler.query(
            `SELECT current_user = session_user AS "asItself", current_setting('evergrant.tenant_id', true) AS tenant`,
          ),
        ),
      );
      // PostgreSQL knows a setting by name once it was set; what remains of it is empty.
      expect(left.flat()).not.toContainEqual(expect.objectContaining({ tenant: expect.stringMatching(/./) }));
      expect(left.flat()).not.toContainEqual(expect.objectContaining({ asItself: false }));
    });

    it('find no temporary table before one of ours, whichever connection they are given', async () => {
      const seen = await Promise.all(
        Array.from({ length: 4 * poolSize }, () => pooler.query('SHOW search_path')),
      );
      expect(new Set(seen.flat().map((row) => JSON.stringify(row)))).toEqual(
        new Set(['{"search_path":"public, pg_temp"}']),
      );
    });

    it('drop from memory within a second what the other one has refreshed, and tell it as it happens', async () => {
      const { id } = await mailbox();
      await until('both remember the token', async () => {
        const answers = await Promise.all([
          deployment.accessToken(api, id),
          deployment.accessToken(replica, id),
        ]);
        return answers.every(({ source }) => source === 'cache');
      });
      const stream = await EventStream.open(`${replica.url}/api/events`, {
        authorization: `Bearer ${adminApiKey}`,
      });
      await deployment.refresh(api, id);
      const { accessToken } = await deployment.accessToken(api, id);
      await until(
        'the replica serves the new token',
        async () => (await deployment.accessToken(replica, id)).accessToken === accessToken,
        { limitMs: 1_500 },
      );
      expect(await stream.next()).toMatchObject({ type: 'instance', data: { id, requiresReauth: false } });
      stream.close();
    });

    it('take over from one that was killed while it held a lease', async () => {
      await deployment.google.configure({ rotation: 'rotate-and-revoke-family' });
      const { id, account } = await mailbox();
      const victim = await deployment.replica(behindPooler);
      await deployment.refresh(api, id);
      await holdRefreshes();
      const abandoned = deployment.refresh(victim, id).catch(() => null);
      await deployment.google.heldRequests({ atLeast: 1 });
      await victim.process.stop('SIGKILL');
      await abandoned;
      await deployment.google.clearFaults();
      await deployment.google.release();
      // The lease of the dead process has to lapse, and the token with it.
      await deployment.advance(3_700);
      expect(await deployment.accessToken(replica, id)).toMatchObject({ status: 200, stale: false });
      expect([await refreshesAtGoogle(deployment, account), await liveGrants(deployment, account)]).toEqual([
        2, 1,
      ]);
    });

    it('are joined by a refresher, which refreshes without a request', async () => {
      const { id } = await mailbox();
      const refresher = await deployment.replica({ ...behindPooler, ROLES: 'refresher' });
      await deployment.advance(0.9 * 3_600);
      await until('the schedule refreshed it', async () => {
        const { items } = await deployment.request<{ items: { trigger: string; outcome: string }[] }>(
          api,
          'GET',
          `/api/instances/${id}/events`,
        );
        return items.some(({ trigger, outcome }) => trigger === 'schedule' && outcome === 'refreshed');
      });
      await refresher.process.stop();
    });

    it.each(['SIGKILL', 'SIGTERM'] as const)(
      'survive a restart of the pooler by %s in the middle of refreshes that rotate',
      async (signal) => {
        await deployment.google.configure({ rotation: 'rotate-and-revoke-family' });
        const held = await mailbox();
        const fresh = await mailbox();
        await deployment.refresh(api, held.id);
        await holdRefreshes();
        const logged = api.process.stdout.length;
        const refreshing = deployment.refresh(api, held.id);
        await deployment.google.heldRequests({ atLeast: 1 });
        await pooler.stop(signal);
        await deployment.google.clearFaults();
        await deployment.google.release();
        const meanwhile: TokenAnswer[] = [await refreshing];
        for (let round = 0; round < 20; round += 1) {
          for (const { id } of [held, fresh]) {
            meanwhile.push(await deployment.accessToken(api, id), await deployment.refresh(replica, id));
          }
        }
        await pooler.start();
        expect(meanwhile[0]).toMatchObject({ status: 200, stale: false });
        expect(api.process.stdout.slice(logged)).toContain('waits on disk for the database');
        expect(meanwhile.map(({ status }) => status)).toContain(503);
        expect(meanwhile.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
        expect(meanwhile.filter(({ requiresReauth }) => requiresReauth)).toEqual([]);
        for (const member of [api, replica]) {
          for (const { id } of [held, fresh]) {
            await until('it is refreshed again', async () => {
              const { status, stale, requiresReauth } = await deployment.refresh(member, id);
              expect(requiresReauth ?? false).toBe(false);
              return status === 200 && !stale;
            });
          }
        }
        for (const { account } of [held, fresh]) expect(await liveGrants(deployment, account)).toBe(1);
      },
    );
  },
);

async function hasSchema(deployment: Deployment): Promise<boolean> {
  const [found] = await deployment.sql<{ made: boolean }>(
    "SELECT to_regclass('credential_events') IS NOT NULL AS made",
  );
  return found!.made;
}

/** Connections of PgBouncer's, that of the question left out. */
async function serverConnections(deployment: Deployment): Promise<number> {
  const [found] = await deployment.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  return found!.count;
}
