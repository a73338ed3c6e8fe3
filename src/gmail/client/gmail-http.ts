import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Dispatcher, Pool } from 'undici';
import { Clock } from '../../resilience/index.js';
import type { AccessTokenSource } from '../access-token-source.js';
import { abortable } from './abortable.js';
import { faultOfAnswer, readErrorAnswer } from './error-answer.js';
import { gmailError } from './gmail-fault.js';
import { GmailOptions } from './gmail-options.js';
import { retryRead } from './read-retry.js';
import { faultOfFailure } from './request-failure.js';
import { RequestFault } from './request-fault.js';
import { retryAfterSeconds } from './retry-after.js';

/** Authorized reads of the Gmail API over kept-alive connections. */
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
   * GETs a resource of the mailbox (`path` is relative to `users/me/`) and yields its JSON. A 401 is answered
   * once with another token; rate limits, 5xx and network errors are retried within the retry budget.
   * @throws EvergrantError for every fault of Gmail's or the network's; whatever the source throws; the
   *   signal's reason when the caller aborts.
   */
  async get(source: AccessTokenSource, path: string, signal?: AbortSignal): Promise<unknown> {
    try {
      return await abortable(this.getWithTokens(source, path, signal), signal);
    } catch (failure) {
      if (signal?.aborted === true || !(failure instanceof RequestFault)) throw failure;
      throw gmailError(failure.fault, failure);
    }
  }

  private async getWithTokens(
    source: AccessTokenSource,
    path: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const read = (accessToken: string): Promise<unknown> =>
      retryRead(() => this.request(path, accessToken, signal), this.options.limits, this.clock);

    const accessToken = await source.accessToken();
    try {
      return await read(accessToken);
    } catch (failure) {
      if (!(failure instanceof RequestFault) || failure.fault !== 'unauthorized') throw failure;
      return read(await source.accessToken({ rejectedToken: accessToken }));
    }
  }

  private async request(path: string, accessToken: string, signal?: AbortSignal): Promise<unknown> {
    const deadline = AbortSignal.timeout(this.options.limits.requestTimeoutMs);
    try {
      const answer = await this.pool.request({
        method: 'GET',
        path: this.basePath + path,
        headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      return readAnswer(answer, parseJson(await answer.body.text()));
    } catch (failure) {
      if (failure instanceof RequestFault) throw failure;
      signal?.throwIfAborted();
      throw new RequestFault(faultOfFailure(failure), undefined, failure);
    }
  }
}

function readAnswer({ statusCode, headers }: Dispatcher.ResponseData, body: unknown): unknown {
  if (statusCode === 200) {
    if (body === undefined) throw new RequestFault('malformed');
    return body;
  }
  const errorAnswer = readErrorAnswer(body);
  const hints = {
    retryAfterHeader: headers['retry-after']?.toString(),
    dateHeader: headers.date?.toString(),
    message: errorAnswer?.message,
  };
  throw new RequestFault(faultOfAnswer(statusCode, errorAnswer), retryAfterSeconds(hints));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
