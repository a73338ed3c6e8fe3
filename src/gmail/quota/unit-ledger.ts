import type { Clock } from '../../resilience/index.js';
import { type FormerSlice, type TakenUnits, unitsOf } from './quota-decision.js';

interface TimedUnits {
  units: number;
  /** Of the monotonic clock. */
  endsAtMs: number;
}

/** The units of one mailbox as this process knows them: those it holds and may spend, and those that count as taken. */
export class UnitLedger {
  private held: TimedUnits[] = [];
  private counted: TimedUnits[] = [];
  private latest: FormerSlice = { units: 0, spent: 0 };

  constructor(private readonly clock: Clock) {}

  /** The slice that was taken last. */
  get former(): Readonly<FormerSlice> {
    return this.latest;
  }

  heldUnits(): number {
    const nowMs = this.clock.monotonicMs();
    if (this.held.some(({ units, endsAtMs }) => units === 0 || endsAtMs <= nowMs))
      this.held = this.held.filter(({ units, endsAtMs }) => units > 0 && endsAtMs > nowMs);
    return unitsOf(this.held);
  }

  /** What counts against the limit, whichever process took it; others may have taken more since. */
  taken(): TakenUnits[] {
    const nowMs = this.clock.monotonicMs();
    this.counted = this.counted.filter(({ units, endsAtMs }) => units > 0 && endsAtMs > nowMs);
    return this.counted.map(({ units, endsAtMs }) => ({ units, endsInMs: endsAtMs - nowMs }));
  }

  /** Notes what all processes have taken, in place of what was known of it. */
  noteAll(taken: readonly TakenUnits[]): void {
    this.counted = [];
    for (const each of taken) this.note(each);
  }

  /** Notes what this process has taken while it counts alone. */
  note({ units, endsInMs }: TakenUnits): void {
    this.counted.push({ units, endsAtMs: this.clock.monotonicMs() + endsInMs });
  }

  /** Holds a slice until then; what is not spent of it lapses. */
  hold(units: number, endsAtMs: number): void {
    this.held.push({ units, endsAtMs });
    this.latest = { units, spent: 0 };
  }

  spend(units: number): void {
    this.latest.spent += units;
    let owed = units;
    for (const slice of this.held) {
      const part = Math.min(owed, slice.units);
      slice.units -= part;
      owed -= part;
    }
  }
}
