import { Injectable } from '@nestjs/common';
import { GrantNotes, TokenBroker, type Grant } from '../../credentials/index.js';
import { asOwner, TenantDatabase } from '../../database/index.js';
import { toEvergrantError } from '../../errors/index.js';
import { coversScope } from '../../gmail/index.js';
import type { Instance } from '../directory/instance.js';

interface HeldGrant {
  scopes: string[];
}

/** A narrower consent never replaces a wider grant that is alive: that would take scopes away from its users. */
@Injectable()
export class WiderGrants {
  constructor(
    private readonly database: TenantDatabase,
    private readonly broker: TokenBroker,
    private readonly notes: GrantNotes,
  ) {}

  /**
   * Whether the instance holds a wider grant under the same client, and the provider does not call it dead; then its
   * history tells of the narrower one.
   */
  async stands(instance: Instance, grant: Grant): Promise<boolean> {
    const { credentialId, tenantId } = instance;
    if (credentialId === null) return false;
    const [held] = await this.database.rows<HeldGrant>(
      tenantId,
      `SELECT scopes FROM mcp_credentials
       WHERE tenant_id = $1 AND id = $2 AND oauth_client_id = $3 AND oauth_status = 'completed' AND verdict = 'active'`,
      [tenantId, credentialId, grant.oauthClientId],
    );
    if (held === undefined || !isWider(held.scopes, grant.grantedScopes)) return false;
    if (!(await this.isAlive(credentialId))) return false;
    await this.database.transaction(tenantId, (executor) =>
      asOwner(executor, (owner) => this.notes.widerGrantKept(owner, { credentialId, event: grant.event })),
    );
    return true;
  }

  /** Asked of the provider, since a person reconnects for a reason; a fault on the way says nothing against it. */
  private async isAlive(credentialId: string): Promise<boolean> {
    try {
      await this.broker.refresh(credentialId);
      return true;
    } catch (thrown) {
      return !toEvergrantError(thrown).requiresReauth;
    }
  }
}

function isWider(held: readonly string[], granted: readonly string[]): boolean {
  return (
    granted.every((scope) => coversScope(held, scope)) && !held.every((scope) => coversScope(granted, scope))
  );
}
