import { Injectable, Logger } from '@nestjs/common';
import {
  ProviderRegistry,
  timeBudget,
  type ClientCredentials,
  type ProviderName,
  type RevocationOutcome,
} from '../../oauth/index.js';
import { Clock, Deadline, retry, type Ending } from '../../resilience/index.js';
import { LiveGrants } from './live-grants.js';

/** A grant that the provider gave, and that is not taken. */
export interface RefusedGrant {
  provider: ProviderName;
  client: ClientCredentials;
  account: { subject: string; email: string };
  refreshToken: string;
}

const { confirmationMs, maxAttempts, shortestAttemptMs } = timeBudget;
const pauses = { firstPauseMs: 150, longestPauseMs: 1_000, shortestAttemptMs };

/** Ends grants at the provider that were refused here, so that no access is left behind that has no use. */
@Injectable()
export class RefusedGrants {
  private readonly logger = new Logger(RefusedGrants.name);

  constructor(
    private readonly liveGrants: LiveGrants,
    private readonly providers: ProviderRegistry,
    private readonly clock: Clock,
  ) {}

  /**
   * Revokes the grant, unless another one would end with it; within 5 seconds, since a person waits. Never rejects:
   * a grant that could not be revoked is left to its owner.
   */
  async revoke(grant: RefusedGrant, about: { instanceId: string | null }): Promise<void> {
    try {
      const outcome = await this.ended(grant);
      this.logger.log({ msg: 'Refused grant', outcome, ...about });
    } catch (cause) {
      this.logger.warn({ msg: 'A refused grant was not revoked', ...about, cause: String(cause) });
    }
  }

  private async ended({
    provider,
    client,
    account,
    refreshToken,
  }: RefusedGrant): Promise<Attempted['status']> {
    const { clientId } = client;
    const deadline = new Deadline(this.clock, confirmationMs);
    const { status } = await retry({ ...pauses, deadline, maxAttempts, retryAfterSeconds }, async () =>
      // Asked before each attempt: another consent of the account may have come in between.
      (await this.liveGrants.wouldEnd({ provider, clientId, ...account }))
        ? keptForOthers
        : this.providers.get(provider).revoke(refreshToken, client),
    );
    return status;
  }
}

const keptForOthers = { status: 'kept_for_other_grants' } as const;

type Attempted = RevocationOutcome | typeof keptForOthers;

function retryAfterSeconds(ending: Ending<Attempted>): number | null {
  if (!('value' in ending) || ending.value.status !== 'unavailable') return null;
  return ending.value.retryAfterSeconds ?? 0;
}
