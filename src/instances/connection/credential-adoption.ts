import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OAuthClients, refreshFailure } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import { coversScope, GmailClient, isGmailScope } from '../../gmail/index.js';
import { ProviderRegistry, TokenExchange, type ClientCredentials } from '../../oauth/index.js';
import type { Instance } from '../directory/instance.js';
import { accountDecision, heldGrant, type KnownAccount } from './account-decision.js';
import { InstanceConnector } from './instance-connector.js';

/** Takes over a refresh token that was obtained elsewhere. */
@Injectable()
export class CredentialAdoption {
  constructor(
    private readonly oauthClients: OAuthClients,
    private readonly exchange: TokenExchange,
    private readonly providers: ProviderRegistry,
    private readonly gmail: GmailClient,
    private readonly connector: InstanceConnector,
  ) {}

  /**
   * Proves the token by refreshing it once under the client it belongs to (the given one, else the instance's),
   * and stores what that brings.
   * @throws EvergrantError with the provider's verdict, `INSUFFICIENT_SCOPE` or `ACCOUNT_MISMATCH`; then nothing
   * is stored
   */
  async adopt(instance: Instance, refreshToken: string, brought: ClientCredentials | null): Promise<void> {
    const { provider } = instance;
    const client = brought ?? (await this.heldClient(instance));
    const singleUse = this.providers.get(provider).refreshTokenReplay === 'single-use';
    const request = { provider, attemptId: randomUUID(), refreshToken, client, singleUse };
    const outcome = await this.exchange.refresh(request);
    const ownedByDeployment = brought === null && instance.oauthClientId === null;
    if (outcome.status !== 'refreshed') throw refreshFailure(outcome, ownedByDeployment);
    const { tokens } = outcome;
    const grantedScopes = tokens.scopes ?? instance.scopes;
    const needed = instance.scopes.filter(isGmailScope);
    if (!needed.every((scope) => coversScope(grantedScopes, scope)))
      throw new EvergrantError('INSUFFICIENT_SCOPE');

    const account = await this.account(instance, tokens.accessToken, grantedScopes);
    const oauthClientId = brought
      ? await this.oauthClients.adopt(instance.tenantId, provider, brought)
      : await this.heldClientId(instance);
    const connected = await this.connector.connect(instance, {
      event: 'adoption',
      oauthClientId,
      provider,
      ...account,
      grantedScopes,
      tokens: { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken },
    });
    if (connected === 'instance_deleted') throw new EvergrantError('NOT_FOUND');
    if (connected === 'account_unproven')
      throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'account_unproven' });
    if (connected !== 'connected') throw new EvergrantError('ACCOUNT_MISMATCH');
  }

  private heldClientId({ oauthClientId, provider }: Instance): Promise<string> | string {
    return oauthClientId ?? this.oauthClients.deploymentClient(provider);
  }

  private async heldClient(instance: Instance): Promise<ClientCredentials> {
    const { credentials, ownedByDeployment } = await this.oauthClients.resolve(
      await this.heldClientId(instance),
    );
    if (credentials) return credentials;
    throw new EvergrantError(ownedByDeployment ? 'DEPLOYMENT_CLIENT_REJECTED' : 'INVALID_CLIENT');
  }

  /** Without an identity scope userinfo tells nothing: then the mailbox itself names its address. */
  private async account(
    instance: Instance,
    accessToken: string,
    grantedScopes: readonly string[],
  ): Promise<KnownAccount> {
    if (!['openid', 'email'].some((scope) => coversScope(grantedScopes, scope))) {
      const lane = { owner: instance.tenantId, lane: instance.id };
      const { mailbox } = this.gmail.open({ accessToken: async () => accessToken }, undefined, { lane });
      const { emailAddress } = await mailbox.getProfile();
      return { subject: null, email: emailAddress };
    }
    const found = await this.providers.get(instance.provider).account(accessToken);
    if (found.status === 'known') return found.account;
    // The token was presented and may be spent: it is kept, though of an unknown account, unless that matters.
    const unknown = { subject: null, email: null };
    if (accountDecision(heldGrant(instance), unknown) === 'accept') return unknown;
    throw new EvergrantError(found.errorCode, { reason: found.reason });
  }
}
