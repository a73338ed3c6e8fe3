import { errorTable, type ErrorCode } from './error-table.js';

export interface EvergrantErrorDetails {
  /** The instance the request was about, if there is one. */
  instanceId?: string;
  /** The field or query parameter at fault (`VALIDATION_FAILED`). */
  field?: string;
  /** A stable, machine-readable refinement such as `invalid_rapt` or `domainPolicy`. */
  reason?: string;
  /** When a retry may succeed, in seconds. */
  retryAfterSeconds?: number;
  /** Where a person can repair the connection: our own page, never the provider's. */
  connectUrl?: string;
  /** Further fields of the answer, behind the contract's: what a health check found, for one. */
  report?: Readonly<Record<string, unknown>>;
  /** Replaces the table's sentence. Must hold no secret and no text of the provider's. */
  message?: string;
  /** For the log only; never rendered. */
  cause?: unknown;
}

/** The only error that crosses module borders; its code decides status, log level and `requiresReauth`. */
export class EvergrantError extends Error {
  override readonly name = 'EvergrantError';
  readonly instanceId: string | null;
  readonly field?: string;
  readonly reason?: string;
  readonly retryAfterSeconds?: number;
  readonly connectUrl?: string;
  readonly report?: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: ErrorCode,
    details: EvergrantErrorDetails = {},
  ) {
    super(details.message ?? errorTable[code].message, { cause: details.cause });
    this.instanceId = details.instanceId ?? null;
    this.field = details.field;
    this.reason = details.reason;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.connectUrl = details.connectUrl;
    this.report = details.report;
  }

  get requiresReauth(): boolean {
    return errorTable[this.code].requiresReauth;
  }

  /** The same error, said of an instance; layers below do not know instances. */
  about(instanceId: string, extra: Pick<EvergrantErrorDetails, 'connectUrl'> = {}): EvergrantError {
    return new EvergrantError(this.code, {
      instanceId,
      field: this.field,
      reason: this.reason,
      retryAfterSeconds: this.retryAfterSeconds,
      connectUrl: extra.connectUrl ?? this.connectUrl,
      report: this.report,
      message: this.message,
      cause: this.cause,
    });
  }
}
