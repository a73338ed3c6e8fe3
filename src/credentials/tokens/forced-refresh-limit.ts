import { Inject, Injectable } from '@nestjs/common';
import { RateLimitWindows } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { CredentialsOptions } from '../credentials-options.js';

/**
 * Bounds how often callers can make us ask the provider. A permit is taken before the refresh begins, so that
 * processes that ask at once cannot exceed the limit together.
 */
@Injectable()
export class ForcedRefreshLimit {
  constructor(
    private readonly windows: RateLimitWindows,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {}

  /** @throws EvergrantError `RATE_LIMITED` */
  async check(credentialId: string): Promise<void> {
    const limit = this.options.forcedRefreshLimitPerMinute;
    if (limit === 0) return;
    const { granted, endsInMs } = await this.windows.take(`forced-refresh:${credentialId}`, limit);
    if (granted > 0) return;
    throw new EvergrantError('RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(endsInMs / 1000)) });
  }
}
