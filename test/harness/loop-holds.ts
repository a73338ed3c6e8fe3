import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The longest time that the main thread computed without a turn for others: time that it waits for a processor is not its own. */
export class LoopHolds {
  longestMs = 0;
  private readonly delay = monitorEventLoopDelay({ resolution: 5 });
  private before = 0;
  private ticking: NodeJS.Timeout | undefined;

  start(): void {
    this.delay.enable();
    this.before = ownMs();
    this.ticking = setInterval(() => this.tick(), 1);
  }

  stop(): void {
    this.tick();
    clearInterval(this.ticking);
    this.delay.disable();
  }

  /** As Node measures it, waiting for a processor included. */
  delays(): string {
    const [p99, most] = [this.delay.percentile(99), this.delay.max].map((each) => (each / 1e6).toFixed());
    return `event loop delay p99 ${p99} ms, most ${most} ms`;
  }

  private tick(): void {
    const now = ownMs();
    this.longestMs = Math.max(this.longestMs, now - this.before);
    this.before = now;
  }
}

function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
