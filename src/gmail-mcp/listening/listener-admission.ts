import { Injectable } from '@nestjs/common';
import { McpTokens, PersonTokens } from '../../identity/index.js';
import { type Instance, KnownInstances, narrowedScopes } from '../../instances/index.js';
import { openedTo } from '../guards/callers-of-tokens.js';
import type { OpenedInstance } from '../tool-permission.js';
import type { Listener } from './listener.js';
import type { ListenedMailbox } from './listened-mailboxes.js';
import { listenedUris } from './listened-uris.js';

/** An instance as far as a token opens it; null for one that it does not open. */
type Opening = (instance: Instance) => OpenedInstance | null;

/** Finds out whether who listens may still be told what it was let in for. */
@Injectable()
export class ListenerAdmission {
  constructor(
    private readonly tokens: McpTokens,
    private readonly people: PersonTokens,
    private readonly instances: KnownInstances,
  ) {}

  /** The mailboxes that it may go on listening to; none also where that cannot be found out: it may ask anew. */
  async admitted(
    listener: Listener,
    mailboxes: readonly ListenedMailbox[],
  ): Promise<readonly ListenedMailbox[]> {
    try {
      const opening = await this.openingOf(listener);
      if (opening === null) return [];
      const instances = await Promise.all(
        mailboxes.map(({ instanceId }) => this.instances.findById(listener.tenantId, instanceId)),
      );
      return mailboxes.filter((mailbox, index) => isOpen(mailbox, instances[index] ?? null, opening));
    } catch {
      return [];
    }
  }

  private async openingOf(listener: Listener): Promise<Opening | null> {
    if (listener.kind === 'person') {
      const principal = await this.people.findLive(listener.principal);
      if (principal === null) return null;
      return (instance) =>
        principal.instanceIds.includes(instance.id) ? openedTo(principal, instance) : null;
    }
    const token = await this.tokens.findLive(listener.tenantId, listener.tokenId);
    if (token === null) return null;
    const { instanceId, scopes } = token;
    return (instance) =>
      instance.id === instanceId ? { ...instance, scopes: narrowedScopes(instance.scopes, scopes) } : null;
  }
}

/** Whether all of it may be told still. */
function isOpen({ uris }: ListenedMailbox, instance: Instance | null, opening: Opening): boolean {
  const opened = instance && opening(instance);
  if (opened === null) return false;
  const own = new Set(uris.values());
  return listenedUris([...own], opened).length === own.size;
}
