import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FairQueue, type Lane, QueueRefused } from '../../resilience/index.js';
import { Unreadable, type UnreadableReason } from '../archives/unreadable.js';
import { GmailOptions } from '../client/gmail-options.js';
import type { DocumentReading } from '../formats/read-document.js';
import { TaskEnded } from '../threads/task-ended.js';
import { documentThreads, WorkerThreads } from '../threads/worker-threads.js';

/**
 * Reads documents in a thread of their own. Few are in memory at once, and mailboxes and tenants take turns, so that
 * the documents of one keep no other waiting for long.
 */
@Injectable()
export class DocumentReader implements OnApplicationShutdown {
  private readonly queue = new FairQueue({
    ...{ total: 3, perOwner: 2, perLane: 1, waitingPerLane: 5 },
    longestWaitMs: 30_000,
  });
  private readonly threads: WorkerThreads;

  constructor({ limits }: GmailOptions) {
    this.threads = new WorkerThreads(limits.documentTimeoutMs, documentThreads);
  }

  /** Runs when the servers have drained, as calls still being answered may need the thread. */
  async onApplicationShutdown(): Promise<void> {
    await this.threads.onApplicationShutdown();
  }

  /**
   * Does what fetches and reads a document, when it is its mailbox's turn.
   * @throws Unreadable `busy` when too many wait; what the work throws; the signal's reason when the caller aborts
   */
  async inTurn<Result>(lane: Lane, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    try {
      return await this.queue.run(lane, work, signal);
    } catch (failure) {
      throw failure instanceof QueueRefused ? new Unreadable('busy', { cause: failure }) : failure;
    }
  }

  /**
   * The text of a document by what its bytes are; those are moved to the thread, and gone here.
   * @throws Unreadable for a document without a text that can be told; the signal's reason when the caller aborts
   */
  async read(bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<string> {
    const reading = await this.inThread(bytes, signal);
    if ('unreadable' in reading) throw new Unreadable(reading.unreadable);
    return reading.text;
  }

  private async inThread(
    bytes: Uint8Array<ArrayBuffer>,
    signal: AbortSignal | undefined,
  ): Promise<DocumentReading> {
    try {
      return await this.threads.run('readDocument', bytes, { signal, transfer: [bytes.buffer] });
    } catch (failure) {
      if (failure instanceof TaskEnded) return { unreadable: reasonOf(failure) };
      throw failure;
    }
  }
}

/** What ended the thread; else it has stumbled over the document. */
function reasonOf({ reason }: TaskEnded): UnreadableReason {
  if (reason === 'ERR_WORKER_OUT_OF_MEMORY') return 'too_large';
  if (reason === 'TimeoutError') return 'took_too_long';
  return reason === 'TooManyWaiting' ? 'busy' : 'damaged';
}
