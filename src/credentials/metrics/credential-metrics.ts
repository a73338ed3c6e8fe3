import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { labelCombinations, MetricsRegistry } from '../../metrics/index.js';
import type { ExchangePath } from '../../oauth/index.js';
import { RefreshRecords, type RecordedOutcome } from '../commits/refresh-records.js';
import { TokenCache } from '../tokens/token-cache.js';
import { Verdicts } from '../verdicts/verdicts.js';

/** The verdicts that call for a person; any other reason is counted as `other`. */
const reauthenticationReasons: ReadonlySet<string> = new Set([
  'invalid_grant',
  'invalid_rapt',
  'rapt_required',
  'invalid_client',
  'deleted_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'tokens_revoked',
  'token_revoked',
  'account_disabled',
  'account_purged',
]);
const paths = ['oauth-service', 'direct'] as const satisfies ExchangePath[];
const outcomes = [
  'refreshed',
  'rejected',
  'unavailable',
  'unknown',
] as const satisfies RecordedOutcome['outcome'][];

/** Counts what becomes of credentials: refreshes once they are stored, re-authentications, and what memory serves. */
@Injectable()
export class CredentialMetrics {
  constructor(registry: MetricsRegistry, records: RefreshRecords, verdicts: Verdicts, cache: TokenCache) {
    const registers = [registry];
    const refreshes = new Counter({
      name: 'evergrant_refreshes_total',
      help: 'Refreshes by the path their answer came, and by outcome',
      labelNames: ['path', 'outcome'],
      registers,
    });
    const durations = new Histogram({
      name: 'evergrant_refresh_duration_seconds',
      help: 'Duration of refreshes, whatever their outcome',
      labelNames: ['path'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
      registers,
    });
    const reauthentications = new Counter({
      name: 'evergrant_reauthentications_total',
      help: 'Verdicts that make a person sign in again, by reason',
      labelNames: ['reason'],
      registers,
    });
    const cacheAnswers = new Counter({
      name: 'evergrant_token_cache_total',
      help: 'Requests for access tokens by whether memory could serve them',
      labelNames: ['result'],
      registers,
    });
    for (const series of labelCombinations({ path: paths, outcome: outcomes })) refreshes.inc(series, 0);
    for (const path of paths) durations.zero({ path });
    for (const reason of [...reauthenticationReasons, 'other']) reauthentications.inc({ reason }, 0);
    for (const result of ['hit', 'miss']) cacheAnswers.inc({ result }, 0);
    records.recorded.subscribe(({ path, outcome, durationMs }) => {
      refreshes.inc({ path, outcome });
      durations.observe({ path }, durationMs / 1000);
    });
    verdicts.reauthentications.subscribe((reason) =>
      reauthentications.inc({ reason: reauthenticationReasons.has(reason) ? reason : 'other' }),
    );
    cache.answers.subscribe((result) => cacheAnswers.inc({ result }));
  }
}
