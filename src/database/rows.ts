import type { DataSource, EntityManager } from 'typeorm';

/** What runs SQL: the pool, or a transaction's manager. */
export type SqlExecutor = Pick<DataSource | EntityManager, 'query'>;

/** The rows that a statement returns. TypeORM pairs those of UPDATE and DELETE with a count; this does not. */
export async function rows<Row>(
  executor: SqlExecutor,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const result: unknown = await executor.query(sql, parameters);
  if (!Array.isArray(result)) return [];
  const [first, count] = result as unknown[];
  return (result.length === 2 && Array.isArray(first) && typeof count === 'number' ? first : result) as Row[];
}
