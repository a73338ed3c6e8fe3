/** How long an event is tried for. */
export const deliveryLifeSeconds = 3 * 86_400;

/** Seconds from one attempt to the next; the last one goes on. As Standard Webhooks recommends, over three days. */
const delays = [5, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600, 14 * 3_600, 20 * 3_600, 24 * 3_600];
const jitter = 0.2;

/** An attempt that has just failed. */
export interface FailedAttempt {
  /** How many were made, this one included. */
  attempts: number;
  /** Since the event. */
  ageSeconds: number;
  /** For how long the receiver asks to be left alone; null where it does not. */
  retryAfterSeconds: number | null;
}

/**
 * When the next attempt is made, in seconds; null where that was the last one. The last of them is made when three days
 * have passed since the event, whatever the receiver asked for.
 * @param random from 0 to 1, so that what failed together does not come back together
 */
export function nextAttemptInSeconds(
  { attempts, ageSeconds, retryAfterSeconds }: FailedAttempt,
  random: number,
): number | null {
  const leftSeconds = deliveryLifeSeconds - ageSeconds;
  if (leftSeconds <= 0) return null;
  const delay = delays[Math.min(Math.max(attempts, 1), delays.length) - 1] ?? 0;
  const jittered = delay * (1 + jitter * (2 * random - 1));
  return Math.min(Math.max(jittered, retryAfterSeconds ?? 0), leftSeconds);
}
