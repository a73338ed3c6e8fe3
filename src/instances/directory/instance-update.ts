import { Injectable } from '@nestjs/common';
import { recordChange, recordPolicyChange } from '../../audit/index.js';
import { GrantNotes, OAuthClients } from '../../credentials/index.js';
import { asOwner, TenantDatabase } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { changedFields, type OutboundPolicy } from '../../identity/index.js';
import type { Instance } from './instance.js';
import { KnownInstances } from './known-instances.js';
import type { Toolset } from './toolsets.js';

/** What is to change; what is absent stays. A client id comes with its secret. */
export interface InstancePatch {
  name?: string | undefined;
  scopes?: string[] | undefined;
  /** Null takes it away. */
  toolPrefix?: string | null | undefined;
  toolsets?: Toolset[] | undefined;
  readOnly?: boolean | undefined;
  /** The whole of it; null takes it away. */
  policy?: OutboundPolicy | null | undefined;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
}

/** Changes what an instance and its tools are called, which tools it has, which OAuth client it brings, and what its next consent asks for. */
@Injectable()
export class InstanceUpdate {
  constructor(
    private readonly database: TenantDatabase,
    private readonly oauthClients: OAuthClients,
    private readonly notes: GrantNotes,
    private readonly known: KnownInstances,
  ) {}

  /**
   * The grant is left alone, also when another client is given: it serves until the next consent, which is asked for
   * under the new one. A new secret of the same client serves at once.
   * @throws EvergrantError `VALIDATION_FAILED` when half of a client is given that is not known yet
   */
  async update(
    instance: Instance,
    { name, scopes, toolPrefix, toolsets, readOnly, policy, ...client }: InstancePatch,
  ): Promise<void> {
    const oauthClientId = await this.client(instance, client);
    const { tenantId, id, credentialId } = instance;
    await this.database.transaction(tenantId, async (executor) => {
      await executor.query(
        `UPDATE mcp_instances SET name = coalesce($3, name), scopes = coalesce($4, scopes),
           oauth_client_id = coalesce($5, oauth_client_id),
           tool_prefix = CASE WHEN $6 THEN $7 ELSE tool_prefix END,
           toolsets = coalesce($8, toolsets), read_only = coalesce($9, read_only),
           policy = CASE WHEN $10 THEN $11::jsonb ELSE policy END, updated_at = evergrant_now()
         WHERE tenant_id = $1 AND id = $2`,
        [
          ...[tenantId, id, name ?? null, scopes ?? null, oauthClientId],
          ...[toolPrefix !== undefined, toolPrefix ?? null, toolsets ?? null, readOnly ?? null],
          ...[policy !== undefined, policy ? JSON.stringify(policy) : null],
        ],
      );
      if (oauthClientId !== null)
        await asOwner(executor, (owner) => this.notes.clientGiven(owner, { oauthClientId, credentialId }));
      const fields = policy === undefined ? [] : changedFields(instance.policy, policy);
      await recordPolicyChange(executor, tenantId, { kind: 'instance', id }, fields);
      await recordChange(executor, tenantId, 'instance.updated', id);
    });
    this.known.forget(instance);
  }

  private async client(
    { tenantId, provider, oauthClientId }: Instance,
    { clientId, clientSecret }: Pick<InstancePatch, 'clientId' | 'clientSecret'>,
  ): Promise<string | null> {
    if (clientId === undefined && clientSecret === undefined) return null;
    const held = oauthClientId === null ? null : await this.oauthClients.clientId(oauthClientId);
    const wanted = clientId ?? held;
    if (wanted === null) throw incompleteClient('clientId');
    if (clientSecret !== undefined)
      return this.oauthClients.adopt(tenantId, provider, { clientId: wanted, clientSecret });
    if (wanted !== held) throw incompleteClient('clientSecret');
    return null;
  }
}

function incompleteClient(field: string): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', {
    field,
    message: `The request is not valid: a new OAuth client needs its ${field}`,
  });
}
