import { Injectable } from '@nestjs/common';
import { handleWhen, retry } from 'cockatiel';
import { DataSource } from 'typeorm';
import { rows, type SqlExecutor } from './rows.js';

const deadlockDetected = '40P01';
const deadlockRetry = retry(
  handleWhen((error) => error instanceof Error && 'code' in error && error.code === deadlockDetected),
  { maxAttempts: 3 },
);

/**
 * SQL on behalf of one tenant. Queries name the tenant themselves (`tenant_id = $1`); behind that, PostgreSQL's
 * row-level security shows and takes only rows of this tenant, whatever a query says. Both settings end with the
 * transaction, as a pooler in transaction mode needs it.
 */
@Injectable()
export class TenantDatabase {
  constructor(private readonly dataSource: DataSource) {}

  /** The rows that one statement returns. */
  rows<Row>(tenantId: string, sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.transaction(tenantId, (executor) => rows<Row>(executor, sql, parameters));
  }

  /** Several statements, all or none. The loser of a deadlock runs again, so `work` does nothing but SQL. */
  transaction<Result>(tenantId: string, work: (executor: SqlExecutor) => Promise<Result>): Promise<Result> {
    return deadlockRetry.execute(() =>
      this.dataSource.transaction(async (manager) => {
        await manager.query(
          "SELECT set_config('role', 'evergrant_tenant', true), set_config('evergrant.tenant_id', $1, true)",
          [tenantId],
        );
        return work(manager);
      }),
    );
  }
}
