import { Injectable, Logger } from '@nestjs/common';
import { GrantAccounts, TokenBroker } from '../../credentials/index.js';
import { asOwner, TenantDatabase } from '../../database/index.js';
import { toEvergrantError } from '../../errors/index.js';
import { GmailClient } from '../../gmail/index.js';
import type { Instance } from '../directory/instance.js';
import type { MailboxAnswer } from './account-decision.js';

/** Finds out whose a grant is that an instance holds, and that came without saying so. */
@Injectable()
export class HeldAccounts {
  private readonly logger = new Logger(HeldAccounts.name);

  constructor(
    private readonly gmail: GmailClient,
    private readonly broker: TokenBroker,
    private readonly database: TenantDatabase,
    private readonly grants: GrantAccounts,
  ) {}

  /**
   * Asks `users.getProfile` with the held token, and keeps the address it tells
   * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile).
   */
  async ask(instance: Instance & { credentialId: string }): Promise<MailboxAnswer> {
    const { credentialId, tenantId } = instance;
    try {
      const email = await this.address(instance);
      await this.database.transaction(tenantId, (executor) =>
        asOwner(executor, (owner) => this.grants.learnAddress(owner, { credentialId, email })),
      );
      this.broker.forget(credentialId);
      return { status: 'told', email };
    } catch (thrown) {
      const { code, reason } = toEvergrantError(thrown);
      this.logger.warn({
        msg: 'The mailbox did not tell whose it is',
        ...{ instanceId: instance.id, credentialId, errorCode: code, reason },
      });
      if (code === 'INVALID_REFRESH_TOKEN') return { status: 'dead' };
      return { status: code === 'INSUFFICIENT_SCOPE' ? 'closed' : 'unanswered' };
    }
  }

  private async address({
    credentialId,
    tenantId,
    id,
  }: Instance & { credentialId: string }): Promise<string> {
    const source = {
      accessToken: async ({ rejectedToken }: { rejectedToken?: string }) => {
        const options = rejectedToken === undefined ? {} : { rejectedToken };
        return (await this.broker.accessToken(credentialId, options)).accessToken;
      },
    };
    const { mailbox } = this.gmail.open(source, undefined, { lane: { owner: tenantId, lane: id } });
    return (await mailbox.getProfile()).emailAddress;
  }
}
