import { setTimeout as pause } from 'node:timers/promises';
import type { RunningEvergrant } from '../start-evergrant.js';

/** Ends what was started, once: after a drain, or at once. */
export class Shutdown {
  private readonly hurry = new AbortController();
  private ending: Promise<void> | undefined;

  constructor(
    private readonly starting: Promise<RunningEvergrant>,
    private readonly drainSeconds: number,
  ) {}

  get hasBegun(): boolean {
    return this.ending !== undefined;
  }

  /** Goes on serving for the drain time, said as not ready; asked for a second time it stops at once. */
  afterDrain(): Promise<void> {
    if (this.hasBegun) this.hurry.abort();
    return (this.ending ??= this.end());
  }

  /** Cuts a drain short too. */
  atOnce(): Promise<void> {
    this.hurry.abort();
    return (this.ending ??= this.end());
  }

  /** A start that is interrupted has to end first: PostgreSQL may be up already. Rejects as that start does. */
  private async end(): Promise<void> {
    const evergrant = await this.starting;
    evergrant.drain();
    await pause(this.drainSeconds * 1_000, undefined, { signal: this.hurry.signal }).catch(() => undefined);
    await evergrant.stop();
  }
}
