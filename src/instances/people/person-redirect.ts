import { Inject, Injectable } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { Person } from '../../identity/index.js';
import { codeChallenge, ProviderRegistry, type ProviderName } from '../../oauth/index.js';
import type { Instance } from '../directory/instance.js';
import { codeVerifier, type FlowSecrets } from '../flows/consent-flow.js';
import { InstancesOptions } from '../instances-options.js';
import { ownPath } from '../owners/own-path.js';
import { googleScopesOf, type PersonScope } from '../scopes/person-scopes.js';
import { PersonSignInStates, type PersonFlow } from './person-sign-in-states.js';

/** Who it is (OpenID Connect Core section 5.4). */
const identityScopes = ['openid', 'email'];

const noPerson = { tenantId: null, personId: null };

/** What a person goes to the provider for. */
export interface PersonSignInWish {
  /** Of ours; none to sign in only, which connects nothing. */
  scopes: readonly PersonScope[];
  /** Of a page of ours, which the browser comes back to with `outcome` in the query. */
  returnPath: string;
  /** The person signed in in this browser, who connects a mailbox; null to sign in. */
  person: Person | null;
  /** That person's mailbox, to be connected again or wider; null for whichever is chosen at the provider. */
  mailbox: Instance | null;
}

/** A person who is about to leave for the provider. */
export interface BegunPersonSignIn {
  location: string;
  /** Names its cookie. */
  handle: string;
  browserSecret: string;
}

/** Sends people to the provider: one consent says who they are and connects a mailbox. */
@Injectable()
export class PersonRedirect {
  constructor(
    private readonly states: PersonSignInStates,
    private readonly oauthClients: OAuthClients,
    private readonly providers: ProviderRegistry,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** @throws EvergrantError `DEPLOYMENT_CLIENT_REJECTED` when the OAuth client is not configured any more */
  async begin({ scopes, returnPath, person, mailbox }: PersonSignInWish): Promise<BegunPersonSignIn> {
    const flow = {
      ...(person === null ? noPerson : { tenantId: person.tenantId, personId: person.id }),
      ...(await this.askedUnder(mailbox)),
      ...{ scopes: [...scopes], returnPath: ownPath(returnPath) },
    };
    const { handle, ...secrets } = await this.states.begin(flow);
    const location = await this.url(flow, secrets, mailbox && (mailbox.email ?? mailbox.loginHint));
    if (location === null) throw new EvergrantError('DEPLOYMENT_CLIENT_REJECTED');
    return { location, handle, browserSecret: secrets.browserSecret };
  }

  private async askedUnder(
    mailbox: Instance | null,
  ): Promise<Pick<PersonFlow, 'provider' | 'oauthClientId' | 'instanceId' | 'consentForced'>> {
    const provider: ProviderName = mailbox === null ? this.providers.default.name : mailbox.provider;
    return {
      ...{ provider, instanceId: mailbox === null ? null : mailbox.id },
      oauthClientId: mailbox?.oauthClientId ?? (await this.oauthClients.deploymentClient(provider)),
      // It was connected before, so that Google would hand out no refresh token unless it is told to.
      consentForced: mailbox !== null,
    };
  }

  /** @returns where the browser goes, or null when the OAuth client is not configured any more */
  async url(
    flow: Omit<PersonFlow, 'id' | 'outcome'>,
    secrets: FlowSecrets,
    loginHint: string | null,
  ): Promise<string | null> {
    const { credentials: client } = await this.oauthClients.resolve(flow.oauthClientId);
    if (!client) return null;
    const isSignIn = flow.scopes.length === 0;
    return this.providers.get(flow.provider).authorizationUrl({
      clientId: client.clientId,
      redirectUri: this.options.redirectUri,
      scopes: askedScopes(flow.scopes),
      state: secrets.state,
      codeChallenge: await codeChallenge(codeVerifier(secrets)),
      loginHint,
      forceConsent: flow.consentForced,
      // In the automatic hop, which forces consent, it has just been chosen.
      chooseAccount: loginHint === null && !flow.consentForced,
      ...(isSignIn && { isSignIn }),
    });
  }
}

/** What Google is asked for. */
export function askedScopes(scopes: readonly PersonScope[]): string[] {
  return [...identityScopes, ...googleScopesOf(scopes)];
}
