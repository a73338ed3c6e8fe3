import { Injectable, Logger } from '@nestjs/common';
import { coversScope } from '../../gmail/index.js';
import type { AccountOutcome, ClientCredentials, TokenSet } from '../../oauth/index.js';
import { InstanceConnector } from '../connection/instance-connector.js';
import { isNamedBy } from '../connection/required-account.js';
import type { Instance } from '../directory/instance.js';
import type { ConsentFlow } from '../flows/consent-flow.js';
import type { ConsentCourse } from './consent-ending.js';
import { ConsentingAccount } from './consenting-account.js';
import { isRefusal } from './refusal.js';
import { RefusedConsents } from './refused-consents.js';

/** What a provider gave for a consent. */
export interface GivenGrant {
  flow: ConsentFlow;
  instance: Instance;
  client: ClientCredentials;
  /** The row of that client. */
  oauthClientId: string;
  tokens: TokenSet;
}

/** Takes what the provider gave, or refuses it; what is refused is ended at the provider, so far as nothing else ends. */
@Injectable()
export class GrantAdmission {
  private readonly logger = new Logger(GrantAdmission.name);

  constructor(
    private readonly consenting: ConsentingAccount,
    private readonly connector: InstanceConnector,
    private readonly refused: RefusedConsents,
  ) {}

  async admit(given: GivenGrant): Promise<ConsentCourse> {
    const { flow, client, tokens } = given;
    const found = await this.consenting.of(tokens, { provider: flow.provider, clientId: client.clientId });
    const course = await this.taken(given, found);
    if (isRefusal(course) && found.status === 'known') await this.revoke(given, found);
    return course;
  }

  private async taken(
    { flow, instance, oauthClientId, tokens }: GivenGrant,
    found: AccountOutcome,
  ): Promise<ConsentCourse> {
    const { instanceId, provider, consentForced, requiredAccount } = flow;
    const grantedScopes = tokens.scopes ?? instance.scopes;
    const missing = instance.scopes.filter((scope) => !coversScope(grantedScopes, scope));
    if (missing.length > 0) return { reached: 'scopes', missing };
    if (found.status === 'unavailable') {
      const { errorCode, reason } = found;
      this.logger.warn({ msg: 'The consenting account is not known', instanceId, errorCode, reason });
      return { reached: 'account', failure: found };
    }
    const { account } = found;
    const connection = { reached: 'connection', instanceId, email: account.email, consentForced } as const;
    if (requiredAccount !== null && !isNamedBy(requiredAccount, account))
      return { ...connection, outcome: 'account_mismatch' };
    const grant = { event: 'consent', oauthClientId, provider, ...account, grantedScopes, tokens } as const;
    return { ...connection, outcome: await this.connector.connect(instance, grant) };
  }

  private async revoke(
    { flow, client, tokens }: GivenGrant,
    found: Extract<AccountOutcome, { status: 'known' }>,
  ): Promise<void> {
    const { id, provider, instanceId, consentForced } = flow;
    const { account } = found;
    await this.refused.end({ provider, client, account, tokens, consentForced, instanceId }, id);
  }
}
