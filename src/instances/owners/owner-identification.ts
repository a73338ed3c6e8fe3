import { Inject, Injectable, Logger } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { TokenExchange } from '../../oauth/index.js';
import { ConsentingAccount } from '../consent/consenting-account.js';
import { Instances } from '../directory/instances.js';
import { codeVerifier, type FlowSecrets } from '../flows/consent-flow.js';
import { InstancesOptions } from '../instances-options.js';
import type { OwnerSignInCourse, SignedInMailbox } from './owner-sign-in-ending.js';
import type { ReturnedSignIn } from './owner-sign-in-states.js';

/** Finds out who has signed in. What tokens come along are read for that, and dropped. */
@Injectable()
export class OwnerIdentification {
  private readonly logger = new Logger(OwnerIdentification.name);

  constructor(
    private readonly oauthClients: OAuthClients,
    private readonly exchange: TokenExchange,
    private readonly consenting: ConsentingAccount,
    private readonly instances: Instances,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  async of(signIn: ReturnedSignIn, code: string, secrets: FlowSecrets): Promise<OwnerSignInCourse> {
    const { provider, oauthClientId, instanceId } = signIn;
    const { credentials: client } = await this.oauthClients.resolve(oauthClientId);
    if (!client) return { reached: 'client' };
    const request = { provider, code, codeVerifier: codeVerifier(secrets), client };
    const exchanged = await this.exchange.exchangeCode({ ...request, redirectUri: this.options.redirectUri });
    if (exchanged.status !== 'exchanged') {
      const { errorCode, reason } = exchanged;
      this.logger.warn({ msg: 'Sign-in code not redeemed', instanceId, errorCode, reason });
      return { reached: 'exchange', failure: exchanged };
    }
    const found = await this.consenting.of(exchanged.tokens, { provider, clientId: client.clientId });
    if (found.status === 'unavailable') return { reached: 'account', failure: found };
    return { reached: 'mailbox', account: found.account, mailbox: await this.mailboxOf(signIn) };
  }

  private async mailboxOf({
    tenantId,
    instanceId,
    provider,
  }: ReturnedSignIn): Promise<SignedInMailbox | null> {
    if (tenantId === null || instanceId === null) return null;
    const instance = await this.instances.findById(tenantId, instanceId);
    // Subjects of another provider's accounts are not comparable.
    return instance?.provider === provider ? instance : null;
  }
}
