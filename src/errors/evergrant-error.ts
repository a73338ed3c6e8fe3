import { errorTable, type ErrorCode } from './error-table.js';

/** What is absent and what is undefined mean the same: unknown, or none. */
export interface EvergrantErrorDetails {
  /** The instance the request was about, if there is one. */
  instanceId?: string | undefined;
  /** The field or query parameter at fault (`VALIDATION_FAILED`). */
  field?: string | undefined;
  /** A stable, machine-readable refinement such as `invalid_rapt` or `domainPolicy`. */
  reason?: string | undefined;
  /** When a retry may succeed, in seconds. */
  retryAfterSeconds?: number | undefined;
  /** Where a person can repair the connection: our own page, never the provider's. */
  connectUrl?: string | undefined;
  /** Further fields of the answer, behind the contract's: what a health check found, for one. */
  report?: Readonly<Record<string, unknown>> | undefined;
  /** Given where the table would ask for a sign-in that could not help. */
  requiresReauth?: false | undefined;
  /** Replaces the table's sentence. Must hold no secret and no text of the provider's. */
  message?: string | undefined;
  /** For the log only; never rendered. */
  cause?: unknown;
}

/** The only error that crosses module borders; its code decides status, log level and, as a rule, `requiresReauth`. */
export class EvergrantError extends Error {
  override readonly name = 'EvergrantError';
  readonly instanceId: string | null;
  readonly field: string | undefined;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly connectUrl: string | undefined;
  readonly report: Readonly<Record<string, unknown>> | undefined;
  readonly requiresReauth: boolean;

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
    this.requiresReauth = details.requiresReauth ?? errorTable[code].requiresReauth;
  }

  /** The same error, said of an instance; layers below do not know instances. */
  about(
    instanceId: string,
    extra: Pick<EvergrantErrorDetails, 'connectUrl' | 'message'> = {},
  ): EvergrantError {
    return new EvergrantError(this.code, {
      instanceId,
      field: this.field,
      reason: this.reason,
      retryAfterSeconds: this.retryAfterSeconds,
      connectUrl: extra.connectUrl ?? this.connectUrl,
      report: this.report,
      requiresReauth: this.requiresReauth ? undefined : false,
      message: extra.message ?? this.message,
      cause: this.cause,
    });
  }
}
