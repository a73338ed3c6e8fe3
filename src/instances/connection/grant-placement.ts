import { Injectable } from '@nestjs/common';
import {
  GrantRecorder,
  heldSuspect,
  TokenBroker,
  type Grant,
  type OAuthStatus,
  type Verdict,
} from '../../credentials/index.js';
import { asOwner, rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { coversScope } from '../../gmail/index.js';
import { instancesWithCredentials, type Instance } from '../directory/instance.js';
import { accountDecision, heldGrant, type AccountDecision } from './account-decision.js';
import { UnusedCredentials } from './unused-credentials.js';

export type Placement =
  'placed' | 'refresh_token_missing' | 'instance_deleted' | Exclude<AccountDecision, 'accept'>;

/** Stores a grant and points an instance to it, with those of the account that it heals: all or nothing. */
@Injectable()
export class GrantPlacement {
  constructor(
    private readonly database: TenantDatabase,
    private readonly grants: GrantRecorder,
    private readonly unused: UnusedCredentials,
    private readonly broker: TokenBroker,
  ) {}

  /** A tenant that is deleted meanwhile takes the instance, and the key that the tokens would be sealed with, along. */
  async place(instance: Instance, grant: Grant): Promise<Placement> {
    try {
      return await this.placed(instance, grant);
    } catch (thrown) {
      if (await this.isDeleted(instance)) return 'instance_deleted';
      throw thrown;
    }
  }

  private async isDeleted({ tenantId, id }: Instance): Promise<boolean> {
    const found = await this.database.rows(
      tenantId,
      'SELECT FROM mcp_instances WHERE tenant_id = $1 AND id = $2',
      [tenantId, id],
    );
    return found.length === 0;
  }

  private async placed(instance: Instance, grant: Grant): Promise<Placement> {
    const { tenantId } = instance;
    const prepared = await this.grants.prepare(grant);
    const touched = new Set<string>();
    const outcome = await this.database.transaction(tenantId, async (executor): Promise<Placement> => {
      const before = await lockInstance(executor, instance);
      if (!before) return 'instance_deleted';
      // Another consent of this instance may have been faster: it stands.
      const decision = accountDecision(heldGrant(before), grant);
      if (decision !== 'accept') return decision;
      const credentialId = await asOwner(executor, (owner) => this.grants.record(owner, prepared));
      if (credentialId === null) return 'refresh_token_missing';
      const left = await pointToGrant(executor, grant, credentialId, instance.id);
      if (before.credentialId !== null && before.credentialId !== credentialId) left.add(before.credentialId);
      for (const id of [...left].sort())
        await this.unused.discard(executor, { tenantId, credentialId: id, revoke: false });
      for (const id of [credentialId, ...left]) touched.add(id);
      return 'placed';
    });
    for (const id of touched) this.broker.forget(id);
    return outcome;
  }
}

interface LockedInstance {
  credentialId: string | null;
  oauthStatus: OAuthStatus;
  verdict: Verdict | null;
  held: boolean | null;
  subject: string | null;
  email: string | null;
}

/** Instances are locked before credentials, everywhere. */
async function lockInstance(
  executor: SqlExecutor,
  { tenantId, id }: Instance,
): Promise<LockedInstance | null> {
  const [locked] = await rows<LockedInstance>(
    executor,
    `SELECT i.credential_id AS "credentialId", coalesce(c.oauth_status, 'pending') AS "oauthStatus", c.verdict,
       ${heldSuspect} AS held, c.subject, c.email
     FROM ${instancesWithCredentials}
     WHERE i.tenant_id = $1 AND i.id = $2 FOR UPDATE OF i`,
    [tenantId, id],
  );
  return locked ?? null;
}

/**
 * Points the instance to its grant, and with it those of the account whose grant under this client is dead and whose
 * scopes it covers: one consent heals them all. Those that are busy with a consent of their own are left alone.
 * @returns the credentials that they pointed to before
 */
async function pointToGrant(
  executor: SqlExecutor,
  grant: Grant,
  credentialId: string,
  instanceId: string,
): Promise<Set<string>> {
  const dead = await rows<{ id: string; credentialId: string; scopes: string[] }>(
    executor,
    `SELECT i.id, i.credential_id AS "credentialId", i.scopes
     FROM ${instancesWithCredentials}
     WHERE i.tenant_id = $1 AND c.oauth_client_id = $2 AND c.subject = $3 AND c.id <> $4 AND i.id <> $5
       AND c.verdict <> 'active'
     FOR UPDATE OF i SKIP LOCKED`,
    [grant.tenantId, grant.oauthClientId, grant.subject, credentialId, instanceId],
  );
  const healed = dead.filter(({ scopes }) =>
    scopes.every((scope) => coversScope(grant.grantedScopes, scope)),
  );
  await executor.query(
    `UPDATE mcp_instances SET credential_id = $2, updated_at = evergrant_now()
     WHERE tenant_id = $1 AND id = ANY($3)`,
    [grant.tenantId, credentialId, [instanceId, ...healed.map(({ id }) => id)]],
  );
  return new Set(healed.map((instance) => instance.credentialId));
}
