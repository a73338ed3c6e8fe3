import { Readable } from 'node:stream';
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
import { MediaUpload } from '../wire/media-upload.js';
import { parseJson } from './parse-json.js';
import { readAnswer, type WholeAnswer } from '../wire/read-answer.js';
import { wholeAnswer } from '../wire/whole-answer.js';
import { TaskEnded } from '../threads/task-ended.js';
import { WorkerThreads } from '../threads/worker-threads.js';
import { faultOfFailure } from '../faults/request-failure.js';
import { RequestFault } from '../faults/request-fault.js';
import { secondsBeforeRetry } from '../faults/retry-advice.js';
import { GmailQuota } from '../quota/gmail-quota.js';
import type { QuotaCall } from '../quota/quota-call.js';
import { QuotaMetrics } from '../quota/quota-metrics.js';
import { QuotaRefused } from '../quota/quota-refused.js';
import type { GmailMethod } from '../quota/unit-costs.js';

/** To parse so much takes milliseconds. */
const longAnswerBytes = 1_000_000;

/** A request for a resource of the mailbox; `path` is relative to `users/me/`. */
export interface GmailRequest {
  /** The tenant and the mailbox whose turn it takes. */
  lane: Lane;
  /** The call that it is a part of, which spends the units. */
  call: QuotaCall;
  /** The method of the Gmail API, which says how many. */
  api: GmailMethod;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Sent as JSON, but for a {@link MediaUpload}, which goes to Gmail's upload URI. */
  body?: unknown;
  /** Success has no content, and says nothing by what it has. */
  answersNothing?: boolean;
}

const userPath = '/gmail/v1/users/me/';

/** Requests to the Gmail API over kept-alive connections, each with an access token. */
@Injectable()
export class GmailHttp implements OnApplicationShutdown {
  private readonly agent: Dispatcher;
  private readonly origin: string;
  private readonly queue: FairQueue;
  private readonly servicePath: string;

  constructor(
    private readonly options: GmailOptions,
    private readonly clock: Clock,
    private readonly threads: WorkerThreads,
    readonly quota: GmailQuota,
    private readonly metrics: QuotaMetrics,
  ) {
    const { origin, pathname } = new URL(options.apiUrl);
    const { connectTimeoutMs, requestTimeoutMs, maxResponseBytes, maxConnections } = options.limits;
    this.servicePath = pathname.replace(/\/$/, '');
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

  /** A call, whose time to wait begins now; see `GmailLimits.callWaitsMs`. */
  newCall(account: string | null): QuotaCall {
    return this.quota.newCall(account, this.options.limits.callWaitsMs);
  }

  /** Runs when the servers have drained; `onModuleDestroy` would close the pool under calls still being answered. */
  async onApplicationShutdown(): Promise<void> {
    await this.agent.close();
  }

  /**
   * Sends a request that has the same effect however often it is done, and again within the retry budget after a
   * 5xx or a network error, and as long as its call may wait after a rate limit.
   * @throws as {@link send} does
   */
  async sendIdempotent(request: GmailRequest, accessToken: string, signal?: AbortSignal): Promise<unknown> {
    return this.retried(request.call, () => this.send(request, accessToken, signal));
  }

  private retried<Result>(call: QuotaCall, attempt: () => Promise<Result>): Promise<Result> {
    const { retryBudgetMs, firstRetryDelayMs } = this.options.limits;
    const budget = new Deadline(this.clock, retryBudgetMs);
    return retry(
      {
        deadline: call.waits.leftMs() > retryBudgetMs ? call.waits : budget,
        maxAttempts: 10,
        firstPauseMs: firstRetryDelayMs,
        longestPauseMs: 4_000,
        shortestAttemptMs: 0,
        retryAfterSeconds: (ending, attempts) =>
          'error' in ending
            ? secondsBeforeRetry(ending.error, {
                attempts,
                leftMs: budget.leftMs(),
                waitsLeftMs: call.waits.leftMs(),
              })
            : null,
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
    const answer = await this.inTurn(request, whole, signal);
    if (request.answersNothing === true && isSuccess(answer)) return undefined;
    return this.read(answer, await this.parsed(answer.bytes, signal));
  }

  /**
   * Sends what must not be done twice. It waits for its turn only as long as the caller is there, since one that has
   * given up may ask again. What goes out, which `begun` is told, is carried to its end.
   * @throws as {@link send} does; the signal's reason only before it goes out
   */
  async sendOnce(
    request: GmailRequest,
    accessToken: string,
    { begun, signal }: { begun: () => void; signal: AbortSignal | undefined },
  ): Promise<unknown> {
    const whole = async (): Promise<WholeAnswer> => {
      signal?.throwIfAborted();
      begun();
      return this.wholeAnswer(request, accessToken);
    };
    const answer = await this.inTurn(request, whole, signal);
    return this.read(answer, await this.parsed(answer.bytes));
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
    await this.retried(request.call, () =>
      this.inTurn(request, () => this.streamed(request, accessToken, consume, signal), signal),
    );
  }

  /**
   * Waits for the units of a call's next request of a method, and spends them, so that what the caller takes meanwhile
   * for that request is not held while it waits.
   * @throws RequestFault `quotaSpent`; the signal's reason when the caller aborts
   */
  async prepay(call: QuotaCall, api: GmailMethod, signal?: AbortSignal): Promise<void> {
    const units = this.admitted(call, api, signal);
    if (units !== null) await units;
    call.prepaid.add(api);
  }

  private async inTurn<Result>(
    { lane, call, api }: GmailRequest,
    work: () => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    // Before its turn: a request that waits for units holds no connection.
    const units = call.prepaid.delete(api) ? null : this.admitted(call, api, signal);
    if (units !== null) await units;
    try {
      return await this.queue.run(lane, work, signal);
    } catch (failure) {
      if (failure instanceof QueueRefused) throw new RequestFault('queueFull', undefined, failure);
      throw failure;
    }
  }

  /** Null: at once. */
  private admitted(call: QuotaCall, api: GmailMethod, signal: AbortSignal | undefined): Promise<void> | null {
    const units = this.quota.admit(call, api, signal);
    return units === null ? null : units.catch(refusalTold);
  }

  private async wholeAnswer(
    request: GmailRequest,
    accessToken: string,
    signal?: AbortSignal,
  ): Promise<WholeAnswer> {
    try {
      const { requestTimeoutMs, downloadTimeoutMs } = this.options.limits;
      const timeoutMs = request.body instanceof MediaUpload ? downloadTimeoutMs : requestTimeoutMs;
      return await withDeadline(timeoutMs, signal, async (deadline) =>
        wholeAnswer(this.agent, this.requestOptions(request, accessToken), deadline),
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
        const answer = await this.agent.request({
          ...this.requestOptions(request, accessToken),
          signal: deadline,
        });
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
    this.read(answer, await this.parsed(answer.bytes));
  }

  private read(answer: WholeAnswer, json: unknown): unknown {
    try {
      return readAnswer(answer, json);
    } catch (failure) {
      if (failure instanceof RequestFault) this.metrics.answered(failure.fault);
      throw failure;
    }
  }

  private requestOptions({ method, path, body }: GmailRequest, accessToken: string) {
    return {
      origin: this.origin,
      method,
      ...this.pathAndBody(path, body, { authorization: `Bearer ${accessToken}`, accept: 'application/json' }),
    };
  }

  private pathAndBody(
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Pick<Dispatcher.RequestOptions, 'path' | 'headers' | 'body'> {
    if (body instanceof MediaUpload) {
      const { contentType, contentLength } = body;
      return {
        path: `${this.servicePath}/upload${userPath}${path}?uploadType=multipart`,
        headers: { ...headers, 'content-type': contentType, 'content-length': String(contentLength) },
        body: Readable.from(body.chunks(), { objectMode: false }),
      };
    }
    return {
      path: this.servicePath + userPath + path,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    };
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

function isSuccess({ statusCode }: WholeAnswer): boolean {
  return statusCode === 200 || statusCode === 204;
}

async function whole({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<WholeAnswer> {
  return { statusCode, headers, bytes: await body.bytes() };
}

function refusalTold(failure: unknown): never {
  if (!(failure instanceof QuotaRefused)) throw failure;
  throw new RequestFault('quotaSpent', failure.retryAfterSeconds, failure);
}
