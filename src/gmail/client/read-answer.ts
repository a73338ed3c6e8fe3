import type { Dispatcher } from 'undici';
import { faultOfAnswer, readErrorAnswer } from '../faults/error-answer.js';
import { RequestFault } from '../faults/request-fault.js';
import { retryAfterSeconds } from '../faults/retry-after.js';

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
  const hints = {
    retryAfterHeader: headers['retry-after']?.toString(),
    dateHeader: headers.date?.toString(),
    message: errorAnswer?.message,
  };
  throw new RequestFault(faultOfAnswer(statusCode, errorAnswer), retryAfterSeconds(hints));
}
