import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillTenant } from '../../bench/many-instances.js';
import { TestApp } from '../harness/test-app.js';
import { countedStatements } from '../harness/database/counted-statements.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ LOG_LEVEL: 'info', RATE_LIMIT_PER_MINUTE: '0' });
  await fillTenant(app.dataSource, 'default', 10_000);
});
afterAll(() => app.stop());

function list(query: { limit?: number; cursor?: string; status?: 'failed'; q?: string }) {
  return app.client.GET('/api/instances', { params: { query } });
}

function mostRepeated(statements: readonly string[]): number {
  const times = new Map<string, number>();
  for (const each of statements) times.set(each, (times.get(each) ?? 0) + 1);
  return Math.max(...times.values());
}

describe('a tenant with ten thousand instances', () => {
  it.each([
    ['a page', {}],
    ['a filter by status', { status: 'failed' }],
    ['a search', { q: 'mailbox 9' }],
  ] as const)('gets %s of two hundred instances without a statement for each', async (_case, query) => {
    const { result, statements } = await countedStatements(app.dataSource, /./, () =>
      list({ ...query, limit: 200 }),
    );
    expect(result.data?.items).toHaveLength(200);
    expect(statements.length).toBeGreaterThan(0);
    // Every transaction sends a few of its own, those of jobs that run beside it, too.
    expect(mostRepeated(statements)).toBeLessThan(20);
  });

  it('can be read page by page to its end while instances come and go, each that stays exactly once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { data } = await list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...(data?.items.map(({ name }) => name) ?? []));
      cursor = data?.nextCursor ?? undefined;
      if (seen.length % 1_000 !== 0) continue;
      const { id } = await app.createInstance({ name: 'Come meanwhile' });
      await app.api('DELETE', `/api/instances/${id}`);
    } while (cursor !== undefined);
    const stayed = seen.filter((name) => name.startsWith('Mailbox '));
    expect(stayed).toHaveLength(10_000);
    expect(new Set(stayed).size).toBe(10_000);
  });

  it('finds the page after a cursor by the index, however far it is', async () => {
    const [plan] = await app.dataSource.query<Record<'QUERY PLAN', unknown>[]>(
      `EXPLAIN (FORMAT JSON) SELECT id FROM mcp_instances
       WHERE tenant_id = (SELECT id FROM tenants WHERE name = 'default')
         AND (created_at, id) > (evergrant_now(), '00000000-0000-4000-8000-000000000000')
       ORDER BY created_at, id LIMIT 51`,
    );
    expect(JSON.stringify(plan)).toContain('mcp_instances_page');
  });
});
