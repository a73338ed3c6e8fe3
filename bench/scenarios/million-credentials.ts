import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ChildProcess } from '../child-process.js';
import { claimsIn, explainingSettings, explainStatements, type Claim } from '../claims.js';
import { Deployment } from '../deployment.js';
import { fillCredentials } from '../filler-credentials.js';
import { Latencies } from '../latencies.js';
import { realCredentials } from '../real-credentials.js';
import type { Scenario, ScenarioResult } from '../scenario.js';
import { migrateDatabase } from '../../src/database/index.js';

const sizes = { none: 0, few: 10_000, many: 1_000_000 };
type Size = keyof typeof sizes;
const due = 100;
const fewestRounds = 3;
const roundLimitMs = 60_000;
const pollMs = 100;
const scrapes = 5;
const bytesPerMb = 1e6;
/** What is filled in is gone afterwards, so nothing has to outlive a crash. */
const settings = [...explainingSettings, 'fsync=off', 'full_page_writes=off', 'max_wal_size=8GB'];

/** What it costs the refresher that there are very many credentials. */
export const millionCredentials: Scenario = {
  name: 'million-credentials',
  about: `The claim of ${due} due credentials among a million beside ten thousand, as the refresher makes it, and the refresher's memory beside that over none`,
  run: async (seconds) => {
    const deployment = await Deployment.start(settings);
    const databases: Record<string, pg.Client> = {};
    try {
      const ids = await fill(deployment, databases);
      return await measure(deployment, databases, ids, seconds);
    } finally {
      await Promise.all(Object.values(databases).map((database) => database.end()));
      await deployment.stop();
    }
  },
};

function urlOf({ databaseUrl }: Pick<Deployment, 'databaseUrl'>, size: Size): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${size}`;
  return url.href;
}

/** @returns the ids of the real credentials, the same in `few` and `many` */
async function fill(deployment: Deployment, databases: Record<string, pg.Client>): Promise<string[]> {
  const { database } = deployment;
  const owner = new URL(deployment.databaseUrl).username;
  for (const size of ['none', 'few'] as const) {
    await database.query(`CREATE DATABASE ${size} OWNER ${owner}`);
    await migrateDatabase(urlOf(deployment, size));
  }
  const real = await realCredentials(deployment, due, urlOf(deployment, 'few'));
  await database.query(`CREATE DATABASE many TEMPLATE few OWNER ${owner}`);
  for (const size of ['few', 'many'] as const) {
    const filled = new pg.Client({ connectionString: urlOf({ databaseUrl: deployment.superuserUrl }, size) });
    await filled.connect();
    databases[size] = filled;
    await fillCredentials(filled, sizes[size] - due);
    for (const statement of explainStatements(size)) await database.query(statement);
  }
  return real.map(({ id }) => id);
}

async function measure(
  deployment: Deployment,
  databases: Record<string, pg.Client>,
  ids: readonly string[],
  seconds: number,
): Promise<ScenarioResult> {
  const refreshers = {
    none: await deployment.refresher(urlOf(deployment, 'none')),
    few: await deployment.refresher(urlOf(deployment, 'few')),
    many: await deployment.refresher(urlOf(deployment, 'many')),
  };
  const endsAtMs = performance.now() + seconds * 1000;
  for (let round = 0; round < fewestRounds || performance.now() < endsAtMs; round += 1)
    for (const database of Object.values(databases)) await sweepOnce(database, ids);
  const claims = await claimsIn(deployment.postgresLog);
  const [few, many] = [summary(claims, 'few'), summary(claims, 'many')];
  if (many.nodes.includes('Seq Scan mcp_credentials'))
    throw new Error(`All rows were read for a claim: ${many.nodes.join(', ')}`);
  const [scrapeOfNone, scrapeOfMany] = [await scraped(refreshers.none), await scraped(refreshers.many)];
  return {
    measurements: [
      {
        name: 'claim of what is due, median',
        ...{ unit: 'ms', figure: many.medianMs, ceiling: few.medianMs, compare: 'ratio', aim: '2 or less' },
      },
      {
        name: 'memory of the refresher',
        ...{ unit: 'MB', figure: scrapeOfMany.memoryMb, ceiling: scrapeOfNone.memoryMb },
        ...{ compare: 'difference', aim: 'figure: less than 200 MB' },
      },
      {
        name: 'GET /metrics of the refresher, median',
        ...{ unit: 'ms', figure: scrapeOfMany.medianMs, ceiling: scrapeOfNone.medianMs },
        ...{ compare: 'difference' },
      },
    ],
    facts: {
      'claims at a million': many.count,
      'claims at ten thousand': few.count,
      'credentials of a claim at a million': many.claimed,
      'buffers of a claim at ten thousand, median': few.blocks,
      'buffers of a claim at a million, median': many.blocks,
      'plan at a million': many.nodes.join(' > '),
      'credentials that the metrics told at a million': scrapeOfMany.credentials,
    },
  };
}

/** Lets the real credentials come due, and waits until the refresher has refreshed them. */
async function sweepOnce(database: pg.Client, ids: readonly string[]): Promise<void> {
  const { rows: marks } = await database.query<{ mark: string }>(
    'SELECT coalesce(max(id), 0) AS mark FROM credential_events',
  );
  await database.query('UPDATE mcp_credentials SET next_refresh_at = evergrant_now() WHERE id = ANY($1)', [
    ids,
  ]);
  const giveUpAtMs = performance.now() + roundLimitMs;
  for (;;) {
    const { rows } = await database.query<{ refreshed: number }>(
      `SELECT count(*)::int AS refreshed FROM credential_events
       WHERE id > $1 AND trigger = 'schedule' AND outcome = 'refreshed'`,
      [marks[0]?.mark ?? '0'],
    );
    if (rows[0]?.refreshed === due) return;
    if (performance.now() > giveUpAtMs) throw new Error(`Only ${rows[0]?.refreshed ?? 0} were refreshed`);
    await pause(pollMs);
  }
}

function summary(claims: readonly Claim[], size: Size) {
  const own = claims.filter(({ database }) => database === size);
  const last = own.at(-1);
  if (!last) throw new Error(`No claim of ${size} was explained`);
  return {
    count: own.length,
    medianMs: median(own.map(({ durationMs }) => durationMs)),
    blocks: median(own.map(({ blocks }) => blocks)),
    claimed: last.claimed,
    nodes: last.nodes,
  };
}

async function scraped({ url }: ChildProcess) {
  const latencies = new Latencies();
  let text = '';
  for (let n = 0; n < scrapes; n += 1)
    text = await latencies.time(async () => (await fetch(`${url}/metrics`)).text());
  const samples = [...text.matchAll(/^evergrant_credentials\{.*\} (\d+)$/gm)];
  return {
    medianMs: latencies.percentileMs(50),
    memoryMb: Number(/^evergrant_process_resident_memory_bytes (\d+)$/m.exec(text)?.[1]) / bytesPerMb,
    credentials: samples.reduce((sum, [, count]) => sum + Number(count), 0),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
