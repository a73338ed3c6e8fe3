import { EvergrantError } from '../../errors/index.js';
import type { ExchangePath } from '../../oauth/index.js';
import { deadGrant, recordedFailure } from '../refresh/refresh-failure.js';
import type { RefreshResult } from '../refresh/refresh-result.js';
import { callerPauseSeconds, mayRefreshInBackground } from '../schedule/refresh-schedule.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { isFresh, outlives, type LiveToken } from '../store/live-token.js';
import { confirmationSpacingSeconds } from '../verdicts/next-verdict.js';

/** What a caller asks for. */
export interface TokenNeed {
  /** The life the token must have left, in seconds. */
  minTtlSeconds: number;
  /** A token with less life than this is refreshed, in seconds. */
  expiryBufferSeconds: number;
  /** A token that the resource server answered 401 to; it is never served again. */
  rejectedToken?: string | undefined;
}

/** A credential as it was just read, and its access token if that has life left. */
export interface ReadCredential {
  snapshot: DecisiveSnapshot;
  token: LiveToken | null;
}

/** As much of a credential as decides. */
type DecisiveSnapshot = Pick<
  CredentialSnapshot,
  | 'verdict'
  | 'verdictSecondsAgo'
  | 'held'
  | 'errorCode'
  | 'errorReason'
  | 'consecutiveFailures'
  | 'failedSecondsAgo'
>;

/** There is no new token: one with life left is served as stale, or the caller is told why. */
export type Fallback =
  { do: 'serve-stale'; token: LiveToken; error: EvergrantError } | { do: 'decline'; error: EvergrantError };

/** What is done for a caller that memory could not serve. */
export type TokenDecision =
  /** A fresh token goes to memory too. */
  | { do: 'serve'; token: LiveToken; isFresh: boolean }
  | { do: 'serve-and-refresh-behind'; token: LiveToken }
  | { do: 'refresh'; trigger: 'expiry' | 'rejected_token'; fallback: LiveToken | null }
  | Fallback;

/** Whether memory can serve the caller. */
export function servesFromMemory(token: LiveToken, need: TokenNeed, nowMs: number): boolean {
  return token.accessToken !== need.rejectedToken && isFresh(token, nowMs, neededSeconds(need));
}

/**
 * Fresh: served. Inside the buffer but long enough for the caller: served, and refreshed behind its back. Otherwise
 * refreshed, unless it was refused just now; then a token with life left is served as stale.
 */
export function tokenDecision(
  { snapshot, token }: ReadCredential,
  need: TokenNeed,
  nowMs: number,
): TokenDecision {
  if (snapshot.verdict === 'failed') return { do: 'decline', error: deadGrant(snapshot) };
  const accepted = token && token.accessToken !== need.rejectedToken ? token : null;
  if (snapshot.verdict === 'suspect') return ofSuspect(snapshot, accepted, need, nowMs);
  if (accepted && isFresh(accepted, nowMs, neededSeconds(need)))
    return { do: 'serve', token: accepted, isFresh: true };
  if (accepted && outlives(accepted, nowMs, need.minTtlSeconds)) {
    return mayRefreshInBackground(snapshot)
      ? { do: 'serve-and-refresh-behind', token: accepted }
      : { do: 'serve', token: accepted, isFresh: false };
  }
  return refreshUnlessPaused(snapshot, accepted, need, nowMs);
}

/** The provider is asked in any case, if there is something to ask for. */
export function forcedDecision({
  snapshot,
  token,
}: ReadCredential): { do: 'refresh'; trigger: 'forced'; fallback: LiveToken | null } | Fallback {
  if (snapshot.verdict === 'failed') return { do: 'decline', error: deadGrant(snapshot) };
  return { do: 'refresh', trigger: 'forced', fallback: token };
}

/** What the caller gets once the refresh it waited for has ended. */
export function resultDecision(
  result: RefreshResult,
  { fallback, rejectedToken }: { fallback: LiveToken | null; rejectedToken?: string | undefined },
  nowMs: number,
): { do: 'serve'; token: LiveToken; source: ExchangePath | 'database' } | Fallback {
  if (result.status === 'refreshed') {
    const { token, source } = result;
    return token.accessToken === rejectedToken
      ? { do: 'decline', error: unavailable('rejected_token_repeated') }
      : { do: 'serve', token, source };
  }
  // The provider ended the grant, and its access tokens with it.
  if (result.error.code === 'INVALID_REFRESH_TOKEN') return { do: 'decline', error: result.error };
  return staleOr(result.error, fallback, nowMs);
}

/** The access token of a grant that was called dead is served only while a hold doubts that, and then as stale. */
function ofSuspect(
  snapshot: DecisiveSnapshot,
  accepted: LiveToken | null,
  need: TokenNeed,
  nowMs: number,
): TokenDecision {
  const fallback = snapshot.held ? accepted : null;
  return (snapshot.verdictSecondsAgo ?? 0) < confirmationSpacingSeconds
    ? staleOr(deadGrant(snapshot), fallback, nowMs)
    : refreshUnlessPaused(snapshot, fallback, need, nowMs);
}

function refreshUnlessPaused(
  snapshot: DecisiveSnapshot,
  fallback: LiveToken | null,
  { rejectedToken }: TokenNeed,
  nowMs: number,
): TokenDecision {
  const pauseSeconds = callerPauseSeconds(snapshot);
  return pauseSeconds > 0
    ? staleOr(recordedFailure(snapshot, Math.ceil(pauseSeconds)), fallback, nowMs)
    : { do: 'refresh', trigger: rejectedToken === undefined ? 'expiry' : 'rejected_token', fallback };
}

function staleOr(error: EvergrantError, token: LiveToken | null, nowMs: number): Fallback {
  return token && outlives(token, nowMs, 0) ? { do: 'serve-stale', token, error } : { do: 'decline', error };
}

function neededSeconds({ expiryBufferSeconds, minTtlSeconds }: TokenNeed): number {
  return Math.max(expiryBufferSeconds, minTtlSeconds);
}

function unavailable(reason: string): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', { reason });
}
