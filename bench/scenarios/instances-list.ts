import pg from 'pg';
import { EvergrantStage, type BenchTenant } from '../evergrant-stage.js';
import { alternate, Load, warmUp } from '../load.js';
import { fillTenant } from '../many-instances.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const instances = 10_000;
const largestPage = 200;
const sliceMs = 250;
const aim = 'under 50 ms';

/** What a frontend waits for when a tenant is large. */
export const instancesList: Scenario = {
  name: 'instances-list',
  about: 'GET /api/instances of a tenant with ten thousand, one request at a time, beside GET /health/live',
  run: async (seconds) => {
    const evergrant = await EvergrantStage.start();
    try {
      const tenant = await evergrant.tenant('bench');
      await fill(evergrant, tenant);
      return await measure(evergrant, tenant, seconds);
    } finally {
      await evergrant.stop();
    }
  },
};

async function fill(evergrant: EvergrantStage, { name }: BenchTenant): Promise<void> {
  const client = new pg.Client({ connectionString: await evergrant.databaseUrl() });
  await client.connect();
  try {
    await fillTenant(client, name, instances);
  } finally {
    await client.end();
  }
}

/** A list, how many instances its page holds, and the name of the first. */
interface List {
  query: string;
  items: number;
  first?: string;
}

async function measure(
  evergrant: EvergrantStage,
  tenant: BenchTenant,
  seconds: number,
): Promise<ScenarioResult> {
  const middle = await cursorInTheMiddle(evergrant, tenant);
  const lists: Record<string, List> = {
    'first page of 50': { query: '?limit=50', items: 50, first: 'Mailbox 1' },
    'page of 200': { query: '?limit=200', items: 200, first: 'Mailbox 1' },
    'page in the middle': { query: `?limit=50&cursor=${middle}`, items: 50, first: 'Mailbox 5001' },
    'by status': { query: '?limit=50&status=failed', items: 50, first: 'Mailbox 10' },
    'by part of an address': { query: '?limit=50&q=user77', items: 50, first: 'Mailbox 77' },
    'by what none has': { query: '?limit=50&q=nowhere', items: 0 },
  };
  for (const list of Object.values(lists)) await expectPage(evergrant, tenant, list);

  const ceiling = new Load(evergrant.url, { path: '/health/live', headers: {} }, { connections: 1 });
  const loads = Object.entries(lists).map(([name, { query }]) => ({
    name,
    load: new Load(
      evergrant.url,
      { path: `/api/instances${query}`, headers: tenant.headers },
      { connections: 1 },
    ),
  }));
  try {
    const all = [ceiling, ...loads.map(({ load }) => load)];
    await warmUp(all, sliceMs);
    await alternate(seconds, sliceMs, all);
    const at = (name: string, load: Load, percent: number): Measurement => ({
      name: `${name}, p${percent}`,
      unit: 'ms',
      figure: load.latencies.percentileMs(percent),
      ceiling: ceiling.latencies.percentileMs(percent),
      compare: 'difference',
      ...(percent === 50 ? { aim } : {}),
    });
    return {
      measurements: loads.flatMap(({ name, load }) => [at(name, load, 50), at(name, load, 99)]),
      facts: {
        instances,
        'requests for lists': loads.reduce((sum, { load }) => sum + load.latencies.count, 0),
      },
    };
  } finally {
    await Promise.all([ceiling, ...loads.map(({ load }) => load)].map((load) => load.close()));
  }
}

interface Page {
  items: { name: string }[];
  nextCursor: string | null;
}

async function expectPage(evergrant: EvergrantStage, tenant: BenchTenant, expected: List): Promise<void> {
  const { items } = await page(evergrant, tenant, expected.query);
  if (items.length !== expected.items || items[0]?.name !== expected.first)
    throw new Error(`${expected.query} found ${items.length} instances from ${items[0]?.name ?? 'none'} on`);
}

async function cursorInTheMiddle(evergrant: EvergrantStage, tenant: BenchTenant): Promise<string> {
  let cursor = '';
  for (let seen = 0; seen < instances / 2; seen += largestPage) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { nextCursor } = await page(evergrant, tenant, `?limit=${largestPage}${after}`);
    cursor = nextCursor ?? '';
  }
  return cursor;
}

async function page({ url }: EvergrantStage, { headers }: BenchTenant, query: string): Promise<Page> {
  const answer = await fetch(`${url}/api/instances${query}`, { headers });
  if (answer.status !== 200) throw new Error(`GET /api/instances${query} answered ${answer.status}`);
  return (await answer.json()) as Page;
}
