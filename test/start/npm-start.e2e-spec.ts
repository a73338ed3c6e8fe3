import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { freePort, until } from '../../sandbox/index.js';
import { endPostmaster, postmasterPid } from '../harness/database/embedded-cluster.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

// It builds.
const startLimitMs = 120_000;
jest.setTimeout(2 * startLimitMs);

const sources = [
  ...['main.ts', 'start.js', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['src', 'sandbox', 'migrations', 'bench', 'chaos', 'console', 'docs/openapi.json'],
];

let folder: ReturnType<typeof temporaryFolder>;
let started: NodeProcess | undefined;
beforeEach(() => {
  folder = temporaryFolder();
  for (const source of sources)
    cpSync(join(repository, source), join(folder.path, source), { recursive: true });
  for (const path of productionPackages()) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    symlinkSync(join(repository, path), join(folder.path, path));
  }
  symlinkSync(join(repository, 'node_modules/.bin'), join(folder.path, 'node_modules/.bin'));
});
afterEach(async () => {
  await started?.stop('SIGKILL');
  await endPostmaster(dataDir());
  folder.remove();
});

function dataDir(): string {
  return join(folder.path, 'data');
}

/** What `NODE_ENV=production npm ci` installs. */
function productionPackages(): string[] {
  const lock = readFileSync(join(repository, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean }> };
  return Object.keys(packages).filter(
    (path) =>
      packages[path]?.dev !== true &&
      path.lastIndexOf('node_modules/') === 0 &&
      existsSync(join(repository, path)),
  );
}

it('builds with the packages of production, reads .env, and ends with Evergrant when npm gets SIGTERM', async () => {
  const ports = {
    PORT: await freePort(),
    OAUTH_SERVICE_PORT: await freePort(),
    SANDBOX_PORT: await freePort(),
  };
  const lines = Object.entries({ ...ports, DATA_DIR: './data', LOG_LEVEL: 'silent' });
  writeFileSync(join(folder.path, '.env'), lines.map(([name, value]) => `${name}=${value}\n`).join(''));

  started = NodeProcess.start(['-c', `cd '${folder.path}' && exec npm start`], { LOG_LEVEL: 'warn' }, 'bash');
  await until(
    'started',
    () => {
      if (!started!.running) throw new Error(started!.stdout + started!.stderr);
      return /^Stop: Ctrl-C/m.test(started!.stdout);
    },
    { limitMs: startLimitMs },
  );
  const live = await fetch(`http://localhost:${ports.PORT}/health/live`);
  expect(await live.json()).toEqual({ status: 'ok' });
  expect((await fetch(`http://localhost:${ports.PORT}/evergrant-connect.js`)).status).toBe(200);
  expect(postmasterPid(dataDir())).not.toBeNull();

  expect(await started.stop('SIGTERM')).toBe(0);
  expect(postmasterPid(dataDir())).toBeNull();
  await expect(fetch(live.url)).rejects.toThrow('fetch failed');
});
