import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, until } from '../../../sandbox/index.js';
import { asUser, NodeProcess, temporaryFolder } from '../node-process.js';
import { queryOnce } from './query-once.js';

const versions = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const nobody = 65_534;
const prefix = process.getuid?.() === 0 ? ['setpriv', ...asUser(nobody)] : [];

function programs(): string | null {
  if (!existsSync(versions)) return null;
  const [newest] = readdirSync(versions).sort((one, other) => Number(other) - Number(one));
  const folder = newest === undefined ? '' : join(versions, newest, 'bin');
  return existsSync(join(folder, 'initdb')) ? folder : null;
}

/** A server of its own, newly made by the PostgreSQL that Debian's package brings, with its tools. */
export class DebianPostgres {
  /** Where `pg_dump`, `pg_restore` and `psql` are; null where the package is not installed. */
  static readonly programs = programs();

  private constructor(
    private readonly folder: ReturnType<typeof temporaryFolder>,
    private readonly process: NodeProcess,
    /** Of the superuser, in the database `postgres`. */
    readonly adminUrl: string,
  ) {}

  static async start(settings: readonly string[] = []): Promise<DebianPostgres> {
    const bin = DebianPostgres.programs ?? '';
    const folder = temporaryFolder();
    const [data, passwordFile] = [join(folder.path, 'data'), join(folder.path, 'password')];
    const password = randomBytes(12).toString('hex');
    writeFileSync(passwordFile, password);
    mkdirSync(data, { mode: 0o700 });
    if (prefix.length > 0)
      for (const path of [folder.path, data, passwordFile]) chownSync(path, nobody, nobody);
    const initialize = [
      ...prefix,
      join(bin, 'initdb'),
      '-D',
      data,
      '-U',
      'postgres',
      '--pwfile',
      passwordFile,
    ];
    const options = ['-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
    const [initdb = '', ...args] = [...initialize, ...options];
    const made = spawnSync(initdb, args, { encoding: 'utf8', cwd: '/' });
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);

    const port = await freePort();
    const given = [`listen_addresses=127.0.0.1`, 'unix_socket_directories=', 'fsync=off', ...settings];
    const serve = [...prefix, join(bin, 'postgres'), '-D', data, '-p', String(port)];
    const [postgres, ...rest] = [...serve, ...given.flatMap((setting) => ['-c', setting])];
    const server = NodeProcess.start(rest, {}, postgres);
    const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    await until('PostgreSQL answers', async () => {
      if (!server.running) throw new Error(`PostgreSQL ended: ${server.stderr}`);
      return queryOnce(adminUrl, 'SELECT 1').catch(() => null);
    });
    return new DebianPostgres(folder, server, adminUrl);
  }

  /** The URL of another user or database of this server. */
  url(user: string, password: string, database: string): string {
    const url = new URL(this.adminUrl);
    Object.assign(url, { username: user, password, pathname: `/${database}` });
    return url.href;
  }

  async remove(): Promise<void> {
    await this.process.stop('SIGINT');
    this.folder.remove();
  }
}
