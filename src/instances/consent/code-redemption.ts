import { Injectable, Logger } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { coversScope } from '../../gmail/index.js';
import { ProviderRegistry, TokenExchange, type Rejected, type Unavailable } from '../../oauth/index.js';
import { InstanceConnector } from '../connection/instance-connector.js';
import { Instances } from '../directory/instances.js';
import type { ConsentFlow } from './oauth-flows.js';
import type { ConsentResult } from './return-to.js';

/** Turns an authorization code into a connected mailbox, or says why not; then nothing is stored. */
@Injectable()
export class CodeRedemption {
  private readonly logger = new Logger(CodeRedemption.name);

  constructor(
    private readonly instances: Instances,
    private readonly oauthClients: OAuthClients,
    private readonly exchange: TokenExchange,
    private readonly providers: ProviderRegistry,
    private readonly connector: InstanceConnector,
  ) {}

  async redeem(
    flow: ConsentFlow,
    response: { code: string; codeVerifier: string; redirectUri: string },
  ): Promise<ConsentResult | 'refresh_token_missing'> {
    const { oauthClientId, provider } = flow;
    const instance = await this.instances.findById(flow.tenantId, flow.instanceId);
    const client =
      oauthClientId === null ? null : (await this.oauthClients.resolve(oauthClientId)).credentials;
    if (!instance || !client || oauthClientId === null) return { error: 'provider_unavailable' };

    const exchanged = await this.exchange.exchangeCode({ provider, ...response, client });
    if (exchanged.status !== 'exchanged') return this.failed(flow, exchanged);
    const { tokens } = exchanged;
    const grantedScopes = tokens.scopes ?? instance.scopes;
    if (!instance.scopes.every((scope) => coversScope(grantedScopes, scope)))
      return { error: 'scope_missing' };

    const found = await this.providers.get(provider).account(tokens.accessToken);
    if (found.status === 'unavailable') return this.failed(flow, found);
    const outcome = await this.connector.connect(instance, {
      event: 'consent',
      oauthClientId,
      provider,
      ...found.account,
      grantedScopes,
      tokens,
    });
    if (outcome === 'connected') return { connected: instance.id };
    if (outcome === 'instance_deleted') return { error: 'state_expired' };
    return outcome === 'account_mismatch' ? { error: outcome } : outcome;
  }

  private failed(flow: ConsentFlow, { status, errorCode, reason }: Rejected | Unavailable): ConsentResult {
    const { instanceId } = flow;
    this.logger.warn({ msg: 'Authorization code not redeemed', instanceId, status, errorCode, reason });
    // Of a code, invalid_grant only says that it is too old or was used: the person may simply try again.
    return { error: reason === 'invalid_grant' ? 'state_expired' : 'provider_unavailable' };
  }
}
