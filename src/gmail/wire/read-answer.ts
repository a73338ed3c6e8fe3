import type { Dispatcher } from 'undici';
import { retryAfterSeconds } from '../../resilience/index.js';
import { faultOfAnswer, readErrorAnswer, type ErrorAnswer } from '../faults/error-answer.js';
import { RequestFault } from '../faults/request-fault.js';

/** An answer whose last byte has come, and which was not parsed yet. */
export interface WholeAnswer extends Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> {
  bytes: Uint8Array;
}

/**
 * The JSON of a successful answer.
 * @param json what its bytes say; undefined where they are no JSON
 * @throws RequestFault for any status but 200, and for a body that is no JSON
 */
export function readAnswer({ statusCode, headers }: WholeAnswer, json: unknown): unknown {
  if (statusCode === 200) {
    if (json === undefined) throw new RequestFault('malformed');
    return json;
  }
  const errorAnswer = readErrorAnswer(json);
  throw new RequestFault(faultOfAnswer(statusCode, errorAnswer), askedToWaitSeconds(headers, errorAnswer));
}

/** A second at least: Gmail's "now" is a limit that is still counting. */
function askedToWaitSeconds(
  headers: Dispatcher.ResponseData['headers'],
  answer: ErrorAnswer | undefined,
): number | undefined {
  const hints = {
    retryAfter: headers['retry-after']?.toString(),
    date: headers.date?.toString(),
    // In a rate limit's message: "Retry after 2026-01-01T00:00:00.000Z".
    retryAt: /retry after (\d{4}-\d{2}-\d{2}T[\d:.]+Z)/i.exec(answer?.message ?? '')?.[1],
  };
  const seconds = retryAfterSeconds(hints, Date.now());
  return seconds === null ? undefined : Math.max(1, seconds);
}
