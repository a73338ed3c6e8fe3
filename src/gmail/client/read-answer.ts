import type { Dispatcher } from 'undici';
import { faultOfAnswer, readErrorAnswer } from '../faults/error-answer.js';
import { RequestFault } from '../faults/request-fault.js';
import { retryAfterSeconds } from '../faults/retry-after.js';

/**
 * The JSON of a whole answer.
 * @throws RequestFault for any status but 200, and for a body that is no JSON
 */
export async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<unknown> {
  const json = parseJson(await body.text());
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
