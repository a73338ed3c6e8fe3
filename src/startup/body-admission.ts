import { pipeline, Transform } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { EvergrantError } from '../errors/index.js';
import { type BudgetRefusal, ByteBudget, payerOf } from '../resilience/index.js';

/** Why a body was not read to its end; `tooLarge` is about that body alone. */
export const bodyRefusals = ['tooLarge', 'payer', 'total'] as const satisfies ('tooLarge' | BudgetRefusal)[];
export type BodyRefusal = (typeof bodyRefusals)[number];

type Done = (error?: Error | null, payload?: RequestPayload) => void;

/** What is at most so large is charged as declared, since it may hold little; the rest as it arrives. */
const smallBytes = 64 * 1024;
/** Parsed JSON takes up to twenty times its length (`{},{},…`), so this leaves a heap its room. */
const shareOfHeap = 1 / 32;
const leastTotalBytes = 16 * 1024 * 1024;
const retryAfterSeconds = 2;
/** Where no key is needed, addresses share a budget of their own, so that they take nothing from callers we know. */
const keylessBytes = { total: 4 * 1024 * 1024, perPayer: 1024 * 1024, keptForSmall: 0 };

/** Bytes of bodies that a process with this heap may hold at once. */
export function defaultBodyBytes(heapLimitBytes: number): number {
  return Math.max(leastTotalBytes, Math.floor(heapLimitBytes * shareOfHeap));
}

/**
 * Bounds the bodies that are in memory at once, over the process and for each tenant: a hook between the
 * authentication of a request and the parsing of its body. A body counts until its request is answered, since what was
 * parsed of it lives as long. What leads nowhere has no body read at all.
 */
export class BodyAdmission {
  private readonly budget: ByteBudget;
  private readonly keylessBudget = new ByteBudget(keylessBytes);

  constructor(
    totalBytes: number,
    private readonly refused: (cause: BodyRefusal) => void,
  ) {
    const perPayer = Math.floor(totalBytes * 0.75);
    this.budget = new ByteBudget({ total: totalBytes, perPayer, keptForSmall: totalBytes - perPayer });
  }

  /** Bytes that are held now. */
  get bytesInFlight(): number {
    return this.budget.total + this.keylessBudget.total;
  }

  readonly preParsing = (
    request: FastifyRequest,
    reply: FastifyReply,
    payload: RequestPayload,
    done: Done,
  ): void => {
    const declared = declaredBytes(request);
    // What is stored as it comes is never held.
    if (declared === 0 || request.routeOptions.config.streamsBody === true) done(null, payload);
    else if (request.is404) done(new EvergrantError('NOT_FOUND'));
    else this.admit(declared, request, reply, payload, done);
  };

  private admit(
    declared: number | null,
    request: FastifyRequest,
    { raw }: FastifyReply,
    payload: RequestPayload,
    done: Done,
  ): void {
    if (declared !== null && declared > request.routeOptions.bodyLimit) {
      done(this.refusal('tooLarge'));
      return;
    }
    const tenant = payerOf(request);
    const [budget, payer] = tenant === null ? [this.keylessBudget, request.ip] : [this.budget, tenant];
    let held = 0;
    const take = (bytes: number, isSmall: boolean): EvergrantError | null => {
      const cause = budget.take(payer, bytes, isSmall);
      if (cause !== null) return this.refusal(cause);
      held += bytes;
      return null;
    };
    raw.once('close', () => budget.give(payer, held));
    if (declared !== null && declared <= smallBytes) done(take(declared, true), payload);
    else
      done(
        null,
        counted(payload, (bytes) => take(bytes, false)),
      );
  }

  private refusal(cause: BodyRefusal): EvergrantError {
    this.refused(cause);
    return refusals[cause]();
  }
}

const refusals = {
  tooLarge: () => new EvergrantError('PAYLOAD_TOO_LARGE'),
  payer: () => new EvergrantError('RATE_LIMITED', { reason: 'body_bytes', retryAfterSeconds }),
  total: () => new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'body_bytes', retryAfterSeconds }),
} as const satisfies Record<BodyRefusal, () => EvergrantError>;

/** 0 for no body, null for one whose length is not told (RFC 9112 section 6). */
function declaredBytes({ headers }: FastifyRequest): number | null {
  if (headers['transfer-encoding'] !== undefined) return null;
  return Number(headers['content-length'] ?? 0);
}

/** The same body, which fails when it may not have the bytes that arrive. */
function counted(payload: RequestPayload, take: (bytes: number) => EvergrantError | null): RequestPayload {
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, next) => next(take(chunk.length), chunk),
  });
  // The parser hears of a failure from the counter, the last of the two.
  pipeline(payload, counter, () => undefined);
  return counter;
}
