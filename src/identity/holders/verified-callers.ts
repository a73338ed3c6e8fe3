import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ChangeFeed } from '../../database/index.js';
import { ReadCache } from '../../resilience/index.js';
import { Clock } from '../../resilience/index.js';

const capacity = 20_000;

/** A key or token that was found good. */
interface Verified {
  id: string;
  tenantId: string;
  /** Null: it does not end. */
  remainingSeconds: number | null;
}

/**
 * Keys and tokens that were found good, by the hashes of their secrets: for a minute at most, never beyond their own
 * end, and within a second not any more when another process has deleted them. This one's own deletions count at once.
 */
@Injectable()
export class VerifiedCallers implements OnApplicationBootstrap {
  private readonly callers: ReadCache<Verified & { verifiedAtMs: number }>;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly clock: Clock,
  ) {
    this.callers = new ReadCache({ capacity, nowMs: () => clock.monotonicMs() });
  }

  onApplicationBootstrap(): void {
    this.feed.live.subscribe((changes) => {
      const gone = new Set(changes.flatMap(({ callerId }) => callerId ?? []));
      if (gone.size > 0) this.callers.forgetIf(({ id }) => gone.has(id));
    });
  }

  async verify<Caller extends Verified>(
    secretHash: string,
    find: () => Promise<Caller | null>,
  ): Promise<Caller | null> {
    const nowMs = this.clock.monotonicMs();
    const caller = await this.callers.get(secretHash, async () => {
      const found = await find();
      return found && { ...found, verifiedAtMs: nowMs };
    });
    if (caller === null) return null;
    const { remainingSeconds, verifiedAtMs } = caller;
    const isOver =
      remainingSeconds !== null && this.clock.monotonicMs() - verifiedAtMs >= remainingSeconds * 1000;
    // A hash belongs to one table, whose holder asks with one kind of query.
    return isOver ? null : (caller as unknown as Caller);
  }

  forget(id: string): void {
    this.callers.forgetIf((caller) => caller.id === id);
  }

  forgetTenant(tenantId: string): void {
    this.callers.forgetIf((caller) => caller.tenantId === tenantId);
  }
}
