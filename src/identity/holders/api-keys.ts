import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { recordChange } from '../../audit/index.js';
import {
  decodeCursor,
  pageOf,
  rows,
  selectList,
  TenantDatabase,
  type Page,
  type PageEnd,
  type PageRequest,
  type Projection,
  type SqlExecutor,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { expiryInstant, expiryOf, type RequestedExpiry } from '../expiry/expiry.js';
import { IdentityOptions } from '../identity-options.js';
import { knownRights, type ApiRight } from './api-right.js';
import { LastUse, remainingSeconds, unexpired, useUnrecorded } from './last-use.js';
import { newSecret, secretHash, shownPrefix } from './secret-hash.js';
import { isSuspended } from '../tenant-suspension.js';
import { VerifiedCallers } from './verified-callers.js';

/** A key to be made; it ends `API_KEY_LIFE_DAYS` from now, if nothing is said. */
export interface NewApiKey extends RequestedExpiry {
  name: string;
  rights: readonly ApiRight[];
}

/** What is known of a key once it was shown. */
export interface StoredApiKey {
  id: string;
  name: string;
  rights: readonly ApiRight[];
  expiresAt: Date | null;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export type IssuedApiKey = StoredApiKey & { apiKey: string };

/** The holder of a key that is good now. */
export interface VerifiedApiKey {
  id: string;
  tenantId: string;
  rights: ReadonlySet<ApiRight>;
  expiresAt: Date | null;
  remainingSeconds: number | null;
  /** Whether its tenant is. */
  suspended: boolean;
  useUnrecorded: boolean;
}

type VerifiedApiKeyRow = Omit<VerifiedApiKey, 'rights'> & { rights: string[] };

export const storedApiKey: Projection<StoredApiKey> = {
  id: 'id',
  name: 'name',
  prefix: 'prefix',
  rights: 'rights',
  createdAt: 'created_at',
  expiresAt: 'expires_at',
  lastUsedAt: 'last_used_at',
};

export const verifiedApiKey: Projection<VerifiedApiKeyRow> = {
  id: 'id',
  tenantId: 'tenant_id',
  rights: 'rights',
  expiresAt: 'expires_at',
  remainingSeconds,
  suspended: isSuspended('api_keys.tenant_id'),
  useUnrecorded: useUnrecorded('api_keys'),
};

/** Tenants' keys for the REST API. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
    private readonly lastUse: LastUse,
    private readonly callers: VerifiedCallers,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * Makes a key, shown once; pass the transaction that creates its tenant, if it does not exist yet.
   * @throws EvergrantError `VALIDATION_FAILED` for an expiry in the past, `NOT_FOUND` for an unknown tenant
   */
  async issue(tenantId: string, input: NewApiKey, executor?: SqlExecutor): Promise<IssuedApiKey> {
    if (executor) return this.insert(executor, tenantId, input);
    return this.dataSource.transaction(async (manager) => {
      const issued = await this.insert(manager, tenantId, input);
      await recordChange(manager, tenantId, 'api_key.created', issued.id);
      return issued;
    });
  }

  private async insert(executor: SqlExecutor, tenantId: string, input: NewApiKey): Promise<IssuedApiKey> {
    const apiKey = newSecret('eg_');
    const expiry = expiryOf(input, this.options.apiKeyLifeDays);
    const [stored] = await rows<StoredApiKey>(
      executor,
      `INSERT INTO api_keys (tenant_id, name, prefix, key_hash, rights, expires_at)
       SELECT id, $2::text, $3::text, $4::text, $5::text[], ${expiryInstant('$6', '$7')} FROM tenants
       WHERE id = $1 AND ($6::timestamptz IS NULL OR $6::timestamptz > evergrant_now())
       RETURNING ${selectList(storedApiKey)}`,
      [
        ...[tenantId, input.name, shownPrefix(apiKey), secretHash(apiKey), input.rights],
        ...[expiry.at, expiry.inSeconds],
      ],
    );
    if (stored) return { ...stored, apiKey };
    if (expiry.at === null) throw new EvergrantError('NOT_FOUND');
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'expiresAt',
      message: 'expiresAt must be in the future',
    });
  }

  async list(tenantId: string, { limit, cursor }: PageRequest): Promise<Page<StoredApiKey>> {
    const after = decodeCursor(cursor);
    const found = await this.database.rows<StoredApiKey & PageEnd>(
      tenantId,
      `SELECT ${selectList(storedApiKey)}, created_at::text AS position FROM api_keys
       WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2::timestamptz, $3::uuid))
       ORDER BY created_at, id LIMIT $4`,
      [tenantId, after?.position ?? null, after?.id ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** Ends a key and the console sessions opened with it. @throws EvergrantError `NOT_FOUND` */
  async delete(tenantId: string, keyId: string): Promise<void> {
    if (!z.guid().safeParse(keyId).success) throw noSuchKey();
    await this.dataSource.transaction(async (manager) => {
      const [deleted] = await rows(
        manager,
        'DELETE FROM api_keys WHERE tenant_id = $1 AND id = $2 RETURNING id',
        [tenantId, keyId],
      );
      if (deleted === undefined) throw noSuchKey();
      await recordChange(manager, tenantId, 'api_key.deleted', keyId);
    });
    this.callers.forget(keyId);
  }

  /** @returns null alike for a key that is unknown, expired or deleted */
  verify(apiKey: string): Promise<VerifiedApiKey | null> {
    const hash = secretHash(apiKey);
    return this.callers.verify('api-key', hash, () => this.find(hash));
  }

  /** The holder, if memory knows that the key with this hash is good. */
  peek(keyHash: string): VerifiedApiKey | null {
    return this.callers.peek('api-key', keyHash) as VerifiedApiKey | null;
  }

  private async find(hash: string): Promise<VerifiedApiKey | null> {
    const [key] = await rows<VerifiedApiKeyRow>(
      this.dataSource,
      `SELECT ${selectList(verifiedApiKey)} FROM api_keys WHERE key_hash = $1 AND ${unexpired}`,
      [hash],
    );
    if (key?.useUnrecorded) this.lastUse.record('api_keys', key.id);
    return key ? { ...key, rights: knownRights(key.rights) } : null;
  }
}

function noSuchKey(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such key' });
}
