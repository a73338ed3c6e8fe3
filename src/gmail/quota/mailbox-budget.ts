import type { Clock } from '../../resilience/index.js';
import type { QuotaCall } from './quota-call.js';
import { quotaDecision, type QuotaDecision, sliceSize, unitsOf } from './quota-decision.js';
import { QuotaRefused } from './quota-refused.js';
import { Turns, type WaitingRequest } from './turns.js';
import { UnitLedger } from './unit-ledger.js';
import type { UnitSource } from './unit-source.js';

/**
 * How long taken units count against the limit, and how soon they must be spent. Between the two lies more than a
 * minute, so whatever minute of Gmail's a request falls into, its units count in it.
 */
const countsForMs = 65_000;
const spendableForMs = 4_000;
/** Other processes may take units meanwhile, so it looks again this often. */
const longestPauseMs = 1_000;
const pauseWithoutGrantMs = 20;
/** A call that has spent this part of the limit is a large one, */
const largePart = 1 / 30;
/** and leaves this part of it to others, so that a single read is possible beside a long one. */
const reservedPart = 1 / 10;

/**
 * The quota of one mailbox, as this process knows it. Units are taken in slices from where all processes count them, and
 * spent from memory; what is not spent in time lapses. Waiting requests take turns, call by call.
 */
export class MailboxBudget {
  private readonly ledger: UnitLedger;
  private readonly turns = new Turns();
  private isServing = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly account: string,
    private readonly limit: number,
    private readonly source: UnitSource,
    private readonly clock: Clock,
  ) {
    this.ledger = new UnitLedger(clock);
  }

  /** Spends units that are held, unless others wait for theirs. */
  spendsAtOnce(call: QuotaCall, units: number): boolean {
    if (!this.turns.isEmpty || this.ledger.heldUnits() < units) return false;
    this.spend(call, units);
    return true;
  }

  /**
   * Waits for so many units and spends them.
   * @throws QuotaRefused when there will be none in the call's time; the signal's reason when that aborts meanwhile
   */
  async admit(call: QuotaCall, units: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.turns.remove(request);
        signal?.removeEventListener('abort', onAbort);
      };
      const give = (reason: Error): void => {
        leave();
        reject(reason);
      };
      const onAbort = (): void => {
        give(signal?.reason as Error);
        this.wake();
      };
      const request: WaitingRequest = {
        call,
        units,
        admit: () => {
          leave();
          resolve();
        },
        refuse: (seconds) => give(new QuotaRefused(seconds)),
      };
      this.turns.add(request);
      signal?.addEventListener('abort', onAbort);
      this.wake();
      void this.serve();
    });
  }

  /** Null while nothing is taken. */
  left(): { units: number; fullInMs: number } | null {
    const taken = this.ledger.taken();
    if (taken.length === 0) return null;
    return {
      units: Math.max(0, this.limit - unitsOf(taken)) + this.ledger.heldUnits(),
      fullInMs: Math.max(...taken.map(({ endsInMs }) => endsInMs)),
    };
  }

  private async serve(): Promise<void> {
    if (this.isServing) return;
    this.isServing = true;
    for (let request = this.nextRequest(); request !== undefined; request = this.nextRequest())
      await this.act(request, this.decide(request));
    this.isServing = false;
  }

  private async act(request: WaitingRequest, decision: QuotaDecision): Promise<void> {
    switch (decision.kind) {
      case 'admit':
        this.spend(request.call, this.needsOf(request));
        request.admit();
        return;
      case 'refuse':
        request.refuse(decision.retryAfterSeconds);
        return;
      case 'ask':
        return this.ask(request);
      case 'wait':
        // None behind it is served sooner.
        for (const each of this.turns.all())
          if (each.call.waits.leftMs() < decision.waitMs) each.refuse(Math.ceil(decision.waitMs / 1000));
        return this.pause(decision.waitMs);
    }
  }

  private decide(request: WaitingRequest): QuotaDecision {
    return quotaDecision({
      needs: this.needsOf(request),
      held: this.ledger.heldUnits(),
      taken: this.ledger.taken(),
      limit: this.limitOf(request.call),
      longestWaitMs: request.call.waits.leftMs(),
    });
  }

  private async ask(request: WaitingRequest): Promise<void> {
    const limit = this.limitOf(request.call);
    const atLeast = this.needsOf(request) - this.ledger.heldUnits();
    const unreserved = this.unreserved - unitsOf(this.ledger.taken());
    const upTo = Math.max(
      atLeast,
      Math.min(sliceSize(this.ledger.former, this.turns.units, this.limit), unreserved),
    );
    const spendableUntilMs = this.clock.monotonicMs() + spendableForMs;
    const asked = { atLeast, upTo, limit, countsForMs };
    const shared = await this.source.take(this.account, asked);
    const granted = shared?.granted ?? this.grantedAlone(asked);
    if (shared === null) this.ledger.note({ units: granted, endsInMs: countsForMs });
    else this.ledger.noteAll(shared.slices);
    if (granted === 0) return this.pause(pauseWithoutGrantMs);
    this.ledger.hold(granted, spendableUntilMs);
  }

  private grantedAlone({ atLeast, upTo, limit }: { atLeast: number; upTo: number; limit: number }): number {
    const room = Math.min(upTo, limit - unitsOf(this.ledger.taken()));
    return room >= atLeast ? room : 0;
  }

  /** Until so much time has passed, or the line has changed. */
  private async pause(waitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.ceil(waitMs), longestPauseMs));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }

  private spend(call: QuotaCall, units: number): void {
    call.spentUnits += units;
    this.ledger.spend(units);
  }

  /** Whatever a request costs, a whole limit is enough for it. */
  private needsOf({ call, units }: WaitingRequest): number {
    return Math.min(units, this.limitOf(call));
  }

  private nextRequest(): WaitingRequest | undefined {
    return this.turns.next((call) => this.isLarge(call));
  }

  private isLarge({ spentUnits }: QuotaCall): boolean {
    return spentUnits >= this.limit * largePart;
  }

  private limitOf(call: QuotaCall): number {
    return this.isLarge(call) ? this.unreserved : this.limit;
  }

  /** Of the smallest limit a unit, or nothing would be counted for what costs no more than none. */
  private get unreserved(): number {
    return Math.max(1, Math.floor(this.limit * (1 - reservedPart)));
  }
}
