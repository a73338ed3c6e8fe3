import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import { Piscina } from 'piscina';
import { withDeadline } from '../../resilience/index.js';
import { MemoryWatch } from './memory-watch.js';
import { TaskEnded } from './task-ended.js';

/** What the worker files export. */
type WorkerTask = 'parseJson' | 'readBody' | 'readDocument' | 'sanitizeHtml';

/** What threads run, and what they may hold. */
interface ThreadForm {
  /** The compiled file, in tests too: a thread knows nothing of what compiles them. */
  file: string;
  maxThreads: number;
  maxWaiting: number;
  maxHeapMb: number;
  /** In buffers, where the heap's limit counts nothing; unbounded when not given. Takes a single thread. */
  maxBufferMb?: number;
}

interface TaskOptions {
  /** The caller's: ends the task, and the thread that it runs in. */
  signal?: AbortSignal | undefined;
  /** What moves to the thread instead of being copied, and is gone here. */
  transfer?: ArrayBuffer[];
}

const { resolve } = createRequire(import.meta.url);
const idleTimeoutMs = 30_000;
const bytesOfMb = 1024 * 1024;

/** For mail, and what Gmail answers. */
const mailThreads: ThreadForm = {
  file: resolve('#gmail-worker'),
  // One processor stays with the event loop.
  maxThreads: Math.min(Math.max(availableParallelism() - 1, 1), 4),
  maxWaiting: 100,
  maxHeapMb: 256,
};

/** For documents, one after the other: they keep no mail waiting, and what they hold, they hold once. */
export const documentThreads: ThreadForm = {
  file: resolve('#document-worker'),
  maxThreads: 1,
  maxWaiting: 100,
  maxHeapMb: 256,
  maxBufferMb: 192,
};

/**
 * A few threads for what would hold the event loop, and with it every other caller, for too long. They start when
 * there is something to do, end when there has been nothing for a while, and know no secret.
 */
export class WorkerThreads implements OnApplicationShutdown {
  private readonly logger = new Logger(WorkerThreads.name);
  /** Tasks wait here and not in the pool: their time limit begins with their turn. */
  private readonly turns: BulkheadPolicy;
  private pool: Piscina | undefined;

  constructor(
    private readonly timeLimitMs: number,
    private readonly form: ThreadForm = mailThreads,
  ) {
    this.turns = bulkhead(form.maxThreads, form.maxWaiting);
  }

  /** Runs when the servers have drained, as calls still being answered may need a thread. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }

  /**
   * Runs one task in a thread and yields what it returns.
   * @throws TaskEnded when it took too long or too much memory, when too many others wait, or when it failed; the
   *   signal's reason when the caller aborts
   */
  async run<Result>(
    task: WorkerTask,
    input: unknown,
    { signal, transfer = [] }: TaskOptions = {},
  ): Promise<Result> {
    const inThread = (ending: AbortSignal): Promise<Result> =>
      this.watched(ending, (watched) =>
        this.startedPool().run(input, { name: task, signal: watched, transferList: transfer }),
      ) as Promise<Result>;
    try {
      return await this.turns.execute(() => withDeadline(this.timeLimitMs, signal, inThread), signal);
    } catch (failure) {
      signal?.throwIfAborted();
      const ended = new TaskEnded(task, failure);
      this.logger.warn({ msg: ended.message, reason: ended.reason });
      throw ended;
    }
  }

  private async watched<Result>(
    ending: AbortSignal,
    work: (ending: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { maxBufferMb } = this.form;
    if (maxBufferMb === undefined) return work(ending);
    const watch = new MemoryWatch(() => this.startedPool().threads, maxBufferMb * bytesOfMb);
    try {
      return await work(AbortSignal.any([ending, watch.signal]));
    } finally {
      watch.stop();
    }
  }

  private startedPool(): Piscina {
    const { file, maxThreads, maxHeapMb } = this.form;
    this.pool ??= new Piscina({
      filename: file,
      minThreads: 0,
      maxThreads,
      idleTimeout: idleTimeoutMs,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      env: {},
    }).on('error', (error: Error) => {
      this.logger.error({ msg: 'A thread failed', reason: error.message });
    });
    return this.pool;
  }
}
