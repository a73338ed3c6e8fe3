import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, type Reception } from '../../resilience/index.js';
import { CredentialRefresher } from '../refresh/credential-refresher.js';
import { DueCredentials, type DueCredential } from './due-credentials.js';
import { RefreshLane } from './refresh-lane.js';
import { RefreshLeases, type ClaimedCredential } from '../refresh/refresh-leases.js';

const lanesRemembered = 10_000;
const plannedAtOnce = 2_000;
/** What is not begun by then is planned anew, with what has come due meanwhile. */
const planLifeMs = 10_000;

/**
 * Refreshes what is due before it is asked for. A plan says in what order; each OAuth client's part of it is worked
 * off in a lane of its own, claimed by one statement for as many as may run. Of several processes each claims others.
 */
@Injectable()
export class RefreshSweep {
  private readonly logger = new Logger(RefreshSweep.name);
  private readonly lanes = new LRUCache<string, RefreshLane>({ max: lanesRemembered });
  private stopped = false;

  constructor(
    private readonly due: DueCredentials,
    private readonly leases: RefreshLeases,
    private readonly refresher: CredentialRefresher,
    private readonly clock: Clock,
  ) {}

  /** Begins whatever is due; some of it may still run when this resolves. Never rejects. */
  async sweep(): Promise<void> {
    try {
      await this.due.putOffIdle();
      for (;;) {
        const plan = await this.due.next(plannedAtOnce, this.restingClients());
        await this.workOff(plan);
        if (plan.length < plannedAtOnce || this.stopped) return;
      }
    } catch (cause) {
      this.logger.warn({ msg: 'What is due could not be refreshed', cause: String(cause) });
    }
  }

  /** Begins nothing more. */
  stop(): void {
    this.stopped = true;
  }

  private async workOff(plan: readonly DueCredential[]): Promise<void> {
    const giveUpAtMs = this.clock.monotonicMs() + planLifeMs;
    const byClient = idsByClient(plan);
    await Promise.all(
      [...byClient].map(([oauthClientId, ids]) =>
        this.workOffLane(this.laneOf(oauthClientId), ids, giveUpAtMs),
      ),
    );
  }

  private async workOffLane(lane: RefreshLane, ids: readonly string[], giveUpAtMs: number): Promise<void> {
    for (let begun = 0; begun < ids.length;) {
      const slots = await lane.slots();
      if (slots === 0 || this.stopped || this.clock.monotonicMs() > giveUpAtMs) return;
      const claimed = await this.leases.claimDue(ids.slice(begun, begun + slots));
      begun += slots;
      for (const each of claimed) void lane.run(() => this.refresh(each));
    }
  }

  private async refresh(claimed: ClaimedCredential): Promise<Reception> {
    const result = await this.refresher.refreshClaimed(claimed, 'schedule');
    return result.status === 'failed' && overloaded.has(result.error.code) ? 'overloaded' : 'served';
  }

  private laneOf(oauthClientId: string): RefreshLane {
    const lane = this.lanes.get(oauthClientId) ?? new RefreshLane(this.clock);
    this.lanes.set(oauthClientId, lane);
    return lane;
  }

  private restingClients(): string[] {
    return [...this.lanes].filter(([, lane]) => lane.rests).map(([oauthClientId]) => oauthClientId);
  }
}

function idsByClient(plan: readonly DueCredential[]): Map<string, string[]> {
  const byClient = new Map<string, string[]>();
  for (const { id, oauthClientId } of plan) {
    const ids = byClient.get(oauthClientId) ?? [];
    byClient.set(oauthClientId, ids);
    ids.push(id);
  }
  return byClient;
}

/** Answers that say more of the provider, or of the way to it, than of the grant. */
const overloaded: ReadonlySet<string> = new Set(['NETWORK_ERROR', 'SERVICE_UNAVAILABLE']);
