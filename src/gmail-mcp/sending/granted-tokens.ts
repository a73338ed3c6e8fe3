import type { AccessTokenGrant, TokenBroker } from '../../credentials/index.js';
import type { AccessTokenSource } from '../../gmail/index.js';
import { scopeDecision } from '../../instances/index.js';
import { refuseUnlessAllowed } from '../scope-refusal.js';

/**
 * The request's access token, replaced by the broker when Gmail rejects it. The token may open more than the instance
 * asks for, so each request to Gmail is held to both: whatever a tool does on its way, it stays within.
 */
export class GrantedTokens implements AccessTokenSource {
  constructor(
    private readonly broker: TokenBroker,
    private readonly credentialId: string,
    private readonly askedScopes: readonly string[],
    private grant: AccessTokenGrant,
  ) {}

  /**
   * Takes no abort signal, so that a client which hangs up never cuts a refresh short.
   * @throws EvergrantError `INSUFFICIENT_SCOPE` for what the instance does not ask for or was not granted
   */
  async accessToken({
    scopes,
    rejectedToken,
  }: {
    scopes: readonly string[];
    rejectedToken?: string;
  }): Promise<string> {
    this.admit(scopes);
    if (rejectedToken === this.grant.accessToken) {
      this.grant = await this.broker.accessToken(this.credentialId, { rejectedToken });
      this.admit(scopes);
    }
    return this.grant.accessToken;
  }

  /** @throws EvergrantError `INSUFFICIENT_SCOPE` unless one of the scopes is asked for and one was granted */
  admit(scopes: readonly string[]): void {
    const held = { asked: this.askedScopes, granted: this.grant.scopes };
    refuseUnlessAllowed(scopeDecision(held, scopes), scopes);
  }
}
