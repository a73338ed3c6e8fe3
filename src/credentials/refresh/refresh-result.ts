import type { EvergrantError } from '../../errors/index.js';
import type { ExchangePath } from '../../oauth/index.js';
import type { LiveToken } from '../store/live-token.js';

/** What a caller of a refresh gets: a token and where it came from, or the reason why there is none. */
export type RefreshResult =
  | { status: 'refreshed'; token: LiveToken; source: ExchangePath | 'database' }
  | { status: 'failed'; error: EvergrantError };

export function failed(error: EvergrantError): RefreshResult {
  return { status: 'failed', error };
}
