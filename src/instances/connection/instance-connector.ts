import { Injectable } from '@nestjs/common';
import { GrantRecorder, TokenBroker, type Grant } from '../../credentials/index.js';
import { asOwner, rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { coversScope } from '../../gmail/index.js';
import { instancesWithCredentials, type Instance } from '../directory/instance.js';
import { UnusedCredentials } from './unused-credentials.js';
import { WiderGrants } from './wider-grants.js';

export type ConnectOutcome = 'connected' | 'account_mismatch' | 'refresh_token_missing' | 'instance_deleted';

/** Stores a grant and points an instance to it, with those of the account that it heals: all or nothing. */
@Injectable()
export class InstanceConnector {
  constructor(
    private readonly database: TenantDatabase,
    private readonly grants: GrantRecorder,
    private readonly unused: UnusedCredentials,
    private readonly broker: TokenBroker,
    private readonly widerGrants: WiderGrants,
  ) {}

  /** A reconnect keeps the account: a grant of another one, or of an unknown one, is refused and not stored. */
  async connect(instance: Instance, given: Omit<Grant, 'tenantId'>): Promise<ConnectOutcome> {
    const { tenantId } = instance;
    const grant = { ...given, tenantId };
    if (isOfAnotherAccount(grant, instance.subject)) return 'account_mismatch';
    if (await this.widerGrants.stands(instance, grant)) return 'connected';
    const prepared = await this.grants.prepare(grant);
    const touched = new Set<string>();
    const outcome = await this.database.transaction(tenantId, async (executor): Promise<ConnectOutcome> => {
      const before = await lockInstance(executor, instance);
      if (!before) return 'instance_deleted';
      // Another consent of this instance may have been faster: it stands.
      if (isOfAnotherAccount(grant, before.subject)) return 'account_mismatch';
      const credentialId = await asOwner(executor, (owner) => this.grants.record(owner, prepared));
      if (credentialId === null) return 'refresh_token_missing';
      const left = await pointToGrant(executor, grant, credentialId, instance.id);
      if (before.credentialId !== null && before.credentialId !== credentialId) left.add(before.credentialId);
      for (const id of [...left].sort())
        await this.unused.discard(executor, { tenantId, credentialId: id, revoke: false });
      for (const id of [credentialId, ...left]) touched.add(id);
      return 'connected';
    });
    for (const id of touched) this.broker.forget(id);
    return outcome;
  }
}

function isOfAnotherAccount(grant: Grant, subject: string | null): boolean {
  return subject !== null && grant.subject !== subject;
}

/** Instances are locked before credentials, everywhere. */
async function lockInstance(
  executor: SqlExecutor,
  { tenantId, id }: Instance,
): Promise<{ credentialId: string | null; subject: string | null } | null> {
  const [locked] = await rows<{ credentialId: string | null; subject: string | null }>(
    executor,
    `SELECT i.credential_id AS "credentialId", c.subject
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
