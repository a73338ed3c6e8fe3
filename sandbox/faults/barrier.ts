import { randomUUID } from 'node:crypto';
import type { FaultTarget, RequestFacts } from './fault.js';

export type HeldRequest = RequestFacts & { id: string; target: FaultTarget };

interface Watcher {
  atLeast: number;
  notify: () => void;
}

/** Where requests wait that met a `hold`, until they are released. */
export class Barrier {
  private held: { request: HeldRequest; release: () => void }[] = [];
  private watchers: Watcher[] = [];

  /** Resolves when the request is released. */
  hold(target: FaultTarget, facts: RequestFacts): Promise<void> {
    return new Promise((resolve) => {
      this.held.push({ request: { ...facts, id: randomUUID(), target }, release: resolve });
      const reached = this.watchers.filter(({ atLeast }) => this.held.length >= atLeast);
      this.watchers = this.watchers.filter((watcher) => !reached.includes(watcher));
      for (const { notify } of reached) notify();
    });
  }

  /** Lists who waits, as soon as at least so many do. */
  async waiting(atLeast = 0): Promise<HeldRequest[]> {
    if (this.held.length < atLeast) {
      await new Promise<void>((resolve) => this.watchers.push({ atLeast, notify: resolve }));
    }
    return this.held.map(({ request }) => request);
  }

  /** Lets the first so many go, or all, and says how many went. */
  release(count = this.held.length): number {
    const released = this.held.splice(0, count);
    for (const { release } of released) release();
    return released.length;
  }
}
