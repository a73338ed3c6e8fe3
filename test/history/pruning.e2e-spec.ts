import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { HistoryPruning } from '../../src/credentials/grants/history-pruning.js';
import { TestApp } from '../harness/test-app.js';
import { startOutage } from '../harness/database/database-outage.js';
import { countedStatements } from '../harness/database/counted-statements.js';

const daySeconds = 86_400;
const retentionDays = 90;

let app: TestApp;
let replica: TestApp;
let instanceId: string;
let credentialId: string;
beforeAll(async () => {
  app = await TestApp.start();
  replica = await TestApp.start({}, { beside: app });
  await app.google.addAccount({ email: 'remembered@sandbox.test' });
  ({ id: instanceId } = await app.connectedInstance({ account: 'remembered@sandbox.test' }));
  const [instance] = await app.dataSource.query<{ id: string }[]>(
    'SELECT credential_id AS id FROM mcp_instances WHERE id = $1',
    [instanceId],
  );
  credentialId = instance!.id;
  // From here on the consent is older than anything is kept.
  await app.advance((retentionDays + 10) * daySeconds);
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});
afterEach(async () => {
  await app.dataSource.query("DELETE FROM credential_events WHERE event = 'refresh'");
});

function pruning({ dataSource }: TestApp, historyRetentionDays = retentionDays): HistoryPruning {
  const options = { historyRetentionDays };
  return new HistoryPruning(dataSource, options as ConstructorParameters<typeof HistoryPruning>[1]);
}

async function refreshes(count: number, { daysAgo }: { daysAgo: number }): Promise<void> {
  await app.dataSource.query(
    `INSERT INTO credential_events (tenant_id, credential_id, at, event, outcome, generation, refresh_version)
     SELECT tenant_id, id, evergrant_now() - make_interval(days => $2), 'refresh', 'refreshed', 1, 1
     FROM mcp_credentials, generate_series(1, $3) WHERE id = $1`,
    [credentialId, daysAgo, count],
  );
}

/** What is left of the history, oldest first: its events and how many of each in a row. */
async function left(): Promise<string[]> {
  const found = await app.dataSource.query<{ told: string }[]>(
    `SELECT event || ' ' || extract(day FROM evergrant_now() - at) || ' days ago: ' || count(*) AS told
     FROM credential_events WHERE credential_id = $1
     GROUP BY event, extract(day FROM evergrant_now() - at) ORDER BY min(id)`,
    [credentialId],
  );
  return found.map(({ told }) => told);
}

const beginning = 'consent 100 days ago: 1';

describe('the history', () => {
  it('loses what is older than it is kept, a thousand events at once, and keeps the rest', async () => {
    await refreshes(2_500, { daysAgo: 91 });
    await refreshes(300, { daysAgo: 89 });
    const { statements } = await countedStatements(app.dataSource, /credential_events/, () =>
      pruning(app).prune(),
    );
    expect(statements).toHaveLength(3);
    expect(await left()).toEqual([beginning, 'refresh 89 days ago: 300']);
  });

  it('looks no further than to the first batch of young events', async () => {
    await refreshes(10, { daysAgo: 91 });
    await refreshes(5_000, { daysAgo: 1 });
    const { statements } = await countedStatements(app.dataSource, /credential_events/, () =>
      pruning(app).prune(),
    );
    expect(statements).toHaveLength(2);
    expect(await left()).toEqual([beginning, 'refresh 1 days ago: 5000']);
  });

  it('is pruned over several passes when much is old', async () => {
    await refreshes(12_000, { daysAgo: 200 });
    const walk = pruning(app);
    await walk.prune();
    // The beginning was in the first batch, and stayed.
    expect(await left()).toEqual([beginning, 'refresh 200 days ago: 2001']);
    await walk.prune();
    expect(await left()).toEqual([beginning]);
  });

  it('is pruned by two processes at once, and neither waits for the other', async () => {
    await refreshes(9_000, { daysAgo: 91 });
    await Promise.all([pruning(app).prune(), pruning(replica).prune()]);
    await pruning(app).prune();
    expect(await left()).toEqual([beginning]);
  });

  it('leaves to another process what that one is deleting', async () => {
    await refreshes(2_000, { daysAgo: 91 });
    const other = replica.dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(
      "DELETE FROM credential_events WHERE id IN (SELECT id FROM credential_events WHERE event = 'refresh' ORDER BY id LIMIT 700)",
    );
    await pruning(app).prune();
    expect(await left()).toEqual([beginning, 'refresh 91 days ago: 700']);
    await other.rollbackTransaction();
    await other.release();
    await pruning(app).prune();
    expect(await left()).toEqual([beginning]);
  });

  it('is kept for ever if so configured', async () => {
    await refreshes(10, { daysAgo: 4_000 });
    await pruning(app, 0).prune();
    expect(await left()).toEqual([beginning, 'refresh 4000 days ago: 10']);
  });

  it('waits for a database that is away, and is pruned when it is back', async () => {
    await refreshes(10, { daysAgo: 91 });
    const walk = pruning(app);
    const endOutage = await startOutage(app.environment.DATABASE_URL!);
    await expect(walk.prune()).resolves.toBeUndefined();
    await endOutage();
    await until('the pool has noticed', () => left().catch(() => null));
    await walk.prune();
    expect(await left()).toEqual([beginning]);
  });

  it('is pruned by a process with the role refresher, to the days it is told', async () => {
    await refreshes(10, { daysAgo: 31 });
    await refreshes(10, { daysAgo: 29 });
    const variables = { ROLES: 'refresher', HISTORY_RETENTION_DAYS: '30' };
    const refresher = await TestApp.start(variables, { beside: app });
    await until('it was there', async () => (await left()).every((told) => !told.includes('31 days')));
    await refresher.stop();
    expect(await left()).toContain('refresh 29 days ago: 10');
  });

  it('loses the beginning of a grant as well once that has ended', async () => {
    const { body } = await app.api<{ id: string }>('POST', '/api/instances', { name: 'Another' });
    await app.google.addAccount({ email: 'gone@sandbox.test' });
    await app.connect(body.id, { account: 'gone@sandbox.test' });
    const told = () =>
      app.dataSource.query<{ event: string }[]>(
        'SELECT event FROM credential_events WHERE credential_id <> $1 ORDER BY id',
        [credentialId],
      );
    await app.advance(95 * daySeconds);
    await pruning(app).prune();
    expect(await told()).toEqual([{ event: 'consent' }]);
    await app.api('DELETE', `/api/instances/${body.id}`);
    await pruning(app).prune();
    expect(await told()).toEqual([{ event: 'discard' }]);
  });
});
