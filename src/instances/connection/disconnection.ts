import { Injectable } from '@nestjs/common';
import { CredentialRelease, TokenBroker } from '../../credentials/index.js';
import { asOwner, rows, TenantDatabase } from '../../database/index.js';
import { noSuchInstance } from '../directory/instances.js';
import { discardIfUnused } from './unused-credential.js';

/** Deletes instances. The last one of a grant takes its tokens along; the provider is told later. */
@Injectable()
export class Disconnection {
  constructor(
    private readonly database: TenantDatabase,
    private readonly release: CredentialRelease,
    private readonly broker: TokenBroker,
  ) {}

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign instances */
  async disconnect(tenantId: string, instanceId: string): Promise<void> {
    const credentialId = await this.database.transaction(tenantId, async (executor) => {
      const [deleted] = await rows<{ credentialId: string | null }>(
        executor,
        `DELETE FROM mcp_instances WHERE tenant_id = $1 AND id = $2 RETURNING credential_id AS "credentialId"`,
        [tenantId, instanceId],
      );
      if (!deleted) throw noSuchInstance();
      if (deleted.credentialId === null) return null;
      await asOwner(executor);
      await discardIfUnused(executor, this.release, {
        tenantId,
        credentialId: deleted.credentialId,
        revoke: true,
      });
      return deleted.credentialId;
    });
    if (credentialId !== null) this.broker.forget(credentialId);
  }
}
