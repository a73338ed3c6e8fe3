import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { bulkhead } from 'cockatiel';
import { Piscina } from 'piscina';
import { withDeadline } from '../../resilience/index.js';
import { TaskEnded } from './task-ended.js';

/** What src/gmail/gmail-worker.ts exports. */
type WorkerTask = 'parseJson' | 'readBody';

interface TaskOptions {
  /** The caller's: ends the task, and the thread that it runs in. */
  signal?: AbortSignal | undefined;
  /** What moves to the thread instead of being copied, and is gone here. */
  transfer?: ArrayBuffer[];
}

/** The compiled file, in tests too: a thread knows nothing of what compiles them. */
const workerFile = createRequire(import.meta.url).resolve('#gmail-worker');

/** One processor stays with the event loop. */
const maxThreads = Math.min(Math.max(availableParallelism() - 1, 1), 4);
const maxWaiting = 100;
const idleTimeoutMs = 30_000;
const maxHeapMb = 256;

/**
 * A few threads for what would hold the event loop, and with it every other caller, for too long. They start when
 * there is something to do, end when there has been nothing for a while, and know no secret.
 */
export class WorkerThreads implements OnApplicationShutdown {
  private readonly logger = new Logger(WorkerThreads.name);
  /** Tasks wait here and not in the pool: their time limit begins with their turn. */
  private readonly turns = bulkhead(maxThreads, maxWaiting);
  private pool: Piscina | undefined;

  constructor(private readonly timeLimitMs: number) {}

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
      this.startedPool().run(input, {
        name: task,
        signal: ending,
        transferList: transfer,
      }) as Promise<Result>;
    try {
      return await this.turns.execute(() => withDeadline(this.timeLimitMs, signal, inThread), signal);
    } catch (failure) {
      signal?.throwIfAborted();
      const ended = new TaskEnded(task, failure);
      this.logger.warn({ msg: ended.message, reason: ended.reason });
      throw ended;
    }
  }

  private startedPool(): Piscina {
    this.pool ??= new Piscina({
      filename: workerFile,
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
