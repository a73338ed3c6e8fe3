import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recordChange } from '../../audit/index.js';
import { rows, selectList, TenantDatabase, type Projection } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import type { PersonKey } from './person-mailboxes.js';

/** What one person let one client do. */
export interface Authorization {
  /** Chosen by the authorization server; no secret. */
  id: string;
  tenantId: string;
  personId: string;
  clientId: string;
  /** As the client calls itself; null when it does not. */
  clientName: string | null;
  scopes: string[];
  /** The mailboxes it opens; null for all that the person has, later ones included. */
  instanceIds: string[] | null;
  createdAt: Date;
}

export const authorization: Projection<Authorization> = {
  id: 'a.id',
  tenantId: 'a.tenant_id',
  personId: 'a.person_id',
  clientId: 'a.client_id',
  clientName: 'a.client_name',
  scopes: 'a.scopes',
  instanceIds: 'a.instance_ids',
  createdAt: 'a.created_at',
};

/** PostgreSQL refuses to look for what no text of its can hold. */
const wellFormedId = /^[\w:.-]{1,200}$/;

/** What people let clients do. Without its authorization no token of a client is good. */
@Injectable()
export class PersonAuthorizations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
    private readonly callers: VerifiedCallers,
  ) {}

  /**
   * Stores what a person has allowed, in place of what this authorization allowed before.
   * @throws EvergrantError `NOT_FOUND` for a person who is not there, or an id that is another person's
   */
  async save(given: Omit<Authorization, 'createdAt'>): Promise<void> {
    const { id, tenantId, personId, clientId, clientName, scopes, instanceIds } = given;
    const stored = await this.database.rows(
      tenantId,
      `INSERT INTO person_authorizations AS a (id, tenant_id, person_id, client_id, client_name, scopes, instance_ids)
       SELECT $2::text, $1::uuid, people.id, $4::text, $5::text, $6::text[], $7::uuid[] FROM people
       WHERE people.tenant_id = $1 AND people.id = $3
       ON CONFLICT (id) DO UPDATE SET client_name = excluded.client_name, scopes = excluded.scopes,
         instance_ids = excluded.instance_ids, updated_at = evergrant_now()
         WHERE a.tenant_id = excluded.tenant_id AND a.person_id = excluded.person_id
           AND a.client_id = excluded.client_id
       RETURNING id`,
      [tenantId, id, personId, clientId, clientName, scopes, instanceIds],
    );
    if (stored.length === 0) throw noSuchAuthorization();
    this.callers.forget(personId);
  }

  /** By its id alone, for the authorization server, which knows no tenant; null for one that was ended. */
  async find(id: string): Promise<Authorization | null> {
    const [found] = await rows<Authorization>(
      this.dataSource,
      `SELECT ${selectList(authorization)} FROM person_authorizations a WHERE a.id = $1`,
      [id],
    );
    return found ?? null;
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign ones */
  async get({ tenantId, personId }: PersonKey, id: string): Promise<Authorization> {
    if (!wellFormedId.test(id)) throw noSuchAuthorization();
    const [found] = await this.database.rows<Authorization>(
      tenantId,
      `SELECT ${selectList(authorization)} FROM person_authorizations a
       WHERE a.tenant_id = $1 AND a.person_id = $2 AND a.id = $3`,
      [tenantId, personId, id],
    );
    if (found === undefined) throw noSuchAuthorization();
    return found;
  }

  /** Of one person or of several, the oldest first. */
  list(tenantId: string, personIds: readonly string[]): Promise<Authorization[]> {
    return this.database.rows<Authorization>(
      tenantId,
      `SELECT ${selectList(authorization)} FROM person_authorizations a
       WHERE a.tenant_id = $1 AND a.person_id = ANY($2) ORDER BY a.created_at, a.id`,
      [tenantId, personIds],
    );
  }

  /**
   * Ends what a client was allowed, and its tokens with it, in every process within a second.
   * @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign ones
   */
  async end({ tenantId, personId }: PersonKey, id: string): Promise<void> {
    if (!wellFormedId.test(id)) throw noSuchAuthorization();
    await this.database.transaction(tenantId, async (executor) => {
      const [ended] = await rows(
        executor,
        'DELETE FROM person_authorizations WHERE tenant_id = $1 AND person_id = $2 AND id = $3 RETURNING id',
        [tenantId, personId, id],
      );
      if (ended === undefined) throw noSuchAuthorization();
      await recordChange(executor, tenantId, 'authorization.ended', id);
    });
    this.callers.forget(personId);
  }

  /** All of a person's. */
  async endAll({ tenantId, personId }: PersonKey): Promise<void> {
    await this.database.rows(
      tenantId,
      'DELETE FROM person_authorizations WHERE tenant_id = $1 AND person_id = $2',
      [tenantId, personId],
    );
    this.callers.forget(personId);
  }
}

function noSuchAuthorization(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such authorization' });
}
