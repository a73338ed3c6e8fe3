import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'undici';
import { Clock } from '../../resilience/index.js';
import type { AccessTokenSource } from '../access-token-source.js';
import { abortable } from './abortable.js';
import { gmailError, mayHaveWorked } from '../faults/gmail-fault.js';
import { GmailOptions } from './gmail-options.js';
import { retryIdempotent } from './idempotent-retry.js';
import { OutcomeUnknown } from './outcome-unknown.js';
import { readAnswer } from './read-answer.js';
import { faultOfFailure } from '../faults/request-failure.js';
import { RequestFault } from '../faults/request-fault.js';

/** A request for a resource of the mailbox; `path` is relative to `users/me/`. */
interface GmailRequest {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** Authorized requests to the Gmail API over kept-alive connections. */
@Injectable()
export class GmailHttp implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly basePath: string;

  constructor(
    private readonly options: GmailOptions,
    private readonly clock: Clock,
  ) {
    const { origin, pathname } = new URL(options.apiUrl);
    const { connectTimeoutMs, requestTimeoutMs, maxResponseBytes, maxConnections } = options.limits;
    this.basePath = `${pathname.replace(/\/$/, '')}/gmail/v1/users/me/`;
    this.pool = new Pool(origin, {
      connections: maxConnections,
      connect: { timeout: connectTimeoutMs },
      headersTimeout: requestTimeoutMs,
      bodyTimeout: requestTimeoutMs,
      maxResponseSize: maxResponseBytes,
    });
  }

  /** Runs when the servers have drained; `onModuleDestroy` would close the pool under calls still being answered. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }

  /**
   * GETs a resource and yields its JSON. A 401 is answered once with another token; rate limits, 5xx and
   * network errors are retried within the retry budget.
   * @throws EvergrantError for every fault of Gmail's or the network's; whatever the source throws; the
   *   signal's reason when the caller aborts.
   */
  async get(source: AccessTokenSource, path: string, signal?: AbortSignal): Promise<unknown> {
    return this.idempotent(source, { method: 'GET', path }, signal);
  }

  /** POSTs what has the same effect however often it is done: retried like a read, and fails like one. */
  async postIdempotent(
    source: AccessTokenSource,
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.idempotent(source, { method: 'POST', path, body }, signal);
  }

  /**
   * POSTs what must not be done twice: never repeated, but for a 401, which says that nothing was done. Once
   * begun it is carried to its end, since an abort would undo nothing.
   * @throws OutcomeUnknown when it may have been done nevertheless; EvergrantError when it was not; whatever
   *   the source throws; the signal's reason when the caller aborts before it is sent.
   */
  async postOnce(
    source: AccessTokenSource,
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    try {
      return await withTokens(source, (accessToken) => {
        signal?.throwIfAborted();
        return this.request({ method: 'POST', path, body }, accessToken);
      });
    } catch (failure) {
      if (!(failure instanceof RequestFault)) throw failure;
      throw mayHaveWorked(failure.fault) ? new OutcomeUnknown(failure) : gmailError(failure.fault, failure);
    }
  }

  private async idempotent(
    source: AccessTokenSource,
    request: GmailRequest,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const send = (accessToken: string): Promise<unknown> =>
      retryIdempotent(() => this.request(request, accessToken, signal), this.options.limits, this.clock);
    try {
      return await abortable(withTokens(source, send), signal);
    } catch (failure) {
      if (signal?.aborted === true || !(failure instanceof RequestFault)) throw failure;
      throw gmailError(failure.fault, failure);
    }
  }

  private async request(
    { method, path, body }: GmailRequest,
    accessToken: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const deadline = AbortSignal.timeout(this.options.limits.requestTimeoutMs);
    try {
      const answer = await this.pool.request({
        method,
        path: this.basePath + path,
        headers: {
          authorization: `Bearer ${accessToken}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      return await readAnswer(answer);
    } catch (failure) {
      if (failure instanceof RequestFault) throw failure;
      signal?.throwIfAborted();
      throw new RequestFault(faultOfFailure(failure), undefined, failure);
    }
  }
}

/** Sends with the source's token, and once more with another one when Gmail answers 401. */
async function withTokens<T>(
  source: AccessTokenSource,
  send: (accessToken: string) => Promise<T>,
): Promise<T> {
  const accessToken = await source.accessToken();
  try {
    return await send(accessToken);
  } catch (failure) {
    if (!(failure instanceof RequestFault) || failure.fault !== 'unauthorized') throw failure;
    return send(await source.accessToken({ rejectedToken: accessToken }));
  }
}
