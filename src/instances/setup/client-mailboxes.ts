import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { asOwner, rows, TenantDatabase } from '../../database/index.js';
import { toEvergrantError } from '../../errors/index.js';
import { coversScope, GmailClient, isIdentityScope } from '../../gmail/index.js';
import type { Instance } from '../directory/instance.js';
import { Instances } from '../directory/instances.js';
import type { ConnectedMailbox } from './setup-checks.js';

type ConnectedInstance = Instance & { credentialId: string };

/** What a mailbox that was connected with an OAuth client tells of how that is set up. */
@Injectable()
export class ClientMailboxes {
  constructor(
    private readonly database: TenantDatabase,
    private readonly instances: Instances,
    private readonly broker: TokenBroker,
    private readonly gmail: GmailClient,
  ) {}

  /** Asks Gmail for the profile of the tenant's mailbox of the latest consent under the client; null without one. */
  async latest(tenantId: string, clientId: string): Promise<ConnectedMailbox | null> {
    const instance = await this.connected(tenantId, clientId);
    if (instance === null) return null;
    return {
      missingScopes: missingScopes(instance),
      grantExpiresAt: instance.grantExpiresAt,
      gmail: await this.answer(instance),
    };
  }

  private async connected(tenantId: string, clientId: string): Promise<ConnectedInstance | null> {
    const [found] = await this.database.transaction(tenantId, (executor) =>
      // A tenant does not see the deployment's clients.
      asOwner(executor, (owner) =>
        rows<{ id: string }>(
          owner,
          `SELECT i.id FROM oauth_clients o
           JOIN mcp_credentials c ON c.oauth_client_id = o.id AND c.tenant_id = $1
           JOIN mcp_instances i ON i.tenant_id = $1 AND i.credential_id = c.id
           WHERE o.client_id = $2 AND (o.tenant_id IS NULL OR o.tenant_id = $1)
             AND c.oauth_status = 'completed' AND c.verdict = 'active'
           ORDER BY c.oauth_completed_at DESC NULLS LAST LIMIT 1`,
          [tenantId, clientId],
        ),
      ),
    );
    const instance = found ? await this.instances.findById(tenantId, found.id) : null;
    return instance && isConnected(instance) ? instance : null;
  }

  private async answer({
    credentialId,
    tenantId,
    id,
  }: ConnectedInstance): Promise<ConnectedMailbox['gmail']> {
    const source = {
      accessToken: async ({ rejectedToken }: { rejectedToken?: string }) => {
        const options = rejectedToken === undefined ? {} : { rejectedToken };
        return (await this.broker.accessToken(credentialId, options)).accessToken;
      },
    };
    try {
      const { mailbox } = this.gmail.open(source, undefined, { lane: { owner: tenantId, lane: id } });
      await mailbox.getProfile();
      return { status: 'answered' };
    } catch (thrown) {
      const { code, reason } = toEvergrantError(thrown);
      return { status: 'failed', errorCode: code, reason: reason ?? null };
    }
  }
}

function isConnected(instance: Instance): instance is ConnectedInstance {
  return instance.credentialId !== null;
}

/** Identity is proved by a connection itself. */
function missingScopes({ scopes, grantedScopes }: Instance): string[] {
  return scopes
    .filter((scope) => !isIdentityScope(scope) && !coversScope(grantedScopes, scope))
    .map((scope) => scope.replace('https://www.googleapis.com/auth/', ''));
}
