export interface FairQueueLimits {
  /** Pieces of work that run at once. */
  total: number;
  /** Of one owner, over all its lanes. */
  perOwner: number;
  perLane: number;
  /** Pieces that may wait in one lane. */
  waitingPerLane: number;
  /** What has waited so long is refused. */
  longestWaitMs: number;
}

/** Whose work it is: lanes of one owner share its part. */
export interface Lane {
  owner: string;
  lane: string;
}

/** Why work was not begun. */
export type QueueRefusal = 'full' | 'waitedTooLong';

/** Work that was refused, not begun. */
export class QueueRefused extends Error {
  override readonly name = 'QueueRefused';

  constructor(readonly refusal: QueueRefusal) {
    super(`The work was not begun: ${refusal}`);
  }
}

interface Waiting {
  begin(): void;
}

interface LaneState {
  running: number;
  readonly waiting: Set<Waiting>;
}

interface OwnerState {
  running: number;
  /** In the order of their turns. */
  readonly lanes: Map<string, LaneState>;
}

/**
 * Bounds work that runs at once, over all, for each owner and for each of an owner's lanes, and takes turns where some
 * has to wait: owners in turn, and an owner's lanes in turn. So the wait of one does not grow with the demand of
 * another.
 */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  private readonly owners = new Map<string, OwnerState>();

  constructor(private readonly limits: FairQueueLimits) {}

  /**
   * Does the work once it is its turn.
   * @throws QueueRefused when too much of its lane waits already or it has waited too long; the signal's reason when
   *   that aborts while it waits
   */
  async run<Result>(place: Lane, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const owner = entryOf(this.owners, place.owner, newOwner);
    const lane = entryOf(owner.lanes, place.lane, newLane);
    if (this.hasRoom(owner, lane) && lane.waiting.size === 0) this.count(owner, lane, 1);
    else await this.turn(lane, signal).finally(() => this.tidy(place, owner, lane));
    try {
      return await work();
    } finally {
      this.count(owner, lane, -1);
      this.tidy(place, owner, lane);
      this.beginNext();
    }
  }

  /** Resolves when the work may begin, counted already. */
  private async turn(lane: LaneState, signal: AbortSignal | undefined): Promise<void> {
    const { waitingPerLane, longestWaitMs } = this.limits;
    if (lane.waiting.size >= waitingPerLane) throw new QueueRefused('full');
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        lane.waiting.delete(waiting);
        this.waiting -= 1;
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const give = (reason: Error): void => {
        leave();
        reject(reason);
      };
      const onAbort = (): void => give(signal?.reason as Error);
      const timer = setTimeout(() => give(new QueueRefused('waitedTooLong')), longestWaitMs);
      const waiting: Waiting = {
        begin: () => {
          leave();
          resolve();
        },
      };
      lane.waiting.add(waiting);
      this.waiting += 1;
      signal?.addEventListener('abort', onAbort);
    });
  }

  private hasRoom(owner: OwnerState, lane: LaneState): boolean {
    const { total, perOwner, perLane } = this.limits;
    return this.running < total && owner.running < perOwner && lane.running < perLane;
  }

  private count(owner: OwnerState, lane: LaneState, by: 1 | -1): void {
    this.running += by;
    owner.running += by;
    lane.running += by;
  }

  /** Begins what may run now; who got a turn goes to the end of the line. */
  private beginNext(): void {
    while (this.waiting > 0 && this.running < this.limits.total && this.beginOne());
  }

  private beginOne(): boolean {
    for (const [ownerKey, owner] of this.owners) {
      for (const [laneKey, lane] of owner.lanes) {
        const [next] = lane.waiting;
        if (next === undefined || !this.hasRoom(owner, lane)) continue;
        this.count(owner, lane, 1);
        moveToEnd(owner.lanes, laneKey, lane);
        moveToEnd(this.owners, ownerKey, owner);
        next.begin();
        return true;
      }
    }
    return false;
  }

  private tidy(place: Lane, owner: OwnerState, lane: LaneState): void {
    if (lane.running === 0 && lane.waiting.size === 0) owner.lanes.delete(place.lane);
    if (owner.lanes.size === 0) this.owners.delete(place.owner);
  }
}

function newOwner(): OwnerState {
  return { running: 0, lanes: new Map() };
}

function newLane(): LaneState {
  return { running: 0, waiting: new Set() };
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function moveToEnd<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
}
