import { askedToWaitSeconds, jsonBody, type HttpAnswer } from '../http/http-answer.js';
import type { Rejected, Unavailable } from '../token-exchange.js';
import {
  readGranted,
  readOwnError,
  readUpstreamFailure,
  readVerdict,
  type Granted,
} from './service-answer-body.js';
import { serviceFailure, type ServiceFailure } from '../service/service-failure.js';

const malformed = serviceFailure('malformed_response', {
  provablyNotSent: false,
  serviceFailed: 'for-good',
});

/** Refusals that concern one request only: the service is well. */
const faultsOfOneRequest: ReadonlySet<number> = new Set([400, 409, 413]);

/**
 * What an answer of the OAuth service to a token request means. The status is read before the body; whatever is not
 * exactly what our service says comes from something else in its place, and is no verdict.
 */
export function classifyServiceAnswer(answer: HttpAnswer): Granted | Rejected | Unavailable {
  const json = jsonBody(answer);
  const { httpStatus } = answer;
  if (httpStatus === 200) return readGranted(json) ?? malformed;
  if (httpStatus === 400 || httpStatus === 401) return readVerdict(json) ?? ownFailure(answer, json);
  if (httpStatus >= 500) return readUpstreamFailure(json) ?? ownFailure(answer, json);
  return ownFailure(answer, json);
}

function ownFailure(answer: HttpAnswer, json: unknown): ServiceFailure | Unavailable {
  const own = readOwnError(json);
  const { serviceFailed, ...failure } = serviceFailure(`http_${answer.httpStatus}`, {
    retryAfterSeconds: askedToWaitSeconds(answer),
    provablyNotSent: own?.provablyNotSent ?? false,
    serviceFailed: answer.httpStatus >= 500 ? 'for-now' : 'for-good',
  });
  return own && faultsOfOneRequest.has(answer.httpStatus) ? failure : { ...failure, serviceFailed };
}
