import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range that systems take client ports from, so that the port is still free at the next start.
const lowest = 20_000;
const highest = 30_000;
const tries = 50;

/** Whether the port is free on loopback. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** A free port on loopback; null when none was found. */
export async function freePort(): Promise<number | null> {
  for (let n = 0; n < tries; n += 1) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  return null;
}
