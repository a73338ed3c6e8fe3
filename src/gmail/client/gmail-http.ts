import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'undici';
import { Clock } from '../../resilience/index.js';
import { GmailOptions } from './gmail-options.js';
import { retryIdempotent } from './idempotent-retry.js';
import { readAnswer } from './read-answer.js';
import { withDeadline } from './with-deadline.js';
import { faultOfFailure } from '../faults/request-failure.js';
import { RequestFault } from '../faults/request-fault.js';

/** A request for a resource of the mailbox; `path` is relative to `users/me/`. */
export interface GmailRequest {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** Requests to the Gmail API over kept-alive connections, each with an access token. */
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
      // Faults are told by the errors of HTTP/1.1 connections, and the limit is on connections.
      allowH2: false,
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
   * Sends a request that has the same effect however often it is done, and again within the retry budget after a
   * rate limit, a 5xx or a network error.
   * @throws as {@link send} does
   */
  async sendIdempotent(request: GmailRequest, accessToken: string, signal?: AbortSignal): Promise<unknown> {
    return retryIdempotent(() => this.send(request, accessToken, signal), this.options.limits, this.clock);
  }

  /**
   * Sends one request and yields the JSON of its answer.
   * @throws RequestFault for every other answer, and when none came; the signal's reason when the caller aborts
   */
  async send(
    { method, path, body }: GmailRequest,
    accessToken: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    try {
      return await withDeadline(this.options.limits.requestTimeoutMs, signal, async (deadline) => {
        const answer = await this.pool.request({
          method,
          path: this.basePath + path,
          headers: {
            authorization: `Bearer ${accessToken}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : JSON.stringify(body),
          signal: deadline,
        });
        return readAnswer(answer);
      });
    } catch (failure) {
      if (failure instanceof RequestFault) throw failure;
      signal?.throwIfAborted();
      throw new RequestFault(faultOfFailure(failure), undefined, failure);
    }
  }
}
