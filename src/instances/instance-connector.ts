import { Injectable } from '@nestjs/common';
import { GrantRecorder, type Grant } from '../credentials/index.js';
import { TenantDatabase } from '../database/index.js';
import type { Instance } from './instance.js';

export type ConnectOutcome = 'connected' | 'account_mismatch' | 'refresh_token_missing';

/** Stores a grant and points an instance to it. */
@Injectable()
export class InstanceConnector {
  constructor(
    private readonly database: TenantDatabase,
    private readonly grants: GrantRecorder,
  ) {}

  /** A reconnect keeps the account: a grant of another one, or of an unknown one, is refused and not stored. */
  async connect(instance: Instance, grant: Omit<Grant, 'tenantId'>): Promise<ConnectOutcome> {
    const reconnects = instance.subject !== null;
    if (reconnects && grant.subject !== instance.subject) return 'account_mismatch';
    const credentialId = await this.grants.record({ ...grant, tenantId: instance.tenantId });
    if (credentialId === null) return 'refresh_token_missing';
    const linked = await this.database.rows(
      instance.tenantId,
      `UPDATE mcp_instances SET credential_id = $3, updated_at = evergrant_now()
       WHERE tenant_id = $1 AND id = $2 AND credential_id IS NOT DISTINCT FROM $4 RETURNING id`,
      [instance.tenantId, instance.id, credentialId, instance.credentialId],
    );
    // Another consent of this instance was faster: it stands, and what it left unused goes.
    const released = linked.length > 0 ? instance.credentialId : credentialId;
    if (released !== null) await this.discardIfUnused(instance.tenantId, released);
    return linked.length > 0 || (await this.pointsTo(instance, credentialId))
      ? 'connected'
      : 'account_mismatch';
  }

  private async discardIfUnused(tenantId: string, credentialId: string): Promise<void> {
    const users = await this.database.rows(
      tenantId,
      'SELECT id FROM mcp_instances WHERE tenant_id = $1 AND credential_id = $2 LIMIT 1',
      [tenantId, credentialId],
    );
    if (users.length === 0) await this.grants.discard(credentialId);
  }

  private async pointsTo(instance: Instance, credentialId: string): Promise<boolean> {
    const found = await this.database.rows(
      instance.tenantId,
      'SELECT id FROM mcp_instances WHERE tenant_id = $1 AND id = $2 AND credential_id = $3',
      [instance.tenantId, instance.id, credentialId],
    );
    return found.length > 0;
  }
}
