import { errorTable, oauthErrorBody, type OAuthErrorBody } from '../errors/index.js';
import {
  tokenResponse,
  type CodeExchangeOutcome,
  type RefreshOutcome,
  type TokenResponse,
} from '../oauth/index.js';

/** An outcome as the service says it: a token response (RFC 6749 section 5.1) or an error (section 5.2). */
export function tokenAnswer(outcome: RefreshOutcome | CodeExchangeOutcome): TokenResponse | OAuthErrorBody {
  switch (outcome.status) {
    case 'refreshed':
    case 'exchanged':
      return tokenResponse(outcome.tokens);
    case 'rejected':
      return oauthErrorBody(outcome.errorCode, { upstream: true, reason: outcome.reason });
    case 'unavailable': {
      const { errorCode, reason, retryAfterSeconds, provablyNotSent } = outcome;
      return oauthErrorBody(errorCode, { upstream: true, reason, retryAfterSeconds, provablyNotSent });
    }
  }
}

/** Verdicts answer 400, or 401 for a rejected client (RFC 6749 section 5.2); 5xx means that there is none. */
export function tokenAnswerStatus(outcome: RefreshOutcome | CodeExchangeOutcome): number {
  if (outcome.status === 'rejected') return outcome.errorCode === 'INVALID_CLIENT' ? 401 : 400;
  return outcome.status === 'unavailable' ? errorTable[outcome.errorCode].httpStatus : 200;
}
