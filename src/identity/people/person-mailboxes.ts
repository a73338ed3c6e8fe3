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
    const found = await this.database.rows<{ id: string }>(
      tenantId,
      `SELECT instance_id AS id FROM person_mailboxes WHERE tenant_id = $1 AND person_id = $2
       ORDER BY created_at, instance_id`,
      [tenantId, personId],
    );
    return found.map(({ id }) => id);
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

  async has({ tenantId, personId }: PersonKey, instanceId: string): Promise<boolean> {
    return (await this.list({ tenantId, personId })).includes(instanceId);
  }
}
