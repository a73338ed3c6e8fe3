import { Inject, Injectable } from '@nestjs/common';
import { DatabaseClock } from '../../database/index.js';
import { SecurityEventsOptions } from '../security-events-options.js';
import { GoogleSigningKeys } from './google-signing-keys.js';
import {
  readSecurityEventToken,
  requireAudience,
  requireIssuer,
  requireTime,
  type SecurityEventClaims,
} from './security-event-token.js';

/** A token that Google issued for one of our OAuth clients. */
export interface VerifiedSecurityEventToken {
  claims: SecurityEventClaims;
  /** Those of our OAuth clients that are in its audience. */
  clientIds: string[];
}

/** Checks security event tokens, the cheap way first. */
@Injectable()
export class SecurityEventTokens {
  constructor(
    private readonly keys: GoogleSigningKeys,
    private readonly clock: DatabaseClock,
    @Inject(SecurityEventsOptions) private readonly options: SecurityEventsOptions,
  ) {}

  /**
   * @throws SecurityEventRefused
   * @throws EvergrantError `SERVICE_UNAVAILABLE` when Google's keys cannot be had
   */
  async verify(token: string): Promise<VerifiedSecurityEventToken> {
    const claims = readSecurityEventToken(token);
    const clientIds = requireAudience(claims, this.options.clientIds);
    requireIssuer(claims, await this.keys.verify(token));
    requireTime(claims, await this.clock.nowMs());
    return { claims, clientIds };
  }
}
