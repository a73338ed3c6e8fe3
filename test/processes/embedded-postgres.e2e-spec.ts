import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { migrateDatabase } from '../../src/database/index.js';
import { endPostmaster, postmasterPid } from '../harness/database/embedded-cluster.js';
import { asUser, NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { queryOnce } from '../harness/database/query-once.js';

const script = join(repository, 'test/processes/embedded-server.mjs');
const isRoot = process.getuid?.() === 0;

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

async function participate(
  mode?: string,
  directory = dataDir,
): Promise<{ participant: NodeProcess; url: string }> {
  const participant = NodeProcess.start([script, directory, ...(mode ? [mode] : [])]);
  participants.push(participant);
  const [, url] = await participant.says(/^URL (.+)$/m);
  return { participant, url: url! };
}

/** As the user that made the cluster, and as whom releases before worked. */
function superuser(url: string): string {
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  return Object.assign(new URL(url), { username: 'postgres', password }).href;
}

async function leave(participant: NodeProcess): Promise<void> {
  participant.send('leave\n');
  expect(await participant.exitCode()).toBe(0);
}

function remember(url: string) {
  return queryOnce(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
}

function recall(url: string) {
  return queryOnce<{ answer: number }>(url, 'SELECT answer FROM kept');
}

const kept = [{ answer: 42 }];

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a restart, and is stopped by the last one that leaves', async () => {
    const first = await participate();
    await remember(first.url);
    await leave(first.participant);
    expect(postmasterPid(dataDir)).toBeNull();
    expect(existsSync(join(dataDir, 'database-url'))).toBe(false);
    const second = await participate();
    expect(await recall(second.url)).toEqual(kept);
  });

  it('keeps its password and URL for its owner only, and listens on loopback only', async () => {
    const { url } = await participate();
    for (const file of ['postgres-password', 'postgres-owner-password', 'database-url']) {
      expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(dataDir, 'database-url'), 'utf8').trim()).toBe(url);
    expect(await queryOnce(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await queryOnce(superuser(url), 'SHOW unix_socket_directories')).toEqual([
      { unix_socket_directories: '' },
    ]);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(queryOnce(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('lets Evergrant work as a user who owns the database and is no superuser', async () => {
    const { url } = await participate();
    await migrateDatabase(url);
    const [found] = await queryOnce<{ privileged: boolean; owns: boolean }>(
      url,
      `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS privileged,
         pg_has_role((SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER') AS owns
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(found).toEqual({ privileged: false, owns: true });
    await queryOnce(url, 'SET ROLE evergrant_tenant');
    const command = queryOnce(url, "COPY (SELECT 1) TO PROGRAM 'true'");
    await expect(command).rejects.toMatchObject({ code: '42501' });
  });

  it('hands that user what a release before has made as the superuser, with its data', async () => {
    const first = await participate();
    const url = superuser(first.url);
    await queryOnce(url, 'ALTER DATABASE postgres OWNER TO postgres');
    await queryOnce(url, 'DROP ROLE evergrant');
    await migrateDatabase(url);
    await queryOnce(url, "INSERT INTO tenants (name) VALUES ('kept')");
    await leave(first.participant);
    rmSync(join(dataDir, 'postgres-owner-password'));

    const [second] = await Promise.all([participate(), participate()]);
    expect(await migrateDatabase(second.url)).toMatchObject({ isSuperuser: false });
    expect(await queryOnce(second.url, "SELECT name FROM tenants WHERE name = 'kept'")).toHaveLength(1);
    const others = `SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relowner <> current_user::regrole
      UNION ALL SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND proowner <> current_user::regrole`;
    expect(await queryOnce(second.url, others)).toEqual([]);
    // As the next migration may.
    await queryOnce(second.url, 'ALTER TABLE changes ADD COLUMN note text');
    await queryOnce(second.url, "UPDATE tenants SET name = 'renamed' WHERE name = 'kept'");
  });

  it('is adopted with its data after kill -9 of the process that started it', async () => {
    const first = await participate();
    await remember(first.url);
    const before = postmasterPid(dataDir);
    await first.participant.stop('SIGKILL');
    const second = await participate();
    expect(postmasterPid(dataDir)).toBe(before);
    expect(await recall(second.url)).toEqual(kept);
    await leave(second.participant);
    expect(postmasterPid(dataDir)).toBeNull();
  });

  it('starts again over the lock of a server that was killed', async () => {
    const first = await participate();
    await remember(first.url);
    const pid = postmasterPid(dataDir)!;
    await first.participant.stop('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const second = await participate();
    expect(await recall(second.url)).toEqual(kept);
  });

  it('is started again on the same port when it is killed while in use', async () => {
    const { participant, url } = await participate();
    await remember(url);
    process.kill(postmasterPid(dataDir)!, 'SIGKILL');
    await participant.says(/went away/);
    const seen = await until('the server answers again', () => recall(url).catch(() => null));
    expect(seen).toEqual(kept);
  });

  it('is shared by processes that start at once on an empty folder, one of them by a link', async () => {
    mkdirSync(dataDir);
    const link = join(folder.path, 'link');
    symlinkSync(dataDir, link);
    const all = await Promise.all([participate(), participate(undefined, link), participate()]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    const pid = postmasterPid(dataDir);
    await leave(all[0].participant);
    await leave(all[1].participant);
    expect(postmasterPid(dataDir)).toBe(pid);
    await remember(all[2].url);
    await leave(all[2].participant);
    expect(postmasterPid(dataDir)).toBeNull();
  });

  it('does not take a lock for its own that names another live process, and leaves that one alone', async () => {
    const first = await participate();
    await leave(first.participant);
    const bystander = NodeProcess.start(['-e', 'setInterval(() => {}, 1000)']);
    participants.push(bystander);
    writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${bystander.pid}\n${dataDir}/postgres\n`);
    const second = await participate();
    expect(await queryOnce(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(bystander.running).toBe(true);
  });

  it('is not misled by what a set-up left behind that was cut off', async () => {
    mkdirSync(join(dataDir, 'postgres.new-999999'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new-999999/PG_VERSION'), '18\n');
    const { url } = await participate();
    expect(await queryOnce(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, 'postgres.new-999999'))).toBe(false);
  });

  it('says what is wrong when its password is lost, and does not stay behind', async () => {
    const first = await participate();
    await leave(first.participant);
    writeFileSync(join(dataDir, 'postgres-password'), 'lost');
    const second = NodeProcess.start([script, dataDir]);
    participants.push(second);
    expect(await second.exitCode()).toBe(1);
    expect(second.stderr).toContain('postgres-password');
    expect(postmasterPid(dataDir)).toBeNull();
  });
});

describe('PostgreSQL, which refuses root,', () => {
  it.each(isRoot ? ['userNamespace', 'setuid'] : ['direct'])('runs in the launch mode %s', async (mode) => {
    chmodSync(folder.path, 0o755);
    const { participant, url } = await participate(mode);
    expect(await queryOnce(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await leave(participant);
  });

  it('runs for an ordinary user, even one without a name', async () => {
    if (!isRoot) return;
    for (const uid of [65534, 54321]) {
      const own = join(folder.path, String(uid));
      mkdirSync(own);
      chmodSync(folder.path, 0o755);
      chownSync(own, uid, uid);
      const participant = NodeProcess.start(
        [...asUser(uid), process.execPath, script, join(own, 'data')],
        {},
        'setpriv',
      );
      participants.push(participant);
      const [, url] = await participant.says(/^URL (.+)$/m);
      expect(await queryOnce(url!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await leave(participant);
    }
  });
});
