import type { HttpAnswer } from '../../http/http-answer.js';
import type { AuthorizationProbe } from '../../oauth-provider.js';

type Verdict = { status: 'accepted' } | { status: 'refused'; code: string } | { status: 'unclear' };

/**
 * What an answer of Google's authorization endpoint means to a request without cookies. A request that it takes is
 * redirected to the sign-in; any fault of the client or of its redirect URI to a page of Google's, whose address has the
 * code in `authError`
 * (https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors). A stand-in may show
 * either page at once. Whatever else comes, such as a page against robots, tells nothing.
 */
export function classifyAuthorizationResponse(answer: HttpAnswer, authUrl: string): AuthorizationProbe {
  return { ...verdict(answer, authUrl), serverTimeMs: serverTime(answer) };
}

function verdict(answer: HttpAnswer, authUrl: string): Verdict {
  switch (answer.httpStatus) {
    case 200:
      return { status: 'accepted' };
    case 302:
    case 303:
      return ofRedirect(answer.headers.get('location') ?? '', authUrl);
    case 400:
    case 401:
    case 403:
      return ofPage(answer.body ?? '');
    default:
      return { status: 'unclear' };
  }
}

/** Where a person is asked who they are. */
const signIn =
  /\/(signin\/(identifier|oauth\/(identifier|id|consent))|ServiceLogin|InteractiveLogin|AccountChooser)/;

function ofRedirect(location: string, authUrl: string): Verdict {
  const target = URL.canParse(location, authUrl) ? new URL(location, authUrl) : null;
  if (target?.host !== new URL(authUrl).host) return { status: 'unclear' };
  const told = target.searchParams.get('authError');
  if (told !== null) return refused(codeOf(told));
  return signIn.test(target.pathname) ? { status: 'accepted' } : { status: 'unclear' };
}

/** A message of Protocol Buffers in base64, whose first field is the code. */
function codeOf(authError: string): string | null {
  const bytes = Buffer.from(authError, 'base64');
  const [tag, length = 0] = bytes;
  return tag === 0x0a ? bytes.toString('latin1', 2, 2 + length) : null;
}

const pageCodes =
  /\b(redirect_uri_mismatch|(invalid|deleted|disabled|unauthorized)_client|org_internal|invalid_scope)\b/;

function ofPage(body: string): Verdict {
  return refused(pageCodes.exec(body)?.[0] ?? null);
}

/** What is no code is free text, and may echo what was sent. */
function refused(code: string | null): Verdict {
  return code !== null && /^[a-z_]{3,64}$/.test(code) ? { status: 'refused', code } : { status: 'unclear' };
}

function serverTime({ headers }: HttpAnswer): number | null {
  const timeMs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(timeMs) ? null : timeMs;
}
