const earliestShare = 0.7;
const latestShare = 0.85;

/**
 * When to refresh preemptively: between 70 and 85 % of a token's life, drawn once and stored with it, so that
 * tokens obtained together do not come due together.
 */
export function drawRefreshDelaySeconds(lifetimeSeconds: number, random: () => number = Math.random): number {
  return lifetimeSeconds * (earliestShare + (latestShare - earliestShare) * random());
}

const longestPauseSeconds = 60;

/** After failures, refreshes that nobody waits for pause for 2, 4, 8 … at most 60 seconds. */
export function mayRefreshInBackground(state: {
  consecutiveFailures: number;
  failedSecondsAgo: number | null;
}): boolean {
  if (state.failedSecondsAgo === null) return true;
  return state.failedSecondsAgo >= Math.min(2 ** state.consecutiveFailures, longestPauseSeconds);
}
