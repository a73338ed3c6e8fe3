import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import { until } from '../../../sandbox/index.js';

/** The process of the embedded PostgreSQL in a `DATA_DIR`; null while none runs. */
export function postmasterPid(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir) ? pid : null;
  } catch {
    return null;
  }
}

/** Stops what runs in a `DATA_DIR` at once, and waits until it is gone. */
export async function endPostmaster(dataDir: string): Promise<void> {
  const pid = postmasterPid(dataDir);
  if (pid !== null) kill(pid, 'SIGQUIT');
  await until('PostgreSQL is gone', () => postmasterPid(dataDir) === null);
}
