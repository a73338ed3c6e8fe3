import { Injectable } from '@nestjs/common';
import { recordChange } from '../../audit/index.js';
import { TokenBroker, type RevocationChoice } from '../../credentials/index.js';
import { rows, TenantDatabase } from '../../database/index.js';
import { noSuchInstance } from '../directory/instances.js';
import { UnusedCredentials } from './unused-credentials.js';

/** Deletes instances. With the last one of a grant its tokens are destroyed; it is revoked at the provider later. */
@Injectable()
export class Disconnection {
  constructor(
    private readonly database: TenantDatabase,
    private readonly unused: UnusedCredentials,
    private readonly broker: TokenBroker,
  ) {}

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign instances */
  async disconnect(
    tenantId: string,
    instanceId: string,
    { revoke }: { revoke: RevocationChoice },
  ): Promise<void> {
    const released = await this.database.transaction(tenantId, async (executor) => {
      const [deleted] = await rows<{ credentialId: string | null }>(
        executor,
        `DELETE FROM mcp_instances WHERE tenant_id = $1 AND id = $2 RETURNING credential_id AS "credentialId"`,
        [tenantId, instanceId],
      );
      if (!deleted) throw noSuchInstance();
      const { credentialId } = deleted;
      if (credentialId !== null) await this.unused.discard(executor, { tenantId, credentialId, revoke });
      await recordChange(executor, tenantId, 'instance.deleted', instanceId);
      return credentialId;
    });
    if (released !== null) this.broker.forget(released);
  }
}
