import { Injectable } from '@nestjs/common';
import {
  ProviderRegistry,
  timeBudget,
  type AccountOutcome,
  type ProviderName,
  type TokenSet,
} from '../../oauth/index.js';
import { Clock, Deadline, retry, type Ending } from '../../resilience/index.js';

const { providerMs, maxAttempts, shortestAttemptMs } = timeBudget;
const pauses = { firstPauseMs: 150, longestPauseMs: 1_000, shortestAttemptMs };

/** Finds out who has consented. */
@Injectable()
export class ConsentingAccount {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly clock: Clock,
  ) {}

  /** As the id_token says, which came with the tokens; else userinfo is asked, up to three times within 8 seconds. */
  async of(
    { accessToken, idToken }: TokenSet,
    client: { provider: ProviderName; clientId: string },
  ): Promise<AccountOutcome> {
    const provider = this.providers.get(client.provider);
    const told = idToken === undefined ? null : provider.accountOfIdToken(idToken, client.clientId);
    if (told !== null) return { status: 'known', account: told };
    const deadline = new Deadline(this.clock, providerMs);
    return retry({ ...pauses, deadline, maxAttempts, retryAfterSeconds }, () =>
      provider.account(accessToken),
    );
  }
}

function retryAfterSeconds(ending: Ending<AccountOutcome>): number | null {
  if (!('value' in ending) || ending.value.status === 'known') return null;
  return ending.value.retryAfterSeconds ?? 0;
}
