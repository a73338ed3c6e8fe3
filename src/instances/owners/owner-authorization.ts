import { Inject, Injectable } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { OwnedMailbox } from '../../identity/index.js';
import { codeChallenge, ProviderRegistry } from '../../oauth/index.js';
import { Instances } from '../directory/instances.js';
import { codeVerifier } from '../flows/consent-flow.js';
import { InstancesOptions } from '../instances-options.js';
import { ownPath } from './own-path.js';
import { OwnerSignInStates } from './owner-sign-in-states.js';

/** Who it is, and nothing of a mailbox (OpenID Connect Core section 5.4). */
const identityScopes = ['openid', 'email'];

/** A sign-in that is about to leave for the provider. */
export interface BegunSignIn {
  location: string;
  /** Names its cookie. */
  handle: string;
  browserSecret: string;
}

/**
 * Asks the provider who a person is (OpenID Connect Core section 3.1.2.1). No refresh token is asked for and no consent
 * forced, so that no grant is touched.
 */
@Injectable()
export class OwnerAuthorization {
  constructor(
    private readonly states: OwnerSignInStates,
    private readonly instances: Instances,
    private readonly oauthClients: OAuthClients,
    private readonly providers: ProviderRegistry,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /**
   * The account is not hinted at: before a person has signed in, a link tells nothing of the mailbox it is about.
   * @throws EvergrantError `DEPLOYMENT_CLIENT_REJECTED` when the OAuth client is not configured any more
   */
  async begin(mailbox: OwnedMailbox | null, returnPath: string): Promise<BegunSignIn> {
    const instance =
      mailbox === null ? null : await this.instances.findById(mailbox.tenantId, mailbox.instanceId);
    const provider = instance === null ? this.providers.default : this.providers.get(instance.provider);
    const oauthClientId =
      instance?.oauthClientId ?? (await this.oauthClients.deploymentClient(provider.name));
    const { credentials: client } = await this.oauthClients.resolve(oauthClientId);
    if (!client) throw new EvergrantError('DEPLOYMENT_CLIENT_REJECTED');
    const asked = { oauthClientId, provider: provider.name, returnPath: ownPath(returnPath) };
    const { handle, ...secrets } = await this.states.begin(instance && mailbox, asked);
    const location = provider.authorizationUrl({
      clientId: client.clientId,
      redirectUri: this.options.redirectUri,
      scopes: identityScopes,
      state: secrets.state,
      codeChallenge: await codeChallenge(codeVerifier(secrets)),
      loginHint: null,
      forceConsent: false,
      chooseAccount: true,
      isSignIn: true,
    });
    return { location, handle, browserSecret: secrets.browserSecret };
  }
}
