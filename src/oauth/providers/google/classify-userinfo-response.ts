import { jsonBody, malformed, undecidedStatus, type HttpAnswer } from '../../http/http-answer.js';
import type { AccountOutcome } from '../../oauth-provider.js';
import { accountClaims, accountOfClaims } from './account-claims.js';

/** What an answer of the userinfo endpoint means (OpenID Connect Core section 5.3.2); never a verdict. */
export function classifyUserinfoResponse(answer: HttpAnswer): AccountOutcome {
  if (answer.httpStatus !== 200) return undecidedStatus(answer);
  const { success, data } = accountClaims.safeParse(jsonBody(answer));
  return success ? { status: 'known', account: accountOfClaims(data) } : malformed(answer);
}
