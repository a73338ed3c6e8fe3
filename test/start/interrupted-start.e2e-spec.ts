import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort, until } from '../../sandbox/index.js';
import { endPostmaster, postmasterPid } from '../harness/database/embedded-cluster.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

const entry = join(repository, 'dist/main.js');
const banner = /^Stop: Ctrl-C.*$/m;

let folder: ReturnType<typeof temporaryFolder>;
let dataDir: string;
let variables: Record<string, string>;
let processes: NodeProcess[];
beforeEach(async () => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'a folder with spaces');
  variables = {
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    OAUTH_SERVICE_PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  };
  processes = [];
});
afterEach(async () => {
  for (const started of processes) await started.stop('SIGKILL');
  await endPostmaster(dataDir);
  folder.remove();
});

function start(more: Record<string, string> = {}): NodeProcess {
  return keep(NodeProcess.start([entry], { ...variables, ...more }));
}

function keep(started: NodeProcess): NodeProcess {
  processes.push(started);
  return started;
}

describe('no PostgreSQL stays behind', () => {
  it('when SIGTERM comes while the start still goes on', async () => {
    const interrupted = start();
    await until(
      'the set-up has begun',
      () => existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith('postgres.new-')),
    );
    expect(await interrupted.stop('SIGTERM')).toBe(0);
    expect(interrupted.stderr).toBe('');
    expect(postmasterPid(dataDir)).toBeNull();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);

    const next = start();
    await next.says(banner);
  });

  it('when the first run fails', async () => {
    // Where the token is to be kept, something else is.
    mkdirSync(join(dataDir, 'demo-mailbox.json'), { recursive: true });
    const failed = start();
    expect(await failed.exitCode()).toBe(1);
    expect(failed.stderr).toContain('Evergrant did not start');
    expect(postmasterPid(dataDir)).toBeNull();
  });

  it('when Ctrl-C is pressed, which reaches PostgreSQL only through Evergrant', async () => {
    const command = `exec '${process.execPath}' '${entry}'`;
    const terminal = keep(NodeProcess.start(['-qefc', command, '/dev/null'], variables, 'script'));
    await terminal.says(banner);
    terminal.send('\x03');
    expect(await terminal.exitCode()).toBe(0);
    expect(postmasterPid(dataDir)).toBeNull();
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
  });

  it('when the terminal is closed', async () => {
    const evergrant = start();
    await evergrant.says(banner);
    expect(await evergrant.stop('SIGHUP')).toBe(0);
    expect(postmasterPid(dataDir)).toBeNull();
  });
});

describe('PostgreSQL outlives', () => {
  it('its own kill -9: the mailbox works again without a restart of Evergrant', async () => {
    const evergrant = start();
    await evergrant.says(banner);
    const [, refreshPath] = /-X POST (\S+\/refresh)/.exec(evergrant.stdout)!;
    const authorization = `Bearer ${readFileSync(join(dataDir, 'admin-api-key'), 'utf8').trim()}`;
    kill(postmasterPid(dataDir)!, 'SIGKILL');
    const statuses = new Set<number>();
    await until('the mailbox works again', async () => {
      const response = await fetch(refreshPath!, { method: 'POST', headers: { authorization } });
      statuses.add(response.status);
      return response.ok;
    });
    statuses.delete(200);
    expect([...statuses].filter((status) => status !== 503)).toEqual([]);
    expect(evergrant.running).toBe(true);
  });

  it('the process that started it, as long as another uses it', async () => {
    const first = start();
    await first.says(banner);
    const port = String(await freePort());
    const second = start({ ROLES: 'refresher', PORT: port });
    const isReady = async () =>
      (await fetch(`http://localhost:${port}/health/ready`).catch(() => null))?.ok ?? false;
    await until('the second is ready', isReady);
    expect(await first.stop()).toBe(0);
    expect(await isReady()).toBe(true);
    expect(await second.stop()).toBe(0);
    expect(postmasterPid(dataDir)).toBeNull();
  });
});
