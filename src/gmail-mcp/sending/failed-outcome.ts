import { EvergrantError, type ErrorCode } from '../../errors/index.js';
import type { ActOutcome } from '../../policy/index.js';

export type FailedOutcome = ActOutcome & { status: 'not_sent' };

/** Codes after which a later attempt may succeed by itself, though none of them says when. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'NETWORK_ERROR',
  'SERVICE_UNAVAILABLE',
  'DEPLOYMENT_CLIENT_REJECTED',
  'RATE_LIMITED',
]);
const pauseSeconds = 30;
/** A person has to sign in, or to add a permission, which takes its time. */
const signInPauseSeconds = 300;

/** What a failure before anything went out means for an act. Its message is for the caller, and holds no text of a mail. */
export function failedOutcome(error: EvergrantError): FailedOutcome {
  const { code, reason, field, message, requiresReauth } = error;
  return {
    status: 'not_sent',
    errorCode: code,
    reason: reason ?? null,
    field: field ?? null,
    message,
    retryAfterSeconds: error.retryAfterSeconds ?? null,
    retryInSeconds: retryInSeconds(error),
    requiresReauth,
  };
}

/** The failure again, for a caller who is there. */
export function errorOfOutcome(outcome: FailedOutcome): EvergrantError {
  const { errorCode, reason, field, message, requiresReauth, retryAfterSeconds } = outcome;
  return new EvergrantError(errorCode, {
    reason: reason ?? undefined,
    field: field ?? undefined,
    message,
    requiresReauth: requiresReauth ? undefined : false,
    retryAfterSeconds: retryAfterSeconds ?? undefined,
  });
}

function retryInSeconds({ code, retryAfterSeconds, requiresReauth }: EvergrantError): number | null {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds;
  if (requiresReauth) return signInPauseSeconds;
  return passing.has(code) ? pauseSeconds : null;
}
