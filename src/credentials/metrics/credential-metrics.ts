import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import type { ExchangePath } from '../../oauth/index.js';

/** How a refresh ended, in the words of the history. */
export type RefreshEnding = 'refreshed' | 'rejected' | 'unavailable' | 'unknown';

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
]);

/** What becomes of credentials: refreshes, re-authentications, and what memory serves. */
@Injectable()
export class CredentialMetrics {
  private readonly refreshes: Counter<'path' | 'outcome'>;
  private readonly durations: Histogram<'path'>;
  private readonly reauthentications: Counter<'reason'>;
  private readonly cacheAnswers: Counter<'result'>;

  constructor(registry: MetricsRegistry) {
    const registers = [registry];
    this.refreshes = new Counter({
      name: 'evergrant_refreshes_total',
      help: 'Refreshes by the path their answer came, and by outcome',
      labelNames: ['path', 'outcome'],
      registers,
    });
    this.durations = new Histogram({
      name: 'evergrant_refresh_duration_seconds',
      help: 'Duration of refreshes, whatever their outcome',
      labelNames: ['path'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
      registers,
    });
    this.reauthentications = new Counter({
      name: 'evergrant_reauthentications_total',
      help: 'Verdicts that make a person sign in again, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.cacheAnswers = new Counter({
      name: 'evergrant_token_cache_total',
      help: 'Requests for access tokens by whether memory could serve them',
      labelNames: ['result'],
      registers,
    });
  }

  refreshed(path: ExchangePath, outcome: RefreshEnding, seconds: number): void {
    this.refreshes.inc({ path, outcome });
    this.durations.observe({ path }, seconds);
  }

  /** @param reason the provider's stable code, such as `invalid_grant` or `invalid_rapt` */
  reauthenticationAsked(reason: string): void {
    this.reauthentications.inc({ reason: reauthenticationReasons.has(reason) ? reason : 'other' });
  }

  cacheAnswered(result: 'hit' | 'miss'): void {
    this.cacheAnswers.inc({ result });
  }
}
