import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { recordChange, recordPolicyChange } from '../../audit/index.js';
import {
  decodeCursor,
  pageOf,
  rows,
  selectList,
  type Page,
  type PageEnd,
  type PageRequest,
  type Projection,
  type SqlExecutor,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { ApiCaller } from './api-principal.js';
import { ApiKeys } from './api-keys.js';
import { defaultRights } from './api-right.js';
import { changedFields } from '../policies/changed-fields.js';
import type { TenantPolicy } from '../policies/outbound-policy.js';
import { VerifiedCallers } from './verified-callers.js';

/** Always there: where the operator acts without naming a tenant. */
const defaultTenantName = 'default';

export interface StoredTenant {
  id: string;
  name: string;
  /** Then all its keys, tokens, sessions and connect links stop; its grants are kept. */
  suspended: boolean;
  /** What may leave its mailboxes; null where the defaults hold. */
  policy: TenantPolicy | null;
  createdAt: Date;
}

export const storedTenant: Projection<StoredTenant> = {
  id: 'id',
  name: 'name',
  suspended: 'suspended_at IS NOT NULL',
  policy: 'policy',
  createdAt: 'created_at',
};

/** Organisations or teams that share a deployment and see nothing of each other. */
@Injectable()
export class Tenants {
  constructor(
    private readonly dataSource: DataSource,
    private readonly apiKeys: ApiKeys,
    private readonly callers: VerifiedCallers,
  ) {}

  /**
   * The tenant that a caller acts in: its own, or for the operator the one that is named, by id or name.
   * @throws EvergrantError `NOT_FOUND` alike for a tenant that is unknown and for one that is not the caller's
   */
  async actedIn({ operator, tenantId }: ApiCaller, named: string | string[] | undefined): Promise<string> {
    if (tenantId !== null && named === undefined) return tenantId;
    const found = await this.find(typeof named === 'string' ? named : defaultTenantName);
    if (found !== null && (operator || found === tenantId)) return found;
    throw new EvergrantError('NOT_FOUND', {
      field: 'X-Evergrant-Tenant',
      message: 'There is no such tenant',
    });
  }

  /** Makes a tenant with its first key, shown once. @throws EvergrantError `CONFLICT` for a name that is taken */
  async create(name: string): Promise<StoredTenant & { apiKey: string; apiKeyExpiresAt: Date | null }> {
    return this.dataSource.transaction(async (manager) => {
      const [tenant] = await rows<StoredTenant>(
        manager,
        `INSERT INTO tenants (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING ${selectList(storedTenant)}`,
        [name],
      );
      if (!tenant)
        throw new EvergrantError('CONFLICT', { field: 'name', message: 'There is a tenant of this name' });
      const key = { name: 'First key', rights: defaultRights };
      const { apiKey, expiresAt } = await this.apiKeys.issue(tenant.id, key, manager);
      await recordChange(manager, tenant.id, 'tenant.created', tenant.id);
      await recordForOperator(manager, 'tenant.created', tenant.id);
      return { ...tenant, apiKey, apiKeyExpiresAt: expiresAt };
    });
  }

  async list({ limit, cursor }: PageRequest): Promise<Page<StoredTenant>> {
    const after = decodeCursor(cursor);
    const found = await rows<StoredTenant & PageEnd>(
      this.dataSource,
      `SELECT ${selectList(storedTenant)}, created_at::text AS position FROM tenants
       WHERE $1::timestamptz IS NULL OR (created_at, id) > ($1::timestamptz, $2::uuid)
       ORDER BY created_at, id LIMIT $3`,
      [after?.position ?? null, after?.id ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** @throws EvergrantError `NOT_FOUND` */
  async get(id: string): Promise<StoredTenant> {
    const [tenant] = z.guid().safeParse(id).success
      ? await rows<StoredTenant>(
          this.dataSource,
          `SELECT ${selectList(storedTenant)} FROM tenants WHERE id = $1`,
          [id],
        )
      : [];
    if (!tenant) throw noSuchTenant();
    return tenant;
  }

  /**
   * Suspends a tenant or resumes it: all that acts for it is refused within a second, or admitted again, by every
   * process. Its grants are kept alive meanwhile.
   * @throws EvergrantError `NOT_FOUND`
   */
  async setSuspended(id: string, suspended: boolean): Promise<StoredTenant> {
    const { name } = await this.get(id);
    const tenant = await this.dataSource.transaction(async (manager) => {
      const [updated] = await rows<StoredTenant>(
        manager,
        `UPDATE tenants SET suspended_at = CASE WHEN $2 THEN coalesce(suspended_at, evergrant_now()) END
       WHERE id = $1 RETURNING ${selectList(storedTenant)}`,
        [id, suspended],
      );
      if (updated === undefined) throw noSuchTenant();
      await recordChange(manager, id, 'tenant.updated', id);
      if (name !== defaultTenantName) await recordForOperator(manager, 'tenant.updated', id);
      return updated;
    });
    this.callers.forgetTenant(id);
    return tenant;
  }

  /**
   * Says what may leave the tenant's mailboxes, in place of what was said before; null for the defaults.
   * @throws EvergrantError `NOT_FOUND`
   */
  async setPolicy(id: string, policy: TenantPolicy | null): Promise<StoredTenant> {
    const before = await this.get(id);
    return this.dataSource.transaction(async (manager) => {
      const [tenant] = await rows<StoredTenant>(
        manager,
        `UPDATE tenants SET policy = $2::jsonb WHERE id = $1 RETURNING ${selectList(storedTenant)}`,
        [id, policy && JSON.stringify(policy)],
      );
      if (!tenant) throw noSuchTenant();
      const fields = changedFields(before.policy, policy);
      await recordPolicyChange(manager, id, { kind: 'tenant', id }, fields);
      await recordChange(manager, id, 'tenant.updated', id);
      return tenant;
    });
  }

  /**
   * Deletes a tenant with all its rows; without its data key no copy of its tokens can be read any more.
   * @throws EvergrantError `NOT_FOUND`, or `CONFLICT` for the tenant that is always there
   */
  async delete(id: string): Promise<void> {
    const { name } = await this.get(id);
    if (name === defaultTenantName)
      throw new EvergrantError('CONFLICT', { message: `The tenant ${defaultTenantName} cannot be deleted` });
    await this.dataSource.transaction(async (manager) => {
      const [deleted] = await rows(manager, 'DELETE FROM tenants WHERE id = $1 RETURNING id', [id]);
      if (deleted === undefined) throw noSuchTenant();
      await recordForOperator(manager, 'tenant.deleted', id);
    });
    this.callers.forgetTenant(id);
  }

  private async find(idOrName: string): Promise<string | null> {
    const column = z.guid().safeParse(idOrName).success ? 'id' : 'name';
    const [tenant] = await rows<{ id: string }>(
      this.dataSource,
      `SELECT id FROM tenants WHERE ${column} = $1`,
      [idOrName],
    );
    return tenant?.id ?? null;
  }
}

/** The chain of the tenant that is always there tells of those that come and go: their own go with them. */
async function recordForOperator(
  executor: SqlExecutor,
  event: 'tenant.created' | 'tenant.updated' | 'tenant.deleted',
  subjectId: string,
): Promise<void> {
  const [operators] = await rows<{ id: string }>(executor, 'SELECT id FROM tenants WHERE name = $1', [
    defaultTenantName,
  ]);
  if (operators) await recordChange(executor, operators.id, event, subjectId);
}

function noSuchTenant(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such tenant' });
}
