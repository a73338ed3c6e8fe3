import type { z } from 'zod';
import type { AccessTokenSource } from '../access-token-source.js';
import { gmailError, mayHaveWorked } from '../faults/gmail-fault.js';
import { RequestFault } from '../faults/request-fault.js';
import { abortable } from './abortable.js';
import type { GmailHttp, GmailRequest } from './gmail-http.js';
import { OutcomeUnknown } from './outcome-unknown.js';

/** Requests for one mailbox: sent with the tokens of one source, and no longer than one signal allows. */
export class MailboxRequests {
  constructor(
    private readonly http: GmailHttp,
    private readonly source: AccessTokenSource,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * GETs a resource; `path` is relative to `users/me/`, and one of `scopes` is enough for it. A 401 is answered once with another token; rate limits,
   * 5xx and network errors are retried within the retry budget.
   * @throws EvergrantError for every fault of Gmail's or the network's, and for an answer of another shape;
   *   whatever the source throws; the signal's reason when the caller aborts.
   */
  async get<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    scopes: readonly string[],
  ): Promise<z.output<Schema>> {
    return this.idempotent(schema, { method: 'GET', path }, scopes);
  }

  /** POSTs what has the same effect however often it is done: retried like a read, and fails like one. */
  async postIdempotent<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body: unknown,
    scopes: readonly string[],
  ): Promise<z.output<Schema>> {
    return this.idempotent(schema, { method: 'POST', path, body }, scopes);
  }

  /**
   * POSTs what must not be done twice: never repeated, but for a 401, which says that nothing was done. Once
   * begun it is carried to its end, since an abort would undo nothing.
   * @throws OutcomeUnknown when it may have been done nevertheless; EvergrantError when it was not; whatever
   *   the source throws; the signal's reason when the caller aborts before it is sent.
   */
  async postOnce<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body: unknown,
    scopes: readonly string[],
  ): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(await this.sendOnce({ method: 'POST', path, body }, scopes));
    if (!parsed.success) throw new OutcomeUnknown(parsed.error);
    return parsed.data;
  }

  /** The same mailbox, whether the caller is still there or not. */
  withoutSignal(): MailboxRequests {
    return new MailboxRequests(this.http, this.source);
  }

  private async idempotent<Schema extends z.ZodType>(
    schema: Schema,
    request: GmailRequest,
    scopes: readonly string[],
  ): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(await this.sendIdempotent(request, scopes));
    if (!parsed.success) throw gmailError('malformed', { cause: parsed.error });
    return parsed.data;
  }

  private async sendIdempotent(request: GmailRequest, scopes: readonly string[]): Promise<unknown> {
    const { http, signal } = this;
    try {
      const answer = this.withTokens(scopes, (accessToken) =>
        http.sendIdempotent(request, accessToken, signal),
      );
      return await abortable(answer, signal);
    } catch (failure) {
      if (signal?.aborted === true || !(failure instanceof RequestFault)) throw failure;
      throw gmailError(failure.fault, failure);
    }
  }

  private async sendOnce(request: GmailRequest, scopes: readonly string[]): Promise<unknown> {
    try {
      return await this.withTokens(scopes, (accessToken) => {
        this.signal?.throwIfAborted();
        return this.http.send(request, accessToken);
      });
    } catch (failure) {
      if (!(failure instanceof RequestFault)) throw failure;
      throw mayHaveWorked(failure.fault) ? new OutcomeUnknown(failure) : gmailError(failure.fault, failure);
    }
  }

  /** Sends with the source's token, and once more with another one when Gmail answers 401. */
  private async withTokens(
    scopes: readonly string[],
    send: (accessToken: string) => Promise<unknown>,
  ): Promise<unknown> {
    const accessToken = await this.source.accessToken({ scopes });
    try {
      return await send(accessToken);
    } catch (failure) {
      if (!(failure instanceof RequestFault) || failure.fault !== 'unauthorized') throw failure;
      return send(await this.source.accessToken({ scopes, rejectedToken: accessToken }));
    }
  }
}
