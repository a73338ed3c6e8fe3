import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { QuotaOptions, sharedUnitsSubject } from '../../gmail/index.js';
import { quotaAccount } from '../directory/quota-account.js';

const listedAtMost = 5;

/** What a mailbox has taken of Gmail's quota within the last minute. */
export interface MailboxQuotaUse {
  tenantId: string;
  instanceId: string;
  name: string;
  email: string | null;
  /** Taken by processes; a part may not be spent yet. */
  unitsTaken: number;
  unitsPerMinute: number;
}

/** The mailboxes that use most of Gmail's quota, as all processes count it. */
@Injectable()
export class QuotaUse {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: QuotaOptions,
  ) {}

  /** Of one tenant, or, with null, of all; a mailbox that several instances use is told once, by its oldest one. */
  async most(tenantId: string | null): Promise<MailboxQuotaUse[]> {
    const { unitsPerMinute } = this.options;
    if (unitsPerMinute === 0) return [];
    const found = await rows<Omit<MailboxQuotaUse, 'unitsPerMinute'>>(
      this.dataSource,
      `WITH used AS MATERIALIZED (
         SELECT subject, sum(slice.units)::int AS units
         FROM rate_limit_slices, unnest(units, ends_at) AS slice (units, ends_at)
         WHERE slice.ends_at > evergrant_now() GROUP BY subject
       ), mailboxes AS (
         SELECT DISTINCT ON (used.subject) i.tenant_id, i.id, i.name, c.email, used.units
         FROM mcp_instances i JOIN mcp_credentials c ON c.tenant_id = i.tenant_id AND c.id = i.credential_id
         JOIN used ON used.subject = ${sharedUnitsSubject.inSql(quotaAccount.inSql)}
         WHERE c.subject IS NOT NULL ${tenantId === null ? '' : 'AND i.tenant_id = $2'}
         ORDER BY used.subject, i.created_at
       )
       SELECT tenant_id AS "tenantId", id AS "instanceId", name, email, units AS "unitsTaken" FROM mailboxes
       WHERE units > 0 ORDER BY units DESC, id LIMIT $1`,
      [listedAtMost, ...(tenantId === null ? [] : [tenantId])],
    );
    return found.map((use) => ({ ...use, unitsPerMinute }));
  }
}
