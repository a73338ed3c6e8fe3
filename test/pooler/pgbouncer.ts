import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, until } from '../../sandbox/index.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';

/** Where Debian's package puts it, apart from the paths of ordinary users. */
const program = '/usr/sbin/pgbouncer';
const nobody = 65_534;

/** A real PgBouncer in front of a database, configured as docs/operations.md says. */
export class PgBouncer {
  static readonly isInstalled = existsSync(program);
  private readonly folder = temporaryFolder();
  private process: NodeProcess | undefined;

  private constructor(readonly url: string) {}

  /** Not started yet. @param poolSize connections to PostgreSQL */
  static async before(directUrl: string, { poolSize }: { poolSize: number }): Promise<PgBouncer> {
    const direct = new URL(directUrl);
    const url = new URL(directUrl);
    url.host = `127.0.0.1:${await freePort()}`;
    const name = url.pathname.slice(1);
    const pooler = new PgBouncer(url.href);
    const userList = pooler.write(
      'userlist.txt',
      `"${direct.username}" "${decodeURIComponent(direct.password)}"\n`,
    );
    const settings = {
      listen_addr: '127.0.0.1',
      listen_port: url.port,
      auth_file: userList,
      default_pool_size: String(poolSize),
    };
    const database = `${name} = host=${direct.hostname} port=${direct.port} dbname=${name}`;
    pooler.write('pgbouncer.ini', `${configured(documentedIni(), database, settings)}unix_socket_dir =\n`);
    return pooler;
  }

  /** Resolves once it serves. It refuses root, who has to name another user. */
  async start(): Promise<void> {
    const asOther = process.getuid?.() === 0 ? ['--user=nobody'] : [];
    const started = NodeProcess.start([...asOther, join(this.folder.path, 'pgbouncer.ini')], {}, program);
    this.process = started;
    await until('PgBouncer serves', async () => {
      if (!started.running) throw new Error(`PgBouncer ended:\n${started.stdout}${started.stderr}`);
      return this.query('SELECT').catch(() => null);
    });
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    await this.process?.stop(signal);
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    this.folder.remove();
  }

  /** What one connection of a client's reads. */
  async query<Row extends object>(statement: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  private write(name: string, text: string): string {
    const path = join(this.folder.path, name);
    writeFileSync(path, text, { mode: 0o600 });
    if (process.getuid?.() === 0)
      for (const each of [this.folder.path, path]) chownSync(each, nobody, nobody);
    return path;
  }
}

function documentedIni(): string {
  const page = readFileSync(join(repository, 'docs/operations.md'), 'utf8');
  const [, ini] = /```ini\n(\[databases\]\n[^`]+)```/.exec(page) ?? [];
  if (ini === undefined) throw new Error('docs/operations.md no longer says how PgBouncer is configured');
  return ini;
}

/** The same configuration for another database, and with other values of settings that it has. */
function configured(ini: string, database: string, settings: Record<string, string>): string {
  let text = ini.replace(/^evergrant = .*$/m, database);
  for (const [key, value] of Object.entries(settings)) {
    const line = new RegExp(`^${key} = .*$`, 'm');
    if (!line.test(text)) throw new Error(`docs/operations.md no longer says ${key}`);
    text = text.replace(line, `${key} = ${value}`);
  }
  return text;
}
