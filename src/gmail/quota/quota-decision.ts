/** Units that were taken of a mailbox's quota, and when they count no more. */
export interface TakenUnits {
  units: number;
  endsInMs: number;
}

/** One request that asks for its units. */
export interface QuotaQuestion {
  needs: number;
  /** What this process holds and may spend at once. */
  held: number;
  /** What is known to be taken, by all processes: others may have taken more since. */
  taken: readonly TakenUnits[];
  /** Of any minute, as far as this request may go. */
  limit: number;
  longestWaitMs: number;
}

export type QuotaDecision =
  | { kind: 'admit' }
  /** Only the count of all processes tells whether there are units. */
  | { kind: 'ask' }
  | { kind: 'wait'; waitMs: number }
  | { kind: 'refuse'; retryAfterSeconds: number };

/** Whether a request goes to Gmail now, later, or not in the time that its call has. */
export function quotaDecision({ needs, held, taken, limit, longestWaitMs }: QuotaQuestion): QuotaDecision {
  if (held >= needs) return { kind: 'admit' };
  const waitMs = freeInMs(taken, limit, needs - held);
  if (waitMs <= 0) return { kind: 'ask' };
  if (waitMs <= longestWaitMs) return { kind: 'wait', waitMs };
  return { kind: 'refuse', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
}

/** In how many milliseconds so many units will be free, if no more are taken meanwhile: 0 where they are by now. */
function freeInMs(taken: readonly TakenUnits[], limit: number, units: number): number {
  let free = limit - unitsOf(taken);
  let waitMs = 0;
  for (const slice of taken.toSorted((one, other) => one.endsInMs - other.endsInMs)) {
    if (free >= units) return waitMs;
    free += slice.units;
    waitMs = slice.endsInMs;
  }
  return waitMs;
}

export function unitsOf(taken: readonly { units: number }[]): number {
  return taken.reduce((sum, { units }) => sum + units, 0);
}

/** A slice that this process took, and what it did with it. */
export interface FormerSlice {
  units: number;
  spent: number;
}

/** No slice is larger than this part of the limit: what one process holds, others must do without. */
const largestPart = 1 / 20;

/**
 * How many units to take at once: twice as many as before where all were spent, as many as were spent otherwise, and
 * what waits in any case, as far as one slice may go. So a busy mailbox asks seldom, and a quiet one wastes little.
 */
export function sliceSize(former: FormerSlice, waiting: number, limit: number): number {
  const expected = former.spent >= former.units ? former.units * 2 : former.spent;
  return Math.min(Math.max(expected, waiting), Math.floor(limit * largestPart));
}
