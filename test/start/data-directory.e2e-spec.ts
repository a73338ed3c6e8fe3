import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '../../sandbox/index.js';
import { asUser, NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

// A busy machine takes its time; what spins does not end in it.
jest.setTimeout(60_000);

const entry = join(repository, 'dist/main.js');
const isRoot = process.getuid?.() === 0;
const ordinaryUser = 65_534;

let folder: ReturnType<typeof temporaryFolder>;
let started: NodeProcess[];
beforeEach(() => {
  folder = temporaryFolder();
  started = [];
});
afterEach(async () => {
  for (const each of started) await each.stop('SIGKILL');
  folder.remove();
});

async function start(dataDir: string): Promise<NodeProcess> {
  const env = {
    PORT: String(await freePort()),
    OAUTH_SERVICE_PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    DATA_DIR: dataDir,
  };
  const prefix = isRoot ? ['setpriv', ...asUser(ordinaryUser)] : [];
  const [command, ...args] = [...prefix, process.execPath, entry];
  const evergrant = NodeProcess.start(args, env, command);
  started.push(evergrant);
  return evergrant;
}

describe('DATA_DIR', () => {
  it.each<[string, () => string]>([
    ['ENOENT', () => '/proc/evergrant/data'],
    ['ENOTDIR', () => join(file(), 'below')],
    ['ENOTDIR', () => file()],
    ['EACCES', () => join(closed(), 'data')],
    ['EACCES', () => closed()],
  ])('that cannot be made or written (%s) is refused in one line, at once', async (code, dataDir) => {
    const refused = await start(dataDir());
    expect(await refused.exitCode()).toBe(1);
    expect(refused.stderr).toBe(`Evergrant did not start: DATA_DIR cannot be used (${code})\n`);
  });
});

function file(): string {
  const path = join(folder.path, 'file');
  writeFileSync(path, '');
  chmodSync(folder.path, 0o755);
  return path;
}

/** A folder in which the process may make nothing. */
function closed(): string {
  const path = join(folder.path, 'closed');
  mkdirSync(path, { mode: 0o555 });
  chmodSync(folder.path, 0o755);
  return path;
}
