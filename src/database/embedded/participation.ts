import pg from 'pg';
import { throwUnlessPassing } from './failure.js';

/** Any number, but the same in every release; each process that uses the embedded server holds this lock, shared. */
const participantsLock = '7310579610146827';

const timeoutMs = 10_000;

/**
 * A process's claim on the embedded server: a session of its own that holds a shared advisory lock, which
 * PostgreSQL itself releases when the process dies, however it dies.
 */
export class Participation {
  private constructor(private readonly client: pg.Client) {}

  /**
   * Null when the server cannot be reached, or is just being stopped by the last one that left.
   * @throws EmbeddedPostgresFailure when the server refuses us for good, a lost password for one
   */
  static async join(url: string): Promise<Participation | null> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'evergrant participant',
      ssl: false,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      if (await locks(client, 'pg_try_advisory_lock_shared')) return new Participation(client);
    } catch (cause) {
      throwUnlessPassing(cause);
    }
    await client.end().catch(() => undefined);
    return null;
  }

  /** `lost` is called once when the server ends this session, and not when we do. */
  onLost(lost: () => void): void {
    this.client.once('end', lost);
  }

  /**
   * @returns whether no other process is left; then the lock is held alone, and a new process has to wait. False too
   * when the server does not answer: then there is nothing to stop.
   */
  async leave(): Promise<boolean> {
    this.client.removeAllListeners('end');
    try {
      await this.client.query('SELECT pg_advisory_unlock_shared($1)', [participantsLock]);
      return await locks(this.client, 'pg_try_advisory_lock');
    } catch {
      return false;
    }
  }

  async end(): Promise<void> {
    this.client.removeAllListeners('end');
    await this.client.end().catch(() => undefined);
  }
}

async function locks(
  client: pg.Client,
  attempt: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared',
): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`SELECT ${attempt}($1) AS locked`, [
    participantsLock,
  ]);
  return rows[0]?.locked === true;
}
