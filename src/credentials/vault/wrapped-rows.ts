import { rows, type SqlExecutor } from '../../database/index.js';

/** Rows that a master key opens, each named in its text; what they are bound to is that of those who write them. */
interface WrappedTable {
  table: string;
  /** How people call one of its rows. */
  what: string;
  id: string;
  wrapped: string;
  binding: string;
}

export const wrappedTables: readonly WrappedTable[] = [
  {
    table: 'data_keys',
    what: 'data key',
    id: 'id',
    wrapped: 'wrapped_key',
    binding: "json_build_array('data_key', tenant_id, purpose)",
  },
  {
    table: 'refresh_outcomes',
    what: 'refresh outcome',
    id: 'attempt_id',
    wrapped: 'sealed_outcome',
    binding: "json_build_array('refresh_outcome', attempt_id)",
  },
];

/** How many rows of a table need a master key. */
export interface KeyNeed {
  what: string;
  keyId: string;
  count: number;
}

/** Which master keys the database needs, and for how much. */
export async function neededKeys(executor: SqlExecutor): Promise<KeyNeed[]> {
  const needs: KeyNeed[] = [];
  for (const { table, what, wrapped } of wrappedTables) {
    const found = await rows<{ keyId: string; count: number }>(
      executor,
      `SELECT split_part(${wrapped}, '.', 2) AS "keyId", count(*)::int AS count FROM ${table}
       WHERE ${wrapped} IS NOT NULL GROUP BY 1 ORDER BY 1`,
    );
    needs.push(...found.map((need) => ({ what, ...need })));
  }
  return needs;
}

/** As a sentence's subject: `12 data keys and 1 refresh outcome`. */
export function countedRows(needs: readonly KeyNeed[]): string {
  return needs.map(({ what, count }) => `${count} ${what}${count === 1 ? '' : 's'}`).join(' and ');
}
