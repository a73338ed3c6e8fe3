import { retryAfterSeconds } from '../../resilience/index.js';
import type { Unavailable } from '../token-exchange.js';

/** No answer to a request for tokens comes near this. */
export const largestBodyBytes = 1_048_576;

/** An HTTP answer as it came: nothing in it has been judged yet. */
export interface HttpAnswer {
  status: 'answered';
  httpStatus: number;
  headers: Headers;
  /** Null when the body broke off, hung or was absurdly large. */
  body: string | null;
}

/** The JSON of an answer; undefined when it is HTML, broken off or not JSON at all. */
export function jsonBody(answer: HttpAnswer): unknown {
  const isHtml = /^\s*text\/html/i.test(answer.headers.get('content-type') ?? '');
  return isHtml ? undefined : jsonText(answer);
}

/** The JSON of an answer, whatever its content type claims. */
export function jsonText({ body }: HttpAnswer): unknown {
  if (body === null) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** How long the answer asks to wait. */
export function askedToWaitSeconds({ headers }: HttpAnswer): number | null {
  return retryAfterSeconds({ retryAfter: headers.get('retry-after'), date: headers.get('date') }, Date.now());
}

/** An answer that decides nothing; `reason` must be a code of ours, never text of the answer. */
export function undecided(
  answer: HttpAnswer,
  errorCode: Unavailable['errorCode'],
  reason: string,
): Unavailable {
  return {
    status: 'unavailable',
    path: 'direct',
    errorCode,
    reason,
    retryAfterSeconds: askedToWaitSeconds(answer),
    provablyNotSent: false,
  };
}

export function undecidedStatus(answer: HttpAnswer): Unavailable {
  return undecided(answer, 'SERVICE_UNAVAILABLE', `http_${answer.httpStatus}`);
}

export function malformed(answer: HttpAnswer): Unavailable {
  return undecided(answer, 'SERVICE_UNAVAILABLE', 'malformed_response');
}
