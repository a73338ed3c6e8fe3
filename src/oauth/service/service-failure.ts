import type { Unavailable } from '../token-exchange.js';

/** The OAuth service itself failed, whatever the provider would have said: what the breaker counts. */
export interface ServiceFailure extends Unavailable {
  path: 'oauth-service';
  /** It may answer the next request: a lost connection, or a 5xx of its own. */
  serviceFailed: 'for-now' | 'for-good';
}

type ServiceFailureDetails = Partial<Pick<Unavailable, 'errorCode' | 'retryAfterSeconds'>> &
  Pick<ServiceFailure, 'provablyNotSent' | 'serviceFailed'>;

/** `reason` must be a code of ours, never text of an answer. */
export function serviceFailure(reason: string, details: ServiceFailureDetails): ServiceFailure {
  return {
    status: 'unavailable',
    path: 'oauth-service',
    errorCode: 'SERVICE_UNAVAILABLE',
    retryAfterSeconds: null,
    ...details,
    reason: `oauth_service_${reason}`,
  };
}

export function isServiceFailure(outcome: object): outcome is ServiceFailure {
  return 'serviceFailed' in outcome;
}

/** Whether the service failed on the way to this outcome, by whichever path it came in the end. */
export function metServiceFailure(outcome: { afterServiceFailure?: true }): boolean {
  return isServiceFailure(outcome) || outcome.afterServiceFailure === true;
}

/** Whether to ask the service again; one that sent a Retry-After of its own is passed over for the direct path. */
export function mayAnswerNow(outcome: object): outcome is ServiceFailure {
  return (
    isServiceFailure(outcome) && outcome.serviceFailed === 'for-now' && outcome.retryAfterSeconds === null
  );
}
