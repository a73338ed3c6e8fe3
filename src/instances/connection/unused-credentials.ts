import { Injectable } from '@nestjs/common';
import { CredentialRelease, type RevocationChoice } from '../../credentials/index.js';
import { asOwner, rows, type SqlExecutor } from '../../database/index.js';

/** Credentials that instances have stopped pointing to. */
@Injectable()
export class UnusedCredentials {
  constructor(private readonly release: CredentialRelease) {}

  /**
   * Destroys the tokens of a credential unless an instance still points to it, in the tenant's transaction that made
   * one stop. `revoke` says whether it is queued for revocation at the provider.
   */
  async discard(
    executor: SqlExecutor,
    { tenantId, credentialId, revoke }: { tenantId: string; credentialId: string; revoke: RevocationChoice },
  ): Promise<void> {
    await asOwner(executor, async (owner) => {
      await this.release.lock(owner, credentialId);
      const users = await rows(
        owner,
        'SELECT id FROM mcp_instances WHERE tenant_id = $1 AND credential_id = $2 LIMIT 1',
        [tenantId, credentialId],
      );
      if (users.length === 0) await this.release.discard(owner, credentialId, { revoke });
    });
  }
}
