import { z } from 'zod';
import { jsonBody, undecidedStatus, type HttpAnswer } from '../../http/http-answer.js';
import type { RevocationOutcome } from '../../oauth-provider.js';

/** Unlike RFC 7009 section 2.2, Google answers 400 for a token it does not know, or no longer. */
const unknownToken = z.object({ error: z.literal('invalid_token') });

const clientNotAuthenticated = z.object({ error: z.literal('invalid_client') });

/** The answer of a server that takes no revocation from a client that does not show its secret (RFC 7009 section 2.2.1). */
export function wantsClientAuthentication(answer: HttpAnswer): boolean {
  const isRefusal = answer.httpStatus === 400 || answer.httpStatus === 401;
  return isRefusal && clientNotAuthenticated.safeParse(jsonBody(answer)).success;
}

/** What an answer of Google's revocation endpoint means. */
export function classifyRevocationResponse(answer: HttpAnswer): RevocationOutcome {
  const unknown = answer.httpStatus === 400 && unknownToken.safeParse(jsonBody(answer)).success;
  return answer.httpStatus === 200 || unknown ? { status: 'revoked' } : undecidedStatus(answer);
}
