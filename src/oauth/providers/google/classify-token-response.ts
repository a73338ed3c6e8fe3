import { z } from 'zod';
import {
  jsonBody,
  jsonText,
  malformed,
  undecided,
  undecidedStatus,
  type HttpAnswer,
} from '../../http/http-answer.js';
import {
  sessionControlReasons,
  type Rejected,
  type TokenSet,
  type Unavailable,
} from '../../token-exchange.js';
import { readRotation, readTokenSet } from '../../token-response.js';
import { transientCodes, verdicts } from './token-error-codes.js';

const errorBodySchema = z.object({
  error: z.string(),
  error_subtype: z.string().optional().catch(undefined),
});

export interface Granted {
  status: 'granted';
  tokens: TokenSet;
}

/**
 * What an answer of Google's token endpoint means. The status is read before the body: tokens come with 200,
 * a verdict with 400 or 401 (RFC 6749 sections 5.1 and 5.2), and neither with anything else.
 */
export function classifyTokenResponse(answer: HttpAnswer): Granted | Rejected | Unavailable {
  switch (answer.httpStatus) {
    case 200: {
      const tokens = readTokenSet(jsonBody(answer)) ?? readRotation(jsonText(answer));
      return tokens === null ? malformed(answer) : { status: 'granted', tokens };
    }
    case 400:
    case 401:
      return classifyError(answer);
    default:
      return undecidedStatus(answer);
  }
}

function classifyError(answer: HttpAnswer): Rejected | Unavailable {
  const { success, data } = errorBodySchema.safeParse(jsonBody(answer));
  if (!success) return malformed(answer);
  const { error, error_subtype: subtype = '' } = data;

  const errorCode = verdicts.get(error);
  if (errorCode !== undefined) {
    const sessionControl = error === 'invalid_grant' && sessionControlReasons.has(subtype);
    return { status: 'rejected', path: 'direct', errorCode, reason: sessionControl ? subtype : error };
  }
  const transient = transientCodes.get(error);
  return transient === undefined ? unlisted(answer, error) : undecided(answer, transient, error);
}

/** A code that is in no table decides nothing. What is no code is free text, and may echo what was sent. */
function unlisted(answer: HttpAnswer, error: string): Unavailable {
  return /^[a-z0-9_.]{1,64}$/.test(error)
    ? { ...undecided(answer, 'SERVICE_UNAVAILABLE', error), isUnlisted: true }
    : { ...undecided(answer, 'SERVICE_UNAVAILABLE', 'unknown_error_code'), isUnlisted: true };
}
