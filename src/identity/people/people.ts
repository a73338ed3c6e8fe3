import { Injectable } from '@nestjs/common';
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
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { isSuspended } from '../tenant-suspension.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import { SignInAdmission } from './sign-in-admission.js';
import type { SignInAccount } from './sign-in-rules.js';

/** Who signed in with an account of a provider's. */
export interface Person {
  id: string;
  tenantId: string;
  provider: string;
  /** The account's stable id at the provider. */
  subject: string;
  /** The account's address, as the last sign-in told it. */
  email: string;
  createdAt: Date;
  lastSignInAt: Date;
}

export const person: Projection<Person> = {
  id: 'people.id',
  tenantId: 'people.tenant_id',
  provider: 'people.provider',
  subject: 'people.subject',
  email: 'people.email',
  createdAt: 'people.created_at',
  lastSignInAt: 'people.last_sign_in_at',
};

/** Why an account may not sign in; `other_tenant`: it did before, to a tenant that it still belongs to. */
export type SignInRefusal = 'not_listed' | 'email_unverified' | 'other_tenant' | 'tenant_suspended';

export type Admission =
  { status: 'admitted'; person: Person; isNew: boolean } | { status: 'refused'; reason: SignInRefusal };

/** People who sign in with their provider. An account is one person of one tenant; its address may change. */
@Injectable()
export class People {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
    private readonly admission: SignInAdmission,
    private readonly callers: VerifiedCallers,
  ) {}

  /** Signs an account in, if it may: as the person who it was before, or as a new one. */
  async admit(account: SignInAccount): Promise<Admission> {
    const decision = this.admission.decide(account);
    if (decision.do === 'refuse') return { status: 'refused', reason: decision.reason };
    const { provider, subject, email } = account;
    const [admitted] = await rows<Person & { isNew: boolean }>(
      this.dataSource,
      `INSERT INTO people (tenant_id, provider, subject, email)
       SELECT id, $2, $3, $4 FROM tenants WHERE id = $1 AND suspended_at IS NULL
       ON CONFLICT (provider, subject) DO UPDATE SET email = excluded.email, last_sign_in_at = evergrant_now()
         WHERE people.tenant_id = excluded.tenant_id
       RETURNING ${selectList(person)}, xmax = 0 AS "isNew"`,
      [decision.tenantId, provider, subject, email],
    );
    if (admitted === undefined) return { status: 'refused', reason: await this.obstacle(decision.tenantId) };
    const { isNew, ...found } = admitted;
    return { status: 'admitted', person: found, isNew };
  }

  /** A person who may act: one whom an entry names still, of a tenant that is not suspended. */
  async findActive(tenantId: string, personId: string): Promise<Person | null> {
    if (!z.guid().safeParse(personId).success) return null;
    const [found] = await rows<Person>(
      this.dataSource,
      `SELECT ${selectList(person)} FROM people
       WHERE tenant_id = $1 AND id = $2 AND NOT ${isSuspended('people.tenant_id')}`,
      [tenantId, personId],
    );
    return found !== undefined && this.admission.stillNames(found) ? found : null;
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign people */
  async get(tenantId: string, personId: string): Promise<Person> {
    const [found] = z.guid().safeParse(personId).success
      ? await this.database.rows<Person>(
          tenantId,
          `SELECT ${selectList(person)} FROM people WHERE tenant_id = $1 AND id = $2`,
          [tenantId, personId],
        )
      : [];
    if (found === undefined) throw noSuchPerson();
    return found;
  }

  /** In the order in which they first signed in. */
  async list(tenantId: string, { limit, cursor }: PageRequest): Promise<Page<Person>> {
    const after = decodeCursor(cursor);
    const found = await this.database.rows<Person & PageEnd>(
      tenantId,
      `SELECT ${selectList(person)}, created_at::text AS position FROM people
       WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2::timestamptz, $3::uuid))
       ORDER BY created_at, id LIMIT $4`,
      [tenantId, after?.position ?? null, after?.id ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /**
   * Deletes a person with all sessions, authorizations and tokens. The instances stay, as the tenant's.
   * @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign people
   */
  async delete(tenantId: string, personId: string): Promise<void> {
    await this.database.transaction(tenantId, async (executor) => {
      const [deleted] = await rows(
        executor,
        'DELETE FROM people WHERE tenant_id = $1 AND id = $2 RETURNING id',
        [tenantId, personId],
      );
      if (deleted === undefined) throw noSuchPerson();
      await recordChange(executor, tenantId, 'person.deleted', personId);
    });
    this.callers.forget(personId);
  }

  private async obstacle(tenantId: string): Promise<SignInRefusal> {
    const [tenant] = await rows<{ suspended: boolean }>(
      this.dataSource,
      'SELECT suspended_at IS NOT NULL AS suspended FROM tenants WHERE id = $1',
      [tenantId],
    );
    if (tenant === undefined) return 'not_listed';
    return tenant.suspended ? 'tenant_suspended' : 'other_tenant';
  }
}

function noSuchPerson(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such person' });
}
