import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OAuthClients } from '../../credentials/index.js';
import { DatabaseClock } from '../../database/index.js';
import { DEFAULT_GMAIL_SCOPES } from '../../gmail/index.js';
import {
  codeChallenge,
  ProviderRegistry,
  type AuthorizationProbe,
  type ClientCredentials,
} from '../../oauth/index.js';
import { InstancesOptions } from '../instances-options.js';
import { ClientMailboxes } from './client-mailboxes.js';
import {
  clientCheck,
  clockCheck,
  gmailApiCheck,
  publicUrlCheck,
  publishingStatusCheck,
  redirectUriCheck,
  scopesCheck,
  type CheckName,
  type Finding,
} from './setup-checks.js';

/** No provider has given this out. */
const madeUpToken = 'evergrant-setup-check';

/** Looks at how things are set up, by calls that grant nothing and change nothing. */
@Injectable()
export class SetupInspection {
  constructor(
    private readonly oauthClients: OAuthClients,
    private readonly providers: ProviderRegistry,
    private readonly mailboxes: ClientMailboxes,
    private readonly clock: DatabaseClock,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  /** The deployment's own client. */
  async deploymentClient(): Promise<ClientCredentials> {
    const id = await this.oauthClients.deploymentClient(this.providers.default.name);
    const { credentials } = await this.oauthClients.resolve(id);
    if (credentials === null) throw new Error('The deployment has no OAuth client');
    return credentials;
  }

  /** A pair that is not configured is kept nowhere. Mailboxes of the given tenant are looked at, and no others. */
  async check(tenantId: string, client: ClientCredentials): Promise<Record<CheckName, Finding>> {
    const { publicUrl, redirectUri } = this.options;
    const [outcome, { authorization, ownTimeMs }, mailbox] = await Promise.all([
      this.presentClient(client),
      this.askAuthorization(client.clientId),
      this.mailboxes.latest(tenantId, client.clientId),
    ]);
    return {
      public_url: publicUrlCheck(publicUrl),
      client: clientCheck(outcome, authorization),
      redirect_uri: redirectUriCheck(authorization, redirectUri),
      clock: clockCheck(authorization, ownTimeMs),
      gmail_api: gmailApiCheck(mailbox),
      scopes: scopesCheck(mailbox),
      publishing_status: publishingStatusCheck(mailbox),
    };
  }

  private presentClient(client: ClientCredentials) {
    const provider = this.providers.default;
    return provider.refresh({
      ...{ provider: provider.name, attemptId: madeUpToken, refreshToken: madeUpToken },
      ...{ client, singleUse: false },
    });
  }

  /** Our time is taken in the middle of the request, as Google's is. */
  private async askAuthorization(
    clientId: string,
  ): Promise<{ authorization: AuthorizationProbe; ownTimeMs: number }> {
    const beforeMs = await this.clock.nowMs();
    const authorization = await this.providers.default.probeAuthorization({
      ...{ clientId, redirectUri: this.options.redirectUri, scopes: DEFAULT_GMAIL_SCOPES },
      state: randomBytes(16).toString('base64url'),
      codeChallenge: await codeChallenge(randomBytes(32).toString('base64url')),
      ...{ loginHint: null, forceConsent: false, chooseAccount: false },
    });
    return { authorization, ownTimeMs: (beforeMs + (await this.clock.nowMs())) / 2 };
  }
}
