import { setTimeout as pause } from 'node:timers/promises';

const defaultLimitMs = 20_000;
const pollMs = 20;

/**
 * Waits for what another process does, whose clock cannot be moved, and returns what `look` found.
 * @param look is called until it finds something other than null, undefined or false; what it throws ends the wait
 * @throws Error that names `what` when it does not come within `limitMs`
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { limitMs = defaultLimitMs, everyMs = pollMs } = {},
): Promise<NonNullable<T>> {
  const giveUpAtMs = performance.now() + limitMs;
  while (performance.now() < giveUpAtMs) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    await pause(everyMs);
  }
  throw new Error(`Did not happen in time: ${what}`);
}
