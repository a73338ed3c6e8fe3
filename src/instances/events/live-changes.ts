import { Injectable } from '@nestjs/common';
import { concat, concatMap, filter, from, of, type Observable } from 'rxjs';
import {
  ChangeFeed,
  ChangeLog,
  isLaterThan,
  isOfTenantItself,
  type Change,
  type ChangePosition,
} from '../../database/index.js';
import type { Instance } from '../directory/instance.js';
import { Instances } from '../directory/instances.js';

/** What a tenant's frontend learns: how an instance is now, that one is gone, or that it has to read all anew. */
export type LiveChange = { position: ChangePosition } & (
  | { type: 'instance'; instance: Instance }
  | { type: 'instance-deleted'; instanceId: string }
  | { type: 'reset' }
);

const batchSize = 500;

/** Changes of a tenant's instances, made by any process. */
@Injectable()
export class LiveChanges {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly log: ChangeLog,
    private readonly instances: Instances,
  ) {}

  /**
   * What changed after a position that was told earlier, then each change as it is made; without a position, each
   * change from the moment on at which this resolves.
   */
  async of(tenantId: string, after: ChangePosition | null): Promise<Observable<LiveChange>> {
    const { position, greeting } = await this.start(after);
    let reached = position;
    const step = async () => {
      const changes = await this.readAll(tenantId, reached);
      reached = changes.at(-1)?.position ?? reached;
      return this.told(tenantId, changes);
    };
    // The feed only wakes: what it says of a tenant is read from this stream's own position.
    const wakes = this.feed.settled.pipe(filter((tenants, index) => index === 0 || tenants.has(tenantId)));
    const told = concat(of([]), wakes).pipe(
      concatMap(step),
      concatMap((changes) => from(changes)),
    );
    return concat(from(greeting), told);
  }

  /** Emits when who may act for a tenant may have changed: a key or token of it, or the tenant itself. */
  ofCallers(tenantId: string): Observable<unknown> {
    return this.feed.committed.pipe(
      filter((batch) => batch.some((change) => change.tenantId === tenantId && isOfAdmission(change))),
    );
  }

  private async start(
    after: ChangePosition | null,
  ): Promise<{ position: ChangePosition; greeting: LiveChange[] }> {
    const head = await this.log.head();
    if (after === null) return { position: head, greeting: [] };
    if (this.log.remembers(after, head)) return { position: after, greeting: [] };
    return { position: head, greeting: [{ type: 'reset', position: head }] };
  }

  private async readAll(tenantId: string, after: ChangePosition): Promise<Change[]> {
    const all: Change[] = [];
    for (;;) {
      const changes = await this.log.since(tenantId, all.at(-1)?.position ?? after, batchSize);
      all.push(...changes);
      if (changes.length < batchSize) return all;
    }
  }

  /** Each instance once, as it is now, at the place of its last change. */
  private async told(tenantId: string, changes: readonly Change[]): Promise<LiveChange[]> {
    const credentialIds = changes.flatMap(({ credentialId }) => credentialId ?? []);
    const users = await this.instances.idsByCredential(tenantId, credentialIds);
    const last = new Map<string, ChangePosition>();
    for (const { instanceId, credentialId, position } of changes) {
      const concerned = instanceId === null ? (users.get(credentialId ?? '') ?? []) : [instanceId];
      for (const id of concerned) last.set(id, position);
    }
    const found = await this.instances.getMany(tenantId, [...last.keys()]);
    return [...last]
      .sort(([, one], [, other]) => (isLaterThan(one, other) ? 1 : -1))
      .map(([id, position]) => {
        const instance = found.get(id);
        return instance
          ? { type: 'instance', position, instance }
          : { type: 'instance-deleted', position, instanceId: id };
      });
  }
}

function isOfAdmission(change: Change): boolean {
  return change.callerId !== null || isOfTenantItself(change);
}
