import { Injectable } from '@nestjs/common';
import { PersonMailboxes, type Person } from '../../identity/index.js';
import type { Instance } from '../directory/instance.js';
import { Instances } from '../directory/instances.js';
import { servedPersonScopes, type PersonScope } from '../scopes/person-scopes.js';

/** A mailbox of a person's. */
export interface ConnectedMailbox {
  instanceId: string;
  /** The address it is connected to, else the one that it is to be. */
  email: string | null;
  /** What clients can be let do with it as it is connected now. */
  scopes: PersonScope[];
  /** It has to be connected by its owner before it works. */
  requiresReauth: boolean;
  instance: Instance;
}

/** What people have connected. */
@Injectable()
export class ConnectedMailboxes {
  constructor(
    private readonly mailboxes: PersonMailboxes,
    private readonly instances: Instances,
  ) {}

  /** In the order in which they were connected first. */
  async of({ id: personId, tenantId }: Pick<Person, 'id' | 'tenantId'>): Promise<ConnectedMailbox[]> {
    const ids = await this.mailboxes.list({ tenantId, personId });
    const found = await this.instances.getMany(tenantId, ids);
    return ids.flatMap((id) => {
      const instance = found.get(id);
      return instance === undefined ? [] : [told(instance)];
    });
  }

  /** One of them; null alike for one that is another person's and for one that is not there. */
  async find(person: Pick<Person, 'id' | 'tenantId'>, instanceId: string): Promise<ConnectedMailbox | null> {
    return (await this.of(person)).find((mailbox) => mailbox.instanceId === instanceId) ?? null;
  }
}

/** Whether a mailbox works and serves these scopes, so that its owner need not go to Google. */
export function servesScopes(
  { requiresReauth, scopes }: Pick<ConnectedMailbox, 'requiresReauth' | 'scopes'>,
  wanted: readonly PersonScope[],
): boolean {
  return !requiresReauth && wanted.every((scope) => scopes.includes(scope));
}

function told(instance: Instance): ConnectedMailbox {
  const { id, email, loginHint, requiresReauth, scopes, grantedScopes } = instance;
  const asked = servedPersonScopes(scopes);
  const granted = servedPersonScopes(grantedScopes);
  return {
    ...{ instanceId: id, email: email ?? loginHint, requiresReauth, instance },
    scopes: asked.filter((scope) => granted.includes(scope)),
  };
}
