import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, type SqlExecutor } from './rows.js';

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

  /** Several statements, all or none. */
  transaction<Result>(tenantId: string, work: (executor: SqlExecutor) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(
        "SELECT set_config('role', 'evergrant_tenant', true), set_config('evergrant.tenant_id', $1, true)",
        [tenantId],
      );
      return work(manager);
    });
  }
}
