import type { QuotaCall } from './quota-call.js';

/** A request that waits for its units. */
export interface WaitingRequest {
  readonly call: QuotaCall;
  readonly units: number;
  admit(): void;
  refuse(retryAfterSeconds: number): void;
}

/** Requests that wait, in the order of their turns: calls in turn, and of each call the oldest first. */
export class Turns {
  private readonly calls = new Map<QuotaCall, Set<WaitingRequest>>();

  get isEmpty(): boolean {
    return this.calls.size === 0;
  }

  get units(): number {
    return this.all().reduce((sum, { units }) => sum + units, 0);
  }

  all(): WaitingRequest[] {
    return [...this.calls.values()].flatMap((requests) => [...requests]);
  }

  add(request: WaitingRequest): void {
    const requests = this.calls.get(request.call);
    if (requests === undefined) this.calls.set(request.call, new Set([request]));
    else requests.add(request);
  }

  /** The next one: of calls that asked for little so far, before those that asked for much. */
  next(isLarge: (call: QuotaCall) => boolean): WaitingRequest | undefined {
    const calls = [...this.calls.keys()];
    const call = calls.find((each) => !isLarge(each)) ?? calls[0];
    const [request] = (call && this.calls.get(call)) ?? [];
    return request;
  }

  /** Its call goes to the end of the line. */
  remove(request: WaitingRequest): void {
    const requests = this.calls.get(request.call);
    if (requests?.delete(request) !== true) return;
    this.calls.delete(request.call);
    if (requests.size > 0) this.calls.set(request.call, requests);
  }
}
