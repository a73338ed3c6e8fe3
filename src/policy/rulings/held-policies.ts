import { Injectable } from '@nestjs/common';
import { rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { OutboundPolicy, TenantPolicy } from '../../identity/index.js';
import type { ActSender } from '../acts/outbound-rules.js';
import { effectivePolicy, type EffectivePolicy } from '../rules/effective-policy.js';

/** What holds for instances. Read anew for each act, so that what was denied a moment ago is denied. */
@Injectable()
export class HeldPolicies {
  constructor(private readonly database: TenantDatabase) {}

  /** @throws EvergrantError `NOT_FOUND` for an instance that is gone */
  of(sender: ActSender): Promise<EffectivePolicy> {
    return this.database.transaction(sender.tenantId, (executor) => read(executor, sender));
  }
}

async function read(executor: SqlExecutor, { tenantId, id }: ActSender): Promise<EffectivePolicy> {
  const [held] = await rows<{ tenant: TenantPolicy | null; instance: OutboundPolicy | null }>(
    executor,
    `SELECT t.policy AS tenant, i.policy AS instance FROM mcp_instances i JOIN tenants t ON t.id = i.tenant_id
     WHERE i.tenant_id = $1 AND i.id = $2`,
    [tenantId, id],
  );
  if (!held) throw new EvergrantError('NOT_FOUND', { message: 'There is no such instance' });
  return effectivePolicy(held.tenant, held.instance);
}
