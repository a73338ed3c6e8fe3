const measuredAtFirst = 6;
/** Of a thread's own time the kernel tells whole ticks of some milliseconds. */
const timesOfUnit = 120;
/** Slower than this no machine is for a while that is fit to judge at all. */
const mostTimes = 2;
const lines = Array.from({ length: 400 }, (_, line) => `Line ${line}: <p class="c${line}">é ${line * 7}</p>`);

/**
 * How much slower than at its best this machine computes just now, by a fixed piece of work: on shared processors a
 * thread's own time grows too, when its neighbours take the caches and the clock from it.
 */
export class MachinePace {
  private best = Number.POSITIVE_INFINITY;

  constructor() {
    for (let times = 0; times < measuredAtFirst; times += 1) this.timesSlower();
  }

  /** From 1, at its best so far, to 2, however much slower it is. */
  timesSlower(): number {
    const now = unitMs();
    this.best = Math.min(this.best, now);
    return Math.min(now / this.best, mostTimes);
  }
}

/** Tens of milliseconds, of what reading a mail does: regular expressions, strings, objects, bytes. */
function unitMs(): number {
  const before = process.threadCpuUsage();
  for (let times = 0; times < timesOfUnit; times += 1) {
    const text = lines.join('\n');
    const found = [...text.matchAll(/<(\w+) class="(\w+)">([^<]*)/g)].map(([, tag, name, said]) => ({
      tag,
      name,
      said,
    }));
    JSON.parse(JSON.stringify(found));
    Buffer.from(text.replaceAll(/\s+/g, ' ').toLowerCase()).toString('base64url');
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
