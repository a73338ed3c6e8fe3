import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import { GmailClient } from '../../gmail/index.js';
import { KnownInstances } from '../../instances/index.js';
import { ActPerformer, type ActOrder, type ActOutcome, type ActTrace } from '../../policy/index.js';
import { failedOutcome } from './failed-outcome.js';
import { GrantedTokens } from './granted-tokens.js';
import { ListServers } from './list-servers.js';
import { MailboxPerformer } from './mailbox-performer.js';

/** Carries acts out for no caller: what was approved, and what another process has left. */
@Injectable()
export class ServerPerformer extends ActPerformer {
  constructor(
    private readonly instances: KnownInstances,
    private readonly broker: TokenBroker,
    private readonly gmail: GmailClient,
    private readonly listServers: ListServers,
  ) {
    super();
  }

  override async perform(order: ActOrder, signal: AbortSignal): Promise<ActOutcome> {
    try {
      return await (await this.mailboxOf(order)).perform(order, signal);
    } catch (thrown) {
      return failedOutcome(toEvergrantError(thrown));
    }
  }

  override async trace(order: ActOrder, intendedSecondsAgo: number): Promise<ActTrace> {
    try {
      return await (await this.mailboxOf(order)).trace(order, intendedSecondsAgo);
    } catch {
      return { status: 'unclear' };
    }
  }

  private async mailboxOf({ tenantId, instanceId }: ActOrder): Promise<MailboxPerformer> {
    const instance = await this.instances.get(tenantId, instanceId);
    const { credentialId, scopes, readOnly } = instance;
    // It may have been set since the act was held.
    if (readOnly) throw new EvergrantError('FORBIDDEN', { reason: 'read_only' });
    if (credentialId === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    const tokens = new GrantedTokens(
      this.broker,
      credentialId,
      scopes,
      await this.broker.accessToken(credentialId),
    );
    return new MailboxPerformer(this.gmail, tokens, instance, this.listServers);
  }
}
