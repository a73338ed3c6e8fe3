import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TenantDatabase, type SqlExecutor } from '../../src/database/index.js';

/** What every query of a tenant's request says. */
const applicationCheck = /\b(?:\w+\.)?tenant_id = \$1(?!\d)/g;

function withoutCheck(executor: SqlExecutor): SqlExecutor {
  return {
    query: (sql: string, parameters?: unknown[]) =>
      executor.query(sql.replaceAll(applicationCheck, '$1::uuid IS NOT NULL'), parameters),
  };
}

/** Row-level security stands alone: no query names its tenant any more. */
@Injectable()
export class RowSecurityAlone extends TenantDatabase {
  override transaction<Result>(
    tenantId: string,
    work: (executor: SqlExecutor) => Promise<Result>,
  ): Promise<Result> {
    return super.transaction(tenantId, (executor) => work(withoutCheck(executor)));
  }
}

/** The queries' own check stands alone. */
@Injectable()
export class ApplicationCheckAlone extends TenantDatabase {
  constructor(private readonly pool: DataSource) {
    super(pool);
  }

  override transaction<Result>(
    _tenantId: string,
    work: (executor: SqlExecutor) => Promise<Result>,
  ): Promise<Result> {
    return this.pool.transaction(work);
  }
}

/** Nothing stands: what a test sees fail here, it would see fail elsewhere. */
@Injectable()
export class NoWall extends ApplicationCheckAlone {
  override transaction<Result>(
    tenantId: string,
    work: (executor: SqlExecutor) => Promise<Result>,
  ): Promise<Result> {
    return super.transaction(tenantId, (executor) => work(withoutCheck(executor)));
  }
}
