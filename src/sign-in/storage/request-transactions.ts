import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { SqlExecutor } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { FairQueue, QueueRefused, type Lane } from '../../resilience/index.js';

interface Work {
  /** Once something is written. */
  begun: Promise<Transaction> | null;
}

interface Transaction {
  runner: QueryRunner;
  leave: () => void;
}

/** Of the 20 connections to the database: each of these may need a second one, of which some must always be left. */
const transactionsAtOnce = 6;
const mostWaiting = 1_000;
const longestWaitMs = 10_000;
const lane: Lane = { owner: '', lane: '' };

/**
 * One transaction for all that a request to the authorization server writes: a code that is used up and a token that
 * could not be stored would else be a sign-in lost. It begins with the first write, so that none is open while a
 * client's document is fetched.
 */
@Injectable()
export class RequestTransactions {
  private readonly works = new AsyncLocalStorage<Work>();

  private readonly places = new FairQueue({
    ...{ total: transactionsAtOnce, perOwner: transactionsAtOnce, perLane: transactionsAtOnce },
    ...{ waitingPerLane: mostWaiting, longestWaitMs },
  });

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Commits before it resolves, and rolls back what ends in a fault.
   * @param isFault whether a result means that it is to be tried again
   * @throws what the commit throws
   */
  async run<Result>(serve: () => Promise<Result>, isFault: (result: Result) => boolean): Promise<Result> {
    const work: Work = { begun: null };
    try {
      const result = await this.works.run(work, serve);
      await this.end(work, !isFault(result));
      return result;
    } catch (error) {
      await this.end(work, false).catch(() => undefined);
      throw error;
    }
  }

  /** For reading: sees what this request has written. */
  async reader(): Promise<SqlExecutor> {
    const { begun } = this.works.getStore() ?? {};
    return begun ? (await begun).runner : this.dataSource;
  }

  /** For writing; outside of a request each statement stands alone. */
  async writer(): Promise<SqlExecutor> {
    const work = this.works.getStore();
    if (work === undefined) return this.dataSource;
    return (await (work.begun ??= this.begin())).runner;
  }

  private async begin(): Promise<Transaction> {
    const leave = await this.place();
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      return { runner, leave };
    } catch (error) {
      leave();
      await runner.release().catch(() => undefined);
      throw error;
    }
  }

  /** @returns what gives the place to the next */
  private place(): Promise<() => void> {
    return new Promise((resolve, reject) => {
      // Nothing but a refusal can reject it.
      void this.places
        .run(lane, () => new Promise<void>((leave) => resolve(leave)))
        .catch((cause: unknown) => {
          if (!(cause instanceof QueueRefused)) throw cause;
          reject(new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'sign_in_queue', cause }));
        });
    });
  }

  private async end({ begun }: Work, commits: boolean): Promise<void> {
    const transaction = await begun?.catch(() => null);
    if (transaction == null) return;
    const { runner, leave } = transaction;
    try {
      await (commits ? runner.commitTransaction() : runner.rollbackTransaction());
    } finally {
      leave();
      await runner.release();
    }
  }
}
