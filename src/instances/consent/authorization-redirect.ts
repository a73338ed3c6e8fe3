import { Inject, Injectable } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { codeChallenge, ProviderRegistry } from '../../oauth/index.js';
import { Instances } from '../directory/instances.js';
import { InstancesOptions } from '../instances-options.js';
import { codeVerifier } from '../flows/consent-flow.js';
import type { ConsentErrorCode } from '../flows/consent-outcome.js';
import { OAuthFlows, type BegunFlow } from '../flows/oauth-flows.js';

const errorsAfterTokens: ReadonlySet<ConsentErrorCode> = new Set(['scope_missing', 'provider_unavailable']);

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
  async url({ flow, secrets }: BegunFlow): Promise<string | null> {
    const instance = await this.instances.get(flow.tenantId, flow.instanceId);
    const oauthClientId =
      instance.oauthClientId ?? (await this.oauthClients.deploymentClient(instance.provider));
    const client = await this.oauthClients.resolve(oauthClientId);
    if (!client.credentials) return null;
    await this.flows.bindClient(flow.id, oauthClientId);
    const loginHint = instance.email ?? flow.requiredAccount ?? instance.loginHint;
    return this.providers.get(instance.provider).authorizationUrl({
      clientId: client.credentials.clientId,
      redirectUri: this.options.redirectUri,
      scopes: instance.scopes,
      state: secrets.state,
      codeChallenge: await codeChallenge(codeVerifier(secrets)),
      loginHint,
      forceConsent: flow.consentForced || mayHaveLostTokens(flow),
      // In the automatic hop, which forces consent, it has just been chosen.
      chooseAccount: choseAnother(flow) || (loginHint === null && !flow.consentForced),
    });
  }
}

/** Google gave its refresh token to an attempt that stored none, and gives another one only if asked explicitly. */
function mayHaveLostTokens({ outcome }: BegunFlow['flow']): boolean {
  return outcome !== null && 'error' in outcome && errorsAfterTokens.has(outcome.error);
}

/** The account that is signed in is not the one that is asked for, so that it must not be taken unasked again. */
function choseAnother({ outcome }: BegunFlow['flow']): boolean {
  return outcome !== null && 'error' in outcome && outcome.error === 'account_mismatch';
}
