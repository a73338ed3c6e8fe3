import { Injectable } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { EvergrantError, toEvergrantError } from '../../errors/index.js';
import { GmailClient } from '../../gmail/index.js';
import { KnownInstances, type Instance } from '../../instances/index.js';
import { refuseUnlessActsAreOn } from './switched-off-acts.js';
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
      const instance = await this.instances.get(order.tenantId, order.instanceId);
      refuseUnlessActsAreOn(order.kind, instance);
      return await (await this.mailboxOf(instance)).perform(order, signal);
    } catch (thrown) {
      return failedOutcome(toEvergrantError(thrown));
    }
  }

  override async trace(order: ActOrder, intendedSecondsAgo: number): Promise<ActTrace> {
    try {
      const instance = await this.instances.get(order.tenantId, order.instanceId);
      return await (await this.mailboxOf(instance)).trace(order, intendedSecondsAgo);
    } catch {
      return { status: 'unclear' };
    }
  }

  private async mailboxOf(instance: Instance): Promise<MailboxPerformer> {
    const { credentialId, scopes } = instance;
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
