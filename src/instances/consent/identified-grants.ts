import { Inject, Injectable, Logger } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import {
  TokenExchange,
  type ClientCredentials,
  type ProviderAccount,
  type ProviderName,
  type Rejected,
  type TokenSet,
  type Unavailable,
} from '../../oauth/index.js';
import { InstancesOptions } from '../instances-options.js';
import { codeVerifier, type FlowSecrets } from '../flows/consent-flow.js';
import { ConsentingAccount } from './consenting-account.js';

/** How far a code came on the way to tokens and to whose they are. */
export type Identified =
  /** The deployment no longer has the OAuth client that was asked under. */
  | { reached: 'client' }
  | { reached: 'exchange'; failure: Rejected | Unavailable }
  /** The provider did not tell whose account it is. */
  | { reached: 'account'; failure: Unavailable }
  | { reached: 'identity'; account: ProviderAccount; client: ClientCredentials; tokens: TokenSet };

/** Redeems the code of a sign-in, and finds out who has signed in. */
@Injectable()
export class IdentifiedGrants {
  private readonly logger = new Logger(IdentifiedGrants.name);

  constructor(
    private readonly oauthClients: OAuthClients,
    private readonly exchange: TokenExchange,
    private readonly consenting: ConsentingAccount,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  async of(
    asked: { provider: ProviderName; oauthClientId: string; instanceId: string | null },
    code: string,
    secrets: FlowSecrets,
  ): Promise<Identified> {
    const { provider, oauthClientId, instanceId } = asked;
    const { credentials: client } = await this.oauthClients.resolve(oauthClientId);
    if (!client) return { reached: 'client' };
    const request = { provider, code, codeVerifier: codeVerifier(secrets), client };
    const exchanged = await this.exchange.exchangeCode({ ...request, redirectUri: this.options.redirectUri });
    if (exchanged.status !== 'exchanged') {
      const { errorCode, reason } = exchanged;
      this.logger.warn({ msg: 'Sign-in code not redeemed', instanceId, errorCode, reason });
      return { reached: 'exchange', failure: exchanged };
    }
    const { tokens } = exchanged;
    const found = await this.consenting.of(tokens, { provider, clientId: client.clientId });
    if (found.status === 'unavailable') return { reached: 'account', failure: found };
    return { reached: 'identity', account: found.account, client, tokens };
  }
}
