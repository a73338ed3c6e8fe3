import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import { GmailClient, type OpenMailbox } from '../../gmail/index.js';
import { KnownInstances } from '../../instances/index.js';
import { GrantedTokens } from '../sending/granted-tokens.js';
import { mailboxPlace } from '../sending/mailbox-place.js';
import type { WatchPlace } from '../watches/stored-watches.js';

/** Opens watched mailboxes for no caller, within what their instances ask for and were granted. */
@Injectable()
export class WatchedMailboxes {
  constructor(
    private readonly instances: KnownInstances,
    private readonly broker: TokenBroker,
    private readonly gmail: GmailClient,
  ) {}

  /**
   * Null where the watch has ended: with its instance, or with the toolset that it belongs to.
   * @throws EvergrantError whatever the chain says
   */
  async open({ tenantId, instanceId }: WatchPlace, signal: AbortSignal): Promise<OpenMailbox | null> {
    const instance = await this.instances.findById(tenantId, instanceId);
    if (!instance?.toolsets.includes('changes')) return null;
    const { credentialId, scopes } = instance;
    if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    const grant = await this.broker.accessToken(credentialId);
    const tokens = new GrantedTokens(this.broker, credentialId, scopes, grant);
    return this.gmail.open(tokens, signal, mailboxPlace(instance));
  }
}
