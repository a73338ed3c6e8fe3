import type { AccessTokenGrant, TokenBroker } from '../../credentials/index.js';
import type { AccessTokenSource } from '../../gmail/index.js';

/** The request's access token, replaced by the broker when Gmail rejects it. */
export class GrantedTokens implements AccessTokenSource {
  constructor(
    private readonly broker: TokenBroker,
    private readonly credentialId: string,
    private grant: AccessTokenGrant,
  ) {}

  /** Takes no abort signal, so that a client which hangs up never cuts a refresh short. */
  async accessToken({ rejectedToken }: { rejectedToken?: string } = {}): Promise<string> {
    if (rejectedToken === this.grant.accessToken) {
      this.grant = await this.broker.accessToken(this.credentialId, { rejectedToken });
    }
    return this.grant.accessToken;
  }
}
