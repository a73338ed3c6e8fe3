const spinMs = 60;
/** With more programs than this at once a machine is not fit to judge anything. */
const mostTimes = 8;

/**
 * How many times longer than its own time a computation takes just now, since other programs have the processors in
 * between: 1 where there are none.
 */
export function timesWaiting(): number {
  const begin = performance.now();
  const before = process.threadCpuUsage();
  let own = 0;
  while (own < spinMs) {
    const { user, system } = process.threadCpuUsage(before);
    own = (user + system) / 1_000;
  }
  return Math.min(Math.max((performance.now() - begin) / own, 1), mostTimes);
}
