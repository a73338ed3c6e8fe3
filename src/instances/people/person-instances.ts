import { Injectable } from '@nestjs/common';
import { recordChange, RequestedChanges, type Actor, type RequestSource } from '../../audit/index.js';
import { asOwner, rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { coversScope } from '../../gmail/index.js';
import { PersonMailboxes, type Person } from '../../identity/index.js';
import type { ProviderName } from '../../oauth/index.js';
import { instancesWithCredentials, type Instance } from '../directory/instance.js';
import { Instances } from '../directory/instances.js';
import { InstanceUpdate } from '../directory/instance-update.js';
import { toolsets } from '../directory/toolsets.js';
import { toolsetsOf, type PersonScope } from '../scopes/person-scopes.js';
import { askedScopes } from './person-redirect.js';

/** A person as events name it. */
export function personActor({ id, tenantId }: Pick<Person, 'id' | 'tenantId'>): Actor {
  return { kind: 'person', id, tenantId };
}

/** The instances of people: one for each account that a person connects. They are their tenant's, like all others. */
@Injectable()
export class PersonInstances {
  constructor(
    private readonly database: TenantDatabase,
    private readonly instances: Instances,
    private readonly mailboxes: PersonMailboxes,
    private readonly updates: InstanceUpdate,
    private readonly changes: RequestedChanges,
  ) {}

  /** The person's instance of an account, made where there is none yet. It has no MCP token. */
  async of(
    person: Person,
    account: { provider: ProviderName; subject: string; email: string },
    scopes: readonly PersonScope[],
    source: RequestSource,
  ): Promise<Instance> {
    const change = { event: 'instance.created', actor: personActor(person), source } as const;
    const { result, conclude } = this.changes.during(change, () => this.placed(person, account, scopes));
    const { id, isNew } = await result;
    if (isNew) await conclude(id);
    return this.instances.get(person.tenantId, id);
  }

  /** Lets an instance that was just connected do what the consent was for, besides what it may already. */
  async widen(instance: Instance, scopes: readonly PersonScope[]): Promise<void> {
    const lacking = askedScopes(scopes).filter((scope) => !coversScope(instance.scopes, scope));
    if (lacking.length === 0) return;
    const wanted = new Set([...instance.toolsets, ...toolsetsOf(scopes)]);
    await this.updates.update(instance, {
      scopes: [...instance.scopes, ...lacking],
      toolsets: toolsets.filter((toolset) => wanted.has(toolset)),
    });
  }

  private placed(
    { id: personId, tenantId }: Person,
    account: { provider: ProviderName; subject: string; email: string },
    scopes: readonly PersonScope[],
  ): Promise<{ id: string; isNew: boolean }> {
    return this.database.transaction(tenantId, async (executor) => {
      // Two windows of one person must not make two instances of one account.
      await asOwner(executor, (owner) =>
        rows(owner, 'SELECT id FROM people WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
          tenantId,
          personId,
        ]),
      );
      const known = await find(executor, { tenantId, personId }, account);
      if (known !== null) return { id: known, isNew: false };
      const id = await this.instances.insert(executor, tenantId, {
        ...{ name: account.email, loginHint: account.email, provider: account.provider },
        ...{ scopes: askedScopes(scopes), toolsets: toolsetsOf(scopes), readOnly: false },
        oauthClientId: null,
      });
      if (id === null) throw new Error('The instance could not be stored');
      await this.mailboxes.add(executor, { tenantId, personId }, id);
      await recordChange(executor, tenantId, 'instance.created', id);
      return { id, isNew: true };
    });
  }
}

/** By the account it is connected to; one that was made and not connected yet, by the address it was made for. */
async function find(
  executor: SqlExecutor,
  { tenantId, personId }: { tenantId: string; personId: string },
  { provider, subject, email }: { provider: ProviderName; subject: string; email: string },
): Promise<string | null> {
  const [known] = await rows<{ id: string }>(
    executor,
    `SELECT i.id FROM ${instancesWithCredentials}
     JOIN person_mailboxes m ON m.tenant_id = i.tenant_id AND m.instance_id = i.id
     WHERE m.tenant_id = $1 AND m.person_id = $2 AND i.provider = $3
       AND (c.subject = $4 OR i.credential_id IS NULL AND i.login_hint = $5)
     ORDER BY c.subject IS NULL, m.created_at LIMIT 1`,
    [tenantId, personId, provider, subject, email],
  );
  return known?.id ?? null;
}
