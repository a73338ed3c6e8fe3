import { rows, type SqlExecutor } from '../../database/index.js';
import { MasterKeyring } from './master-keyring.js';
import { SealedTextUnreadable, type SealingKey } from './sealed-text.js';
import { neededKeys, wrappedTables, type KeyNeed } from './wrapped-rows.js';

const batchSize = 100;

interface WrappedRow {
  id: string;
  wrapped: string;
  binding: unknown[];
}

export interface RewrapProgress {
  what: string;
  rewrapped: number;
  /** Rows that no master key given opens; they stay as they are. */
  unreadable: number;
}

/**
 * Wraps what older master keys have wrapped with the first one, beside processes that run: the keys inside stay the same,
 * so processes that have them in memory go on as before. A row is replaced as a whole and only if it is still the one that was
 * read, so it opens at every moment, also when this is killed; the next run goes on with what is left.
 */
export class KeyRewrapping {
  private readonly keyring: MasterKeyring;

  constructor(
    private readonly executor: SqlExecutor,
    keys: readonly SealingKey[],
  ) {
    this.keyring = new MasterKeyring(keys);
  }

  /**
   * @param tell is called after each hundred rows
   * @returns the rows that still need another key than the first
   */
  async run(tell: (progress: RewrapProgress) => void): Promise<KeyNeed[]> {
    for (const table of wrappedTables) {
      const progress = { what: table.what, rewrapped: 0, unreadable: 0 };
      for (let batch = await this.next(table, null); batch.length > 0;) {
        const opened = batch.map((row) => this.rewrapped(row));
        const readable = opened.filter((row) => row !== null);
        progress.rewrapped += await this.replace(table, readable);
        progress.unreadable += batch.length - readable.length;
        tell({ ...progress });
        batch = await this.next(table, batch.at(-1)?.id ?? null);
      }
    }
    return (await neededKeys(this.executor)).filter(({ keyId }) => keyId !== this.keyring.currentId);
  }

  private next(
    { table, id, wrapped, binding }: (typeof wrappedTables)[number],
    after: string | null,
  ): Promise<WrappedRow[]> {
    return rows<WrappedRow>(
      this.executor,
      `SELECT ${id}::text AS id, ${wrapped} AS wrapped, ${binding} AS binding FROM ${table}
       WHERE split_part(${wrapped}, '.', 2) <> $1 AND ($2::text IS NULL OR ${id}::text > $2)
       ORDER BY ${id}::text LIMIT ${batchSize}`,
      [this.keyring.currentId, after],
    );
  }

  private rewrapped({ id, wrapped, binding }: WrappedRow): { id: string; from: string; to: string } | null {
    try {
      return { id, from: wrapped, to: this.keyring.wrap(this.keyring.unwrap(wrapped, binding), binding) };
    } catch (error) {
      if (error instanceof SealedTextUnreadable) return null;
      throw error;
    }
  }

  private async replace(
    { table, id, wrapped }: (typeof wrappedTables)[number],
    replacements: readonly { id: string; from: string; to: string }[],
  ): Promise<number> {
    const replaced = await rows(
      this.executor,
      `UPDATE ${table} SET ${wrapped} = given.wanted
       FROM unnest($1::text[], $2::text[], $3::text[]) AS given (id, present, wanted)
       WHERE ${table}.${id}::text = given.id AND ${table}.${wrapped} = given.present RETURNING 1`,
      [
        replacements.map((row) => row.id),
        replacements.map(({ from }) => from),
        replacements.map(({ to }) => to),
      ],
    );
    return replaced.length;
  }
}
