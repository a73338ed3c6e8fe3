import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import pg from 'pg';
import { until } from '../sandbox/index.js';
import { EmbeddedPostgres } from '../src/database/index.js';

/** No answer that was committed may depend on the machine staying up; that of PostgreSQL itself is what is tried. */
const settings = ['fsync=off', 'max_connections=200'];
const recoveryLimitMs = 240_000;

/** A PostgreSQL to be killed, and what an auditor may do with it: read, and shift its clock. */
export class Database {
  private offsetSeconds = 0;
  private away: number | null = null;
  private returning: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly postgres: EmbeddedPostgres,
  ) {}

  static async start(folder: string, log: (line: string) => void): Promise<Database> {
    return new Database(folder, await EmbeddedPostgres.start({ dataDir: folder, settings, log }));
  }

  get port(): number {
    return Number(new URL(this.postgres.url).port);
  }

  /** Its URL by way of a proxy on this port. */
  urlThrough(port: number): string {
    const url = new URL(this.postgres.url);
    url.hostname = 'localhost';
    url.port = String(port);
    return url.href;
  }

  /** Since when there is no server, as the caller that ended it said; null while there is one. */
  get awaySinceMs(): number | null {
    return this.away;
  }

  /** Ends the server at once; it is started again on the same port by its supervisor. */
  restart(signal: 'SIGKILL' | 'SIGQUIT', nowMs: number): void {
    this.away ??= nowMs;
    const [pid] = readFileSync(join(this.folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
    kill(Number(pid), signal);
    this.returning = this.comeBack(Number(pid));
  }

  /** Resolves when the last restart is over. */
  async ready(): Promise<void> {
    await this.returning;
  }

  /** Moves the clock that all SQL time is taken from. */
  async shiftClock(seconds: number): Promise<void> {
    this.offsetSeconds += seconds;
    await this.read(
      `CREATE OR REPLACE FUNCTION evergrant_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
       AS 'SELECT now() + make_interval(secs => ${this.offsetSeconds})'`,
    );
  }

  /** Waits for a server that is just being started again. */
  async read<Row extends object>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return until('the database answers', () => this.tryToRead<Row>(statement, parameters), {
      limitMs: recoveryLimitMs,
    });
  }

  async stop(): Promise<void> {
    await this.postgres.leave();
  }

  private async comeBack(pid: number): Promise<void> {
    await until('the killed server is gone', () => !runs(pid), { limitMs: recoveryLimitMs });
    await this.read('SELECT');
    this.away = null;
  }

  /** Null while there is no server; a statement that is refused throws. */
  private async tryToRead<Row extends object>(
    statement: string,
    parameters: unknown[],
  ): Promise<Row[] | null> {
    const client = new pg.Client({ connectionString: this.postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(statement, parameters)).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && !/^(57P|53)/.test(error.code ?? '')) throw error;
      return null;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function runs(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
}
