import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BareSweepInput } from '../bare-sweep.js';
import { ChildProcess } from '../child-process.js';
import { Deployment } from '../deployment.js';
import { freePort } from '../../sandbox/index.js';
import { realCredentials, type RealCredential } from '../real-credentials.js';
import type { Measurement, Scenario, ScenarioResult } from '../scenario.js';

const due = 400;
/** As many as the refresher begins with. */
const concurrency = 16;
/** Until processes run as they do when they have run for long. */
const warmUpShare = 0.4;
const sweepLimitMs = 120_000;
const pollMs = 100;
const aim = '0.6 or more';

/** How fast the refresher works off what comes due at once. */
export const sweep: Scenario = {
  name: 'sweep',
  about: `A refresher that finds ${due} credentials due at once, beside a bare loop of one POST and one UPDATE for each, ${concurrency} at a time`,
  run: async (seconds) => {
    const deployment = await Deployment.start();
    const folder = await mkdtemp(join(tmpdir(), 'evergrant-bench-'));
    try {
      const credentials = await realCredentials(deployment, due);
      const bare = await bareSweep(deployment, join(folder, 'sweep.json'), credentials);
      try {
        return await measure(deployment, bare, seconds);
      } finally {
        await bare.stop();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      await deployment.stop();
    }
  },
};

async function bareSweep(
  { googleUrl, client, databaseUrl }: Deployment,
  file: string,
  credentials: RealCredential[],
): Promise<ChildProcess> {
  const port = await freePort();
  const input = { port, tokenUrl: `${googleUrl}/token`, client, databaseUrl, concurrency, credentials };
  await writeFile(file, JSON.stringify(input satisfies BareSweepInput), { mode: 0o600 });
  return ChildProcess.start('bench/bare-sweep.js', `http://127.0.0.1:${port}`, '/', {}, [file]);
}

async function measure(deployment: Deployment, bare: ChildProcess, seconds: number): Promise<ScenarioResult> {
  const service = await deployment.oauthService();
  await deployment.refresher();
  await alternate(deployment, bare, seconds * warmUpShare);
  const throughService = await alternate(deployment, bare, seconds / 2);
  await service.stop();
  const direct = await alternate(deployment, bare, seconds / 2);
  const alone = await perSecond(bare, '/requests');
  const measurement = (name: string, { swept, looped }: Rates): Measurement => ({
    ...{ name, unit: '1/s', compare: 'ratio', aim },
    ...{ figure: median(swept), ceiling: median(looped) },
  });
  return {
    measurements: [
      measurement('refreshes, through the OAuth service', throughService),
      measurement('refreshes, straight at Google', direct),
    ],
    facts: {
      'credentials due at once': due,
      'rounds through the OAuth service': throughService.swept.length,
      'rounds straight at Google': direct.swept.length,
      'what the sandbox alone answers to the bare loop, 1/s': Math.round(alone),
    },
  };
}

interface Rates {
  swept: number[];
  looped: number[];
}

/** In turn, for about so long and once at least. */
async function alternate(deployment: Deployment, bare: ChildProcess, seconds: number): Promise<Rates> {
  const rates: Rates = { swept: [], looped: [] };
  const endsAtMs = performance.now() + seconds * 1000;
  do {
    rates.swept.push(await sweptPerSecond(deployment));
    rates.looped.push(await perSecond(bare, '/sweep'));
  } while (performance.now() < endsAtMs);
  return rates;
}

async function perSecond(bare: ChildProcess, path: string): Promise<number> {
  const answer = await fetch(bare.url + path, { method: 'POST' });
  if (!answer.ok) throw new Error(`The bare loop failed: ${await answer.text()}`);
  const { seconds } = (await answer.json()) as { seconds: number };
  return due / seconds;
}

/**
 * From the first request that Google got to the last outcome that was stored. Throws unless each credential was
 * refreshed, and its token presented once.
 */
async function sweptPerSecond({ database, google }: Deployment): Promise<number> {
  await google.clearLedger();
  const { rows: marks } = await database.query<{ mark: string }>(
    'SELECT coalesce(max(id), 0) AS mark FROM credential_events',
  );
  await database.query('UPDATE mcp_credentials SET next_refresh_at = evergrant_now()');
  const endedAtMs = await allRefreshed(database, marks[0]?.mark ?? '0');
  const { tokenRequests } = await google.ledger();
  const presented = new Set(tokenRequests.map(({ presentedRefreshToken }) => presentedRefreshToken));
  if (tokenRequests.length !== due || presented.size !== due)
    throw new Error(`Google was asked ${tokenRequests.length} times for ${presented.size} grants`);
  return due / ((endedAtMs - Date.parse(tokenRequests[0]?.at ?? '')) / 1000);
}

/** @returns when the last one was stored */
async function allRefreshed(database: Deployment['database'], mark: string): Promise<number> {
  const giveUpAtMs = performance.now() + sweepLimitMs;
  for (;;) {
    const { rows } = await database.query<{ refreshed: number; others: number; lastMs: number }>(
      `SELECT count(*) FILTER (WHERE outcome = 'refreshed')::int AS refreshed,
              count(*) FILTER (WHERE outcome <> 'refreshed')::int AS others,
              (extract(epoch FROM max(at)) * 1000)::float8 AS "lastMs"
       FROM credential_events WHERE id > $1 AND trigger = 'schedule'`,
      [mark],
    );
    const { refreshed = 0, others = 0, lastMs = 0 } = rows[0] ?? {};
    if (refreshed === due) return lastMs;
    if (others > 0 || refreshed > due || performance.now() > giveUpAtMs)
      throw new Error(`Of ${due} credentials ${refreshed} were refreshed, ${others} refreshes failed`);
    await pause(pollMs);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
