import { rows, type SqlExecutor } from './rows.js';

/**
 * Runs `work` as the owner of the tables, within a tenant's transaction, for what no tenant may do by itself. The role
 * from before is back when `work` ends, also when it throws: row-level security holds for the statements that follow.
 */
export async function asOwner<Result>(
  executor: SqlExecutor,
  work: (executor: SqlExecutor) => Promise<Result>,
): Promise<Result> {
  const [before] = await rows<{ role: string }>(
    executor,
    `WITH before AS MATERIALIZED (SELECT current_setting('role') AS role)
     SELECT role, set_config('role', 'none', true) FROM before`,
  );
  if (!before) throw new Error('PostgreSQL named no role');
  const endSection = () => executor.query("SELECT set_config('role', $1, true)", [before.role]);
  let result: Result;
  try {
    result = await work(executor);
  } catch (thrown) {
    // After an error of SQL the transaction takes no statement any more; its rollback brings the role back.
    await endSection().catch(() => undefined);
    throw thrown;
  }
  await endSection();
  return result;
}
