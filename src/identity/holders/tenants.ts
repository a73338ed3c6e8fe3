import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  decodeCursor,
  pageOf,
  rows,
  selectList,
  type Page,
  type PageEnd,
  type PageRequest,
  type Projection,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { ApiCaller } from './api-principal.js';
import { ApiKeys } from './api-keys.js';
import { defaultRights } from './api-right.js';
import { VerifiedCallers } from './verified-callers.js';

/** Always there: where the operator acts without naming a tenant. */
const defaultTenantName = 'default';

export interface StoredTenant {
  id: string;
  name: string;
  /** Then all its keys, tokens, sessions and connect links stop; its grants are kept. */
  suspended: boolean;
  createdAt: Date;
}

export const storedTenant: Projection<StoredTenant> = {
  id: 'id',
  name: 'name',
  suspended: 'suspended_at IS NOT NULL',
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
    await this.get(id);
    const [tenant] = await rows<StoredTenant>(
      this.dataSource,
      `UPDATE tenants SET suspended_at = CASE WHEN $2 THEN coalesce(suspended_at, evergrant_now()) END
       WHERE id = $1 RETURNING ${selectList(storedTenant)}`,
      [id, suspended],
    );
    this.callers.forgetTenant(id);
    if (!tenant) throw noSuchTenant();
    return tenant;
  }

  /**
   * Deletes a tenant with all its rows; without its data key no copy of its tokens can be read any more.
   * @throws EvergrantError `NOT_FOUND`, or `CONFLICT` for the tenant that is always there
   */
  async delete(id: string): Promise<void> {
    const { name } = await this.get(id);
    if (name === defaultTenantName)
      throw new EvergrantError('CONFLICT', { message: `The tenant ${defaultTenantName} cannot be deleted` });
    await rows(this.dataSource, 'DELETE FROM tenants WHERE id = $1', [id]);
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

function noSuchTenant(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such tenant' });
}
