import { Inject, Injectable } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { codeChallenge, ProviderRegistry } from '../../oauth/index.js';
import { Instances } from '../directory/instances.js';
import { InstancesOptions } from '../instances-options.js';
import { codeVerifier, OAuthFlows, type ConsentFlow, type FlowSecrets } from './oauth-flows.js';

/** Sends a browser to the provider's consent page. */
@Injectable()
export class AuthorizationRedirect {
  constructor(
    private readonly flows: OAuthFlows,
    private readonly instances: Instances,
    private readonly oauthClients: OAuthClients,
    private readonly providers: ProviderRegistry,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** @returns the provider's authorization URL, or null when the OAuth client is not configured any more */
  async url(flow: ConsentFlow, secrets: FlowSecrets): Promise<string | null> {
    const instance = await this.instances.get(flow.tenantId, flow.instanceId);
    const oauthClientId =
      instance.oauthClientId ?? (await this.oauthClients.deploymentClient(instance.provider));
    const client = await this.oauthClients.resolve(oauthClientId);
    if (!client.credentials) return null;
    await this.flows.bindClient(flow.id, oauthClientId);
    return this.providers.get(instance.provider).authorizationUrl({
      clientId: client.credentials.clientId,
      redirectUri: this.options.redirectUri,
      scopes: instance.scopes,
      state: secrets.state,
      codeChallenge: await codeChallenge(codeVerifier(secrets)),
      loginHint: instance.email ?? instance.loginHint,
      forceConsent: flow.consentForced,
    });
  }
}
