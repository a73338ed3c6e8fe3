const earliestShare = 0.7;
const latestShare = 0.85;

/**
 * When to refresh preemptively: between 70 and 85 % of a token's life, drawn once and stored with it, so that
 * tokens obtained together do not come due together.
 */
export function drawRefreshDelaySeconds(lifetimeSeconds: number, random: () => number = Math.random): number {
  return lifetimeSeconds * (earliestShare + (latestShare - earliestShare) * random());
}

/** In SQL, for a credential `c`: after n failures the next scheduled refresh pauses for 2^n minutes, at most an hour. */
export const refreshPause = `make_interval(secs =>
  least(60 * 2 ^ least(c.consecutive_failures, 10), 3600) * (0.75 + 0.5 * random()))`;

const longestCallerPauseSeconds = 30;

/**
 * For how many seconds more the provider is not asked on a caller's behalf. Two more tries are free; after n failures
 * the pause is 2^(n-2) - 1 seconds, 30 at most, so that callers are among the first to notice a recovery.
 */
export function callerPauseSeconds(state: {
  consecutiveFailures: number;
  failedSecondsAgo: number | null;
}): number {
  if (state.failedSecondsAgo === null || state.consecutiveFailures === 0) return 0;
  const pauseSeconds = Math.min(2 ** (state.consecutiveFailures - 2) - 1, longestCallerPauseSeconds);
  return Math.max(0, pauseSeconds - state.failedSecondsAgo);
}

const longestPauseSeconds = 60;

/** After failures, refreshes behind a caller's back pause for 2, 4, 8 … at most 60 seconds. */
export function mayRefreshInBackground(state: {
  consecutiveFailures: number;
  failedSecondsAgo: number | null;
}): boolean {
  if (state.failedSecondsAgo === null) return true;
  return state.failedSecondsAgo >= Math.min(2 ** state.consecutiveFailures, longestPauseSeconds);
}
