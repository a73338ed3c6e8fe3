import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import {
  Clock,
  Deadline,
  FairQueue,
  type Lane,
  outboundAgent,
  QueueRefused,
  retry,
  withDeadline,
} from '../../resilience/index.js';
import { EvergrantError } from '../../errors/index.js';
import { GmailOptions } from './gmail-options.js';
import { parseJson } from './parse-json.js';
import { readAnswer, type WholeAnswer } from './read-answer.js';
import { TaskEnded } from '../threads/task-ended.js';
import { WorkerThreads } from '../threads/worker-threads.js';
import { faultOfFailure } from '../faults/request-failure.js';
import { RequestFault, secondsBeforeRetry } from '../faults/request-fault.js';

/** To parse so much takes milliseconds. */
const longAnswerBytes = 1_000_000;

/** A request for a resource of the mailbox; `path` is relative to `users/me/`. */
export interface GmailRequest {
  /** The tenant and the mailbox whose turn it takes. */
  lane: Lane;
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** Requests to the Gmail API over kept-alive connections, each with an access token. */
@Injectable()
export class GmailHttp implements OnApplicationShutdown {
  private readonly agent: Dispatcher;
  private readonly origin: string;
  private readonly queue: FairQueue;
  private readonly basePath: string;

  constructor(
    private readonly options: GmailOptions,
    private readonly clock: Clock,
    private readonly threads: WorkerThreads,
  ) {
    const { origin, pathname } = new URL(options.apiUrl);
    const { connectTimeoutMs, requestTimeoutMs, maxResponseBytes, maxConnections } = options.limits;
    this.basePath = `${pathname.replace(/\/$/, '')}/gmail/v1/users/me/`;
    this.queue = new FairQueue({
      total: maxConnections,
      perOwner: options.limits.requestsPerTenant,
      perLane: options.limits.requestsPerMailbox,
      waitingPerLane: options.limits.waitingPerMailbox,
      longestWaitMs: options.limits.longestWaitMs,
    });
    this.origin = origin;
    this.agent = outboundAgent({
      connectTimeoutMs,
      proxy: options.proxy,
      connections: maxConnections,
      headersTimeout: requestTimeoutMs,
      bodyTimeout: requestTimeoutMs,
      maxResponseSize: maxResponseBytes,
    });
  }

  /** Runs when the servers have drained; `onModuleDestroy` would close the pool under calls still being answered. */
  async onApplicationShutdown(): Promise<void> {
    await this.agent.close();
  }

  /**
   * Sends a request that has the same effect however often it is done, and again within the retry budget after a
   * rate limit, a 5xx or a network error.
   * @throws as {@link send} does
   */
  async sendIdempotent(request: GmailRequest, accessToken: string, signal?: AbortSignal): Promise<unknown> {
    return this.retried(() => this.send(request, accessToken, signal));
  }

  private retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const { retryBudgetMs, firstRetryDelayMs } = this.options.limits;
    return retry(
      {
        deadline: new Deadline(this.clock, retryBudgetMs),
        maxAttempts: 3,
        firstPauseMs: firstRetryDelayMs,
        longestPauseMs: 4_000,
        shortestAttemptMs: 0,
        retryAfterSeconds: (ending) => ('error' in ending ? secondsBeforeRetry(ending.error) : null),
      },
      attempt,
    );
  }

  /**
   * Sends one request when it is its mailbox's turn, and yields the JSON of its answer.
   * @throws RequestFault for every other answer, and when none came; the signal's reason when the caller aborts
   */
  async send(request: GmailRequest, accessToken: string, signal?: AbortSignal): Promise<unknown> {
    const whole = (): Promise<WholeAnswer> => this.wholeAnswer(request, accessToken, signal);
    const answer = await this.inTurn(request.lane, whole, signal);
    return readAnswer(answer, await this.parsed(answer.bytes, signal));
  }

  /**
   * Hands the body of a successful answer on as it comes, and keeps the mailbox's turn until all of it is taken. Tried
   * again as {@link sendIdempotent} is; `consume` throws nothing once it has passed bytes on.
   * @throws as {@link send} does
   */
  async download(
    request: GmailRequest,
    accessToken: string,
    consume: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.retried(() =>
      this.inTurn(request.lane, () => this.streamed(request, accessToken, consume, signal), signal),
    );
  }

  private async inTurn<Result>(
    lane: Lane,
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    try {
      return await this.queue.run(lane, work, signal);
    } catch (failure) {
      if (failure instanceof QueueRefused) throw new RequestFault('queueFull', undefined, failure);
      throw failure;
    }
  }

  private async wholeAnswer(
    request: GmailRequest,
    accessToken: string,
    signal?: AbortSignal,
  ): Promise<WholeAnswer> {
    try {
      return await withDeadline(this.options.limits.requestTimeoutMs, signal, async (deadline) =>
        whole(await this.request(request, accessToken, deadline)),
      );
    } catch (failure) {
      signal?.throwIfAborted();
      throw new RequestFault(faultOfFailure(failure), undefined, failure);
    }
  }

  private async streamed(
    request: GmailRequest,
    accessToken: string,
    consume: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    try {
      await withDeadline(this.options.limits.downloadTimeoutMs, signal, async (deadline) => {
        const answer = await this.request(request, accessToken, deadline);
        if (answer.statusCode === 200) await consume(answer.body as AsyncIterable<Uint8Array>);
        else await this.refuse(await whole(answer));
      });
    } catch (failure) {
      signal?.throwIfAborted();
      if (failure instanceof RequestFault || failure instanceof EvergrantError) throw failure;
      throw new RequestFault(faultOfFailure(failure), undefined, failure);
    }
  }

  /** Throws what the answer says, whose status is not 200. */
  private async refuse(answer: WholeAnswer): Promise<void> {
    readAnswer(answer, await this.parsed(answer.bytes));
  }

  private request(
    { method, path, body }: GmailRequest,
    accessToken: string,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    return this.agent.request({
      origin: this.origin,
      method,
      path: this.basePath + path,
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    });
  }

  private async parsed(bytes: Uint8Array, signal?: AbortSignal): Promise<unknown> {
    if (bytes.length < longAnswerBytes) return parseJson(bytes);
    try {
      return await this.threads.run('parseJson', bytes, { signal, transfer: [bytes.buffer as ArrayBuffer] });
    } catch (failure) {
      if (failure instanceof TaskEnded) throw new RequestFault('tooLarge', undefined, failure);
      throw failure;
    }
  }
}

async function whole({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<WholeAnswer> {
  return { statusCode, headers, bytes: await body.bytes() };
}
