import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ChangeFeed, isOfTenantItself } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { Clock, FairQueue, type Lane, QueueRefused, ReadCache } from '../../resilience/index.js';

const capacity = 20_000;
/** Of the 20 connections to the database. */
const lookupsAtOnce = 6;
const mostLookupsWaiting = 10_000;
const longestLookupWaitMs = 10_000;
const lookupLane: Lane = { owner: '', lane: '' };

/** A secret is good as what it was made for only. */
type SecretKind = 'api-key' | 'mcp-token' | 'person-token' | 'connect-session';

/** A key or token that was found good. */
interface Verified {
  id: string;
  /** Of the person whose it is, or of the key it was made with: it changes with that. */
  holderId?: string;
  tenantId: string;
  /** Null: it does not end. */
  remainingSeconds: number | null;
  /** Whether its tenant is: then it is good for nothing. */
  suspended: boolean;
}

/**
 * Keys and tokens that were found good, by the hashes of their secrets: for a minute at most, never beyond their own
 * end, and within a second not any more when another process has deleted them or suspended their tenant. What this
 * process does itself counts at once.
 */
@Injectable()
export class VerifiedCallers implements OnApplicationBootstrap {
  private readonly callers: ReadCache<Verified & { verifiedAtMs: number }>;

  private readonly lookups = new FairQueue({
    total: lookupsAtOnce,
    perOwner: lookupsAtOnce,
    perLane: lookupsAtOnce,
    waitingPerLane: mostLookupsWaiting,
    longestWaitMs: longestLookupWaitMs,
  });

  constructor(
    private readonly feed: ChangeFeed,
    private readonly clock: Clock,
  ) {
    this.callers = new ReadCache({ capacity, nowMs: () => clock.monotonicMs() });
  }

  onApplicationBootstrap(): void {
    this.feed.committed.subscribe((changes) => {
      const gone = new Set(changes.flatMap(({ callerId }) => callerId ?? []));
      const tenants = new Set(changes.filter(isOfTenantItself).map(({ tenantId }) => tenantId));
      if (gone.size + tenants.size > 0)
        this.callers.forgetIf(
          ({ id, holderId, tenantId }) =>
            gone.has(id) || (holderId !== undefined && gone.has(holderId)) || tenants.has(tenantId),
        );
    });
  }

  async verify<Caller extends Verified>(
    kind: SecretKind,
    secretHash: string,
    find: () => Promise<Caller | null>,
  ): Promise<Caller | null> {
    const nowMs = this.clock.monotonicMs();
    const caller = await this.callers.get(keyOf(kind, secretHash), async () => {
      const found = await this.lookedUp(find);
      return found && { ...found, verifiedAtMs: nowMs };
    });
    // A key holds what the one query of its kind has found.
    return caller === null || this.isOver(caller) ? null : (caller as unknown as Caller);
  }

  /** Keys that are not in memory are looked up few at a time, so that wrong ones leave the database to others. */
  private async lookedUp<Caller>(find: () => Promise<Caller | null>): Promise<Caller | null> {
    try {
      return await this.lookups.run(lookupLane, find);
    } catch (failure) {
      if (!(failure instanceof QueueRefused)) throw failure;
      throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'key_lookups', cause: failure });
    }
  }

  /** The same from memory; null when the database would have to be asked, and for what its tenant's suspension stops. */
  peek(kind: SecretKind, secretHash: string): Verified | null {
    const caller = this.callers.peek(keyOf(kind, secretHash));
    return caller === undefined || caller.suspended || this.isOver(caller) ? null : caller;
  }

  private isOver({ remainingSeconds, verifiedAtMs }: Verified & { verifiedAtMs: number }): boolean {
    return remainingSeconds !== null && this.clock.monotonicMs() - verifiedAtMs >= remainingSeconds * 1000;
  }

  /** @param id of a key or token, or of the person or key whose they are */
  forget(id: string): void {
    this.callers.forgetIf((caller) => caller.id === id || caller.holderId === id);
  }

  forgetTenant(tenantId: string): void {
    this.callers.forgetIf((caller) => caller.tenantId === tenantId);
  }
}

function keyOf(kind: SecretKind, secretHash: string): string {
  return `${kind} ${secretHash}`;
}
