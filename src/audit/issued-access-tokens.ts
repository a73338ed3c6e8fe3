import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Recurrence } from '../resilience/index.js';
import type { Actor, ChainedEvent } from './audit-event.js';
import { AuditTrail } from './audit-trail.js';

const tellEveryMs = 60_000;
/** Pairs of caller and instance kept at most; more are told before the minute is over. */
const capacity = 10_000;
/** One line stays short enough for every log pipeline. */
const instancesPerEvent = 100;

/**
 * Counts access tokens handed out, and tells them once a minute for each caller: they are asked for up to thousands of
 * times a second, and a line for each would cost more than the answer.
 */
@Injectable()
export class IssuedAccessTokens
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly callers = new Map<string, { actor: Actor; counts: Map<string, number> }>();
  private pairs = 0;
  private readonly telling = new Recurrence(tellEveryMs, () => this.tell());

  constructor(private readonly trail: AuditTrail) {}

  onApplicationBootstrap(): void {
    this.telling.start();
  }

  /** While the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.tell();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telling.stop();
    await this.tell();
  }

  count(actor: Actor, instanceId: string): void {
    // The operator's key acts in many tenants, and a key's id is in one only.
    const key = actor.id ?? `operator ${actor.tenantId ?? ''}`;
    let caller = this.callers.get(key);
    if (caller === undefined) this.callers.set(key, (caller = { actor, counts: new Map() }));
    const count = caller.counts.get(instanceId);
    caller.counts.set(instanceId, (count ?? 0) + 1);
    if (count === undefined && ++this.pairs >= capacity) void this.tell();
  }

  /** Never rejects. */
  private async tell(): Promise<void> {
    const events: ChainedEvent[] = [];
    for (const { actor, counts } of this.callers.values()) {
      const pairs = [...counts];
      for (let from = 0; from < pairs.length; from += instancesPerEvent) {
        const told = pairs.slice(from, from + instancesPerEvent);
        const count = told.reduce((sum, [, times]) => sum + times, 0);
        const instanceIds = told.map(([id]) => id);
        events.push({ event: 'access_token.issued', actor, count, instanceIds });
      }
    }
    this.callers.clear();
    this.pairs = 0;
    await this.trail.keep(...events);
  }
}
