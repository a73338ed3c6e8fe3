import { Injectable, Logger } from '@nestjs/common';
import { RefusedGrants } from '../../credentials/index.js';
import { coversScope } from '../../gmail/index.js';
import type { AccountOutcome, ClientCredentials, TokenSet } from '../../oauth/index.js';
import { InstanceConnector } from '../connection/instance-connector.js';
import { isNamedBy } from '../connection/required-account.js';
import type { Instance } from '../directory/instance.js';
import type { ConsentFlow } from '../flows/consent-flow.js';
import { ConsentStates } from '../flows/consent-states.js';
import type { ConsentCourse } from './consent-ending.js';
import { ConsentingAccount } from './consenting-account.js';
import { isRefusal } from './refusal.js';

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
    private readonly states: ConsentStates,
    private readonly refused: RefusedGrants,
  ) {}

  async admit(given: GivenGrant): Promise<ConsentCourse> {
    const { flow, client, tokens } = given;
    const found = await this.consenting.of(tokens, { provider: flow.provider, clientId: client.clientId });
    const course = await this.taken(given, found);
    if (isRefusal(course)) await this.revoke(given, found);
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

  /**
   * Only a grant that this very consent began: to an account that had consented before, Google hands out no refresh
   * token unless it is forced to, and then the older one may serve elsewhere. While another consent is followed up,
   * nothing is revoked, since that one may be the same account's.
   */
  private async revoke({ flow, client, tokens }: GivenGrant, found: AccountOutcome): Promise<void> {
    const { refreshToken } = tokens;
    if (refreshToken === null || flow.consentForced || found.status !== 'known') return;
    if (await this.states.anotherIsFollowedUp(flow)) return;
    const { provider, instanceId } = flow;
    await this.refused.revoke({ provider, client, account: found.account, refreshToken }, { instanceId });
  }
}
