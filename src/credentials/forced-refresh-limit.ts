import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { EvergrantError } from '../errors/index.js';
import { CredentialsOptions } from './credentials-options.js';

const windowSeconds = 60;

/** Bounds how often callers can make us ask the provider; counted in the history, so over all processes. */
@Injectable()
export class ForcedRefreshLimit {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {}

  /** @throws EvergrantError `RATE_LIMITED` */
  async check(credentialId: string): Promise<void> {
    const limit = this.options.forcedRefreshLimitPerMinute;
    if (limit === 0) return;
    const [row] = await rows<{ recent: number; oldestSecondsAgo: number | null }>(
      this.dataSource,
      `SELECT count(*)::int AS recent, extract(epoch FROM evergrant_now() - min(at))::float8 AS "oldestSecondsAgo"
       FROM (SELECT at FROM credential_events
             WHERE credential_id = $1 AND trigger = 'forced' AND at > evergrant_now() - make_interval(secs => $2)
             ORDER BY id DESC LIMIT $3) AS recent_events`,
      [credentialId, windowSeconds, limit],
    );
    if (!row || row.recent < limit) return;
    const retryAfterSeconds = Math.max(1, Math.ceil(windowSeconds - (row.oldestSecondsAgo ?? 0)));
    throw new EvergrantError('RATE_LIMITED', { retryAfterSeconds });
  }
}
