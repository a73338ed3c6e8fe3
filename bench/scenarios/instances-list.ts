import pg from 'pg';
import { EvergrantStage } from '../evergrant-stage.js';
import { alternate, Load } from '../load.js';
import { fillTenant } from '../many-instances.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const instances = 10_000;
const sliceMs = 250;
const aim = 'under 50 ms';

/** What a frontend waits for when a tenant is large. */
export const instancesList: Scenario = {
  name: 'instances-list',
  about: 'GET /api/instances of a tenant with ten thousand, one request at a time, beside GET /health/live',
  run: async (seconds) => {
    const evergrant = await EvergrantStage.start();
    try {
      const client = new pg.Client({ connectionString: await evergrant.databaseUrl() });
      await client.connect();
      await fillTenant(client, instances);
      await client.end();
      return await measure(evergrant, seconds);
    } finally {
      await evergrant.stop();
    }
  },
};

async function measure(evergrant: EvergrantStage, seconds: number): Promise<ScenarioResult> {
  const queries = {
    'first page of 50': '?limit=50',
    'page of 200': '?limit=200',
    'page in the middle': `?limit=50&cursor=${await cursorInTheMiddle(evergrant)}`,
    'by status': '?limit=50&status=failed',
    'by part of an address': '?limit=50&q=user77',
    'by what nobody has': '?limit=50&q=nowhere',
  };
  const loadOf = (path: string) => new Load(evergrant.url, path, evergrant.headers, 1);
  const ceiling = loadOf('/health/live');
  const lists = Object.entries(queries).map(([name, query]) => ({
    name,
    load: loadOf(`/api/instances${query}`),
  }));
  try {
    await alternate(seconds, sliceMs, [ceiling, ...lists.map(({ load }) => load)]);
    const at = (name: string, load: Load, percent: number): Measurement => ({
      name: `${name}, p${percent}`,
      unit: 'ms',
      figure: load.latencies.percentileMs(percent),
      ceiling: ceiling.latencies.percentileMs(percent),
      compare: 'difference',
      ...(percent === 50 ? { aim } : {}),
    });
    return {
      measurements: lists.flatMap(({ name, load }) => [at(name, load, 50), at(name, load, 99)]),
      facts: {
        instances,
        'requests for lists': lists.reduce((sum, { load }) => sum + load.latencies.count, 0),
      },
    };
  } finally {
    await Promise.all([ceiling, ...lists.map(({ load }) => load)].map((load) => load.close()));
  }
}

async function cursorInTheMiddle({ url, headers }: EvergrantStage): Promise<string> {
  let cursor = '';
  for (let page = 0; page < instances / 2 / 200; page += 1) {
    const query = `?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const answer = await fetch(`${url}/api/instances${query}`, { headers });
    cursor = ((await answer.json()) as { nextCursor: string }).nextCursor;
  }
  return cursor;
}
