import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 20;

/**
 * Waits for what other processes do, and returns it.
 * @throws Error that names it when it does not come in time
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { limitMs = 240_000 } = {},
): Promise<NonNullable<T>> {
  const giveUpAtMs = performance.now() + limitMs;
  while (performance.now() < giveUpAtMs) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    await pause(pollMs);
  }
  throw new Error(`Did not happen in time: ${what}`);
}
