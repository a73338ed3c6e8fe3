import { z } from 'zod';
import { jsonBody, malformed, undecidedStatus, type HttpAnswer } from '../../http/http-answer.js';
import type { AccountOutcome } from '../../oauth-provider.js';

const userinfoSchema = z.object({
  sub: z.string().min(1),
  email: z.string().regex(/^\S+@\S+$/),
});

/** What an answer of the userinfo endpoint means (OpenID Connect Core section 5.3.2); never a verdict. */
export function classifyUserinfoResponse(answer: HttpAnswer): AccountOutcome {
  if (answer.httpStatus !== 200) return undecidedStatus(answer);
  const { success, data } = userinfoSchema.safeParse(jsonBody(answer));
  return success ? { status: 'known', account: { subject: data.sub, email: data.email } } : malformed(answer);
}
