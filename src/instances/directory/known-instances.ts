import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TokenBroker } from '../../credentials/index.js';
import { ChangeFeed } from '../../database/index.js';
import { ReadCache } from '../../resilience/index.js';
import { Clock } from '../../resilience/index.js';
import type { Instance } from './instance.js';
import { Instances, noSuchInstance } from './instances.js';

const capacity = 20_000;

/**
 * Connected instances in memory, for callers that only need to know that one is there and which credential it has: a minute
 * old at most, and forgotten within a second when it or its credential changes, at once when this process changes it.
 */
@Injectable()
export class KnownInstances implements OnApplicationBootstrap {
  private readonly known: ReadCache<Instance>;
  private readonly keysByCredential = new Map<string, Set<string>>();

  constructor(
    private readonly instances: Instances,
    private readonly broker: TokenBroker,
    private readonly feed: ChangeFeed,
    clock: Clock,
  ) {
    this.known = new ReadCache({
      capacity,
      nowMs: () => clock.monotonicMs(),
      // Whatever is about to be connected is of interest the moment it is.
      keeps: ({ credentialId }) => credentialId !== null,
      onKept: (instance, key) => this.link(instance, key),
      onGone: (instance, key) => this.unlink(instance, key),
    });
  }

  onApplicationBootstrap(): void {
    this.feed.committed.subscribe((changes) => {
      for (const { tenantId, instanceId } of changes)
        if (instanceId !== null) this.known.forget(keyOf(tenantId, instanceId));
    });
    this.broker.forgotten.subscribe((credentialId) => {
      // Which credential belongs to an instance that is being read is not known yet.
      this.known.forgetReads();
      for (const key of this.keysByCredential.get(credentialId) ?? []) this.known.forget(key);
    });
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign instances */
  async get(tenantId: string, instanceId: string): Promise<Instance> {
    const instance = await this.findById(tenantId, instanceId);
    if (!instance) throw noSuchInstance();
    return instance;
  }

  findById(tenantId: string, instanceId: string): Promise<Instance | null> {
    return this.known.get(keyOf(tenantId, instanceId), () => this.instances.findById(tenantId, instanceId));
  }

  /** The instance, if it is in memory. */
  peek(tenantId: string, instanceId: string): Instance | undefined {
    return this.known.peek(keyOf(tenantId, instanceId));
  }

  /** To be called by what changes it. */
  forget({ tenantId, id }: Instance): void {
    this.known.forget(keyOf(tenantId, id));
  }

  private link({ credentialId }: Instance, key: string): void {
    if (credentialId === null) return;
    const keys = this.keysByCredential.get(credentialId) ?? new Set();
    this.keysByCredential.set(credentialId, keys.add(key));
  }

  private unlink({ credentialId }: Instance, key: string): void {
    if (credentialId === null) return;
    const keys = this.keysByCredential.get(credentialId);
    keys?.delete(key);
    if (keys?.size === 0) this.keysByCredential.delete(credentialId);
  }
}

function keyOf(tenantId: string, instanceId: string): string {
  return `${tenantId}/${instanceId}`;
}
