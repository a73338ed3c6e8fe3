import type { Worker } from 'node:worker_threads';

/** Often enough that a thread that unpacks as fast as it can stays within the bound and a few dozen megabytes. */
const intervalMs = 50;

/** A thread holds more than it may. */
class ThreadMemoryExceeded extends Error {
  override readonly name = 'ThreadMemoryExceeded';
  readonly code = 'ERR_WORKER_OUT_OF_MEMORY';
}

/**
 * Aborts `signal` when one of the threads holds more than so many bytes outside of its heap, in buffers: the limits
 * that Node.js sets a thread are about the heap alone (https://nodejs.org/api/worker_threads.html#new-workerfilename-options).
 */
export class MemoryWatch {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly threads: () => readonly Worker[],
    private readonly mostBytes: number,
  ) {
    this.timer = setInterval(() => void this.look(), intervalMs).unref();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const held = await Promise.all(this.threads().map(bytesOutsideHeap));
    if (held.some((bytes) => bytes > this.mostBytes)) this.controller.abort(new ThreadMemoryExceeded());
  }
}

async function bytesOutsideHeap(thread: Worker): Promise<number> {
  try {
    return (await thread.getHeapStatistics()).external_memory;
  } catch {
    // It has ended, or not begun.
    return 0;
  }
}
