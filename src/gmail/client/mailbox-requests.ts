import type { z } from 'zod';
import type { AccessTokenSource } from '../access-token-source.js';
import { gmailError, mayHaveWorked } from '../faults/gmail-fault.js';
import { RequestFault } from '../faults/request-fault.js';
import type { MailboxTerms } from '../mailbox-terms.js';
import type { QuotaLeft } from '../quota/gmail-quota.js';
import type { QuotaCall } from '../quota/quota-call.js';
import type { GmailMethod, UnitCosts } from '../quota/unit-costs.js';
import { abortable } from './abortable.js';
import type { GmailHttp, GmailRequest } from './gmail-http.js';
import { OutcomeUnknown } from './outcome-unknown.js';

/** `users.messages.send`, `users.drafts.send`, and whatever Gmail may call so. */
const sendingPath = /(^|\/)send(\?|$)/;

/** What a request is, and of which scopes one is enough for it. */
export interface ApiMethod {
  name: GmailMethod;
  scopes: readonly string[];
}

/** A request that must not be done twice, on its way. */
interface Attempt {
  /** Whether it may have been carried out by now: true from the moment it goes out until an answer says no. */
  mayHaveWorked: boolean;
}

/** Requests for one mailbox: sent with the tokens of one source, and no longer than one signal allows. */
export class MailboxRequests {
  /** Its requests share its time, and what they spend. */
  private readonly call: QuotaCall;

  constructor(
    private readonly http: GmailHttp,
    private readonly source: AccessTokenSource,
    private readonly terms: MailboxTerms,
    private readonly signal?: AbortSignal,
  ) {
    this.call = http.newCall(terms.account);
  }

  /**
   * GETs a resource; `path` is relative to `users/me/`. A 401 is answered once with another token; rate limits,
   * 5xx and network errors are retried within the retry budget.
   * @throws EvergrantError for every fault of Gmail's or the network's, and for an answer of another shape;
   *   whatever the source throws; the signal's reason when the caller aborts.
   */
  async get<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    method: ApiMethod,
  ): Promise<z.output<Schema>> {
    return this.idempotent(schema, this.request(method, 'GET', path), method);
  }

  /**
   * GETs a resource of any length, and hands its bytes on as they come; `consume` throws nothing once it has passed
   * bytes on.
   * @throws as {@link get} does
   */
  async download(
    path: string,
    method: ApiMethod,
    consume: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
  ): Promise<void> {
    const request = this.request(method, 'GET', path);
    await this.faultsTold(() =>
      this.withTokens(method.scopes, (accessToken) =>
        this.http.download(request, accessToken, consume, this.signal),
      ),
    );
  }

  /**
   * Waits for the quota of this call's next request of a method, which then goes out without waiting for it.
   * @throws as {@link get} does
   */
  async prepay({ name }: ApiMethod): Promise<void> {
    await this.faultsTold(() => this.http.prepay(this.call, name, this.signal));
  }

  /** POSTs what has the same effect however often it is done: retried like a read, and fails like one. */
  async postIdempotent<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body: unknown,
    method: ApiMethod,
  ): Promise<z.output<Schema>> {
    refuseToSend(path);
    return this.idempotent(schema, this.request(method, 'POST', path, body), method);
  }

  /**
   * Replaces or changes a resource, which has the same effect however often it is done: retried like a read, and fails
   * like one.
   */
  async change<Schema extends z.ZodType>(
    schema: Schema,
    { verb, path, body }: { verb: 'PUT' | 'PATCH'; path: string; body: unknown },
    method: ApiMethod,
  ): Promise<z.output<Schema>> {
    return this.idempotent(schema, this.request(method, verb, path, body), method);
  }

  /**
   * Does what has the same effect however often it is done, and whose success has no content. What was deleted by an
   * attempt whose answer was lost is `NOT_FOUND` to the next.
   */
  async perform(
    { verb, path, body }: { verb: 'POST' | 'DELETE'; path: string; body?: unknown },
    method: ApiMethod,
  ): Promise<void> {
    refuseToSend(path);
    const request = { ...this.request(method, verb, path, body), answersNothing: true };
    await this.sendIdempotent(request, method.scopes);
  }

  /**
   * POSTs what must not be done twice: never repeated, but for a 401, which says that nothing was done. Once
   * begun it is carried to its end, since an abort would undo nothing.
   * @throws OutcomeUnknown when it may have been done nevertheless; EvergrantError when it was not; whatever
   *   the source throws; the signal's reason when the caller aborts before it goes out.
   */
  async postOnce<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body: unknown,
    method: ApiMethod,
  ): Promise<z.output<Schema>> {
    refuseToSend(path);
    return this.once(schema, this.request(method, 'POST', path, body), method, { mayHaveWorked: false });
  }

  /**
   * POSTs what sends a mail to so many recipients, as {@link postOnce} does, with a permit reserved before. This is the
   * only way to a method of Gmail's that sends. The permit of what provably did not leave is given back.
   * @throws what {@link postOnce} and the permits throw
   */
  async sendMail<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body: unknown,
    { method, recipients }: { method: ApiMethod; recipients: number },
  ): Promise<z.output<Schema>> {
    const permit = await this.terms.permits.reserve(recipients);
    const attempt: Attempt = { mayHaveWorked: false };
    try {
      return await this.once(schema, this.request(method, 'POST', path, body), method, attempt);
    } catch (failure) {
      if (!attempt.mayHaveWorked) await permit.giveBack();
      throw failure;
    }
  }

  get unitCosts(): UnitCosts {
    return this.http.quota.costs;
  }

  /** What the call leaves of the mailbox's quota; null where it spent nothing, or nothing is counted. */
  quotaLeft(): QuotaLeft | null {
    return this.call.spentUnits === 0 ? null : this.http.quota.left(this.call);
  }

  /** The same mailbox, whether the caller is still there or not. */
  withoutSignal(): MailboxRequests {
    return new MailboxRequests(this.http, this.source, this.terms);
  }

  private async idempotent<Schema extends z.ZodType>(
    schema: Schema,
    request: GmailRequest,
    { scopes }: ApiMethod,
  ): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(await this.sendIdempotent(request, scopes));
    if (!parsed.success) throw gmailError('malformed', { cause: parsed.error });
    return parsed.data;
  }

  private request(
    { name }: ApiMethod,
    method: GmailRequest['method'],
    path: string,
    body?: unknown,
  ): GmailRequest {
    return { lane: this.terms.lane, call: this.call, api: name, method, path, body };
  }

  private async sendIdempotent(request: GmailRequest, scopes: readonly string[]): Promise<unknown> {
    const { http, signal } = this;
    return this.faultsTold(() => {
      const answer = this.withTokens(scopes, (accessToken) =>
        http.sendIdempotent(request, accessToken, signal),
      );
      return abortable(answer, signal);
    });
  }

  private async faultsTold<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (failure) {
      if (this.signal?.aborted === true || !(failure instanceof RequestFault)) throw failure;
      throw gmailError(failure.fault, failure);
    }
  }

  private async once<Schema extends z.ZodType>(
    schema: Schema,
    request: GmailRequest,
    { scopes }: ApiMethod,
    attempt: Attempt,
  ): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(await this.sendOnce(request, scopes, attempt));
    if (!parsed.success) throw new OutcomeUnknown(parsed.error);
    return parsed.data;
  }

  private async sendOnce(
    request: GmailRequest,
    scopes: readonly string[],
    attempt: Attempt,
  ): Promise<unknown> {
    try {
      return await this.withTokens(scopes, async (accessToken) => {
        const begun = (): void => {
          attempt.mayHaveWorked = true;
        };
        const { signal } = this;
        return this.http.sendOnce(request, accessToken, { begun, signal }).catch((failure: unknown) => {
          if (failure instanceof RequestFault) attempt.mayHaveWorked = mayHaveWorked(failure.fault);
          throw failure;
        });
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

/** A method that sends without a permit is a mistake in the code, found by the first test that calls it. */
function refuseToSend(path: string): void {
  if (sendingPath.test(path)) throw new TypeError(`${path} sends mail and goes through sendMail`);
}
