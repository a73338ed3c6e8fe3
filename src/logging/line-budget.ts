const windowMs = 60_000;

/** How many lines of one kind are written in a minute, and how many were left out. */
export class LineBudget {
  private endsAtMs = -Infinity;
  private written = 0;
  private omitted = 0;

  constructor(private readonly linesPerMinute: number) {}

  /** @returns whether one more line may be written, and what {@link leftOut} says */
  take(nowMs: number): { admitted: boolean; omitted: number } {
    const omitted = this.leftOut(nowMs);
    const admitted = this.written < this.linesPerMinute;
    if (admitted) this.written += 1;
    else this.omitted += 1;
    return { admitted, omitted };
  }

  /** How many lines were left out in a minute that is over; said once. */
  leftOut(nowMs: number): number {
    if (nowMs < this.endsAtMs) return 0;
    this.endsAtMs = nowMs + windowMs;
    this.written = 0;
    return this.close();
  }

  /** How many lines were left out so far; said once. */
  close(): number {
    const { omitted } = this;
    this.omitted = 0;
    return omitted;
  }
}
