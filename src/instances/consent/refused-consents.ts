import { Injectable } from '@nestjs/common';
import { RefusedGrants } from '../../credentials/index.js';
import type { ClientCredentials, ProviderName, TokenSet } from '../../oauth/index.js';
import { ConsentStates } from '../flows/consent-states.js';

/** A consent whose tokens have no use here. */
export interface RefusedConsent {
  provider: ProviderName;
  client: ClientCredentials;
  account: { subject: string; email: string };
  tokens: TokenSet;
  consentForced: boolean;
  /** The one it was for; null where it was for none yet. */
  instanceId: string | null;
}

/** Ends at the provider what a consent gave and is not taken. */
@Injectable()
export class RefusedConsents {
  constructor(
    private readonly states: ConsentStates,
    private readonly refused: RefusedGrants,
  ) {}

  /**
   * Only a grant that this very consent began: to an account that had consented before, Google hands out no refresh
   * token unless it is forced to, and then the older one may serve elsewhere. While another consent is followed up,
   * nothing is revoked, since that one may be the same account's.
   * @param flowId of the row of the consent itself
   */
  async end({ tokens, consentForced, instanceId, ...grant }: RefusedConsent, flowId: string): Promise<void> {
    const { refreshToken } = tokens;
    if (refreshToken === null || consentForced) return;
    if (await this.states.anotherIsFollowedUp(flowId)) return;
    await this.refused.revoke({ ...grant, refreshToken }, { instanceId });
  }
}
