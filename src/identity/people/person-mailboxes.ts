import { Injectable } from '@nestjs/common';
import { rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';

/** A person, of a tenant. */
export interface PersonKey {
  tenantId: string;
  personId: string;
}

/** Which instances are a person's mailboxes. */
@Injectable()
export class PersonMailboxes {
  constructor(private readonly database: TenantDatabase) {}

  /** In the order in which they were connected first. */
  async list({ tenantId, personId }: PersonKey): Promise<string[]> {
    return (await this.listOf(tenantId, [personId])).get(personId) ?? [];
  }

  /** Those of several people, by the person's id. */
  async listOf(tenantId: string, personIds: readonly string[]): Promise<Map<string, string[]>> {
    const found = await this.database.rows<{ personId: string; ids: string[] }>(
      tenantId,
      `SELECT person_id AS "personId", array_agg(instance_id ORDER BY created_at, instance_id) AS ids
       FROM person_mailboxes WHERE tenant_id = $1 AND person_id = ANY($2) GROUP BY person_id`,
      [tenantId, personIds],
    );
    return new Map(found.map(({ personId, ids }) => [personId, ids]));
  }

  /** Counts an instance among a person's mailboxes, in the transaction that makes it; one that is counted stays as it is. */
  async add(executor: SqlExecutor, { tenantId, personId }: PersonKey, instanceId: string): Promise<void> {
    await rows(
      executor,
      `INSERT INTO person_mailboxes (tenant_id, person_id, instance_id) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, instance_id) DO NOTHING`,
      [tenantId, personId, instanceId],
    );
  }
}
