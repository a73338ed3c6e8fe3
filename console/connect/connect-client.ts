import type { Look, SeenInstance } from './mailbox-condition.js';

/** What came of asking for a connect link. */
export type StartedConsent =
  { outcome: 'started'; url: string } | { outcome: 'failed'; errorCode: string | null; status: number };

/** Where the routes of one instance are, and the token that opens them. */
export interface Access {
  baseUrl: string;
  instanceId: string;
  token: string;
}

const timeoutMs = 15_000;
const longestRetryAfterSeconds = 120;

/** Looks after an instance. Never fails; `retryAfterSeconds` is what the server asks to wait. */
export async function lookAt(access: Access): Promise<Look & { retryAfterSeconds?: number }> {
  const answer = await send(access, 'GET', '');
  if (answer === null) return { outcome: 'unanswered' };
  const { status, body } = answer;
  if (status === 200 && isSeenInstance(body)) return { outcome: 'seen', instance: body };
  if (status === 401) return { outcome: 'session-over' };
  if (status === 403) return { outcome: 'forbidden' };
  if (status === 404 && errorCodeOf(body) === 'NOT_FOUND') return { outcome: 'gone' };
  return { outcome: 'unanswered', retryAfterSeconds: answer.retryAfterSeconds };
}

/** Asks for a connect link. Never fails. @param returnTo where the browser ends; null for Evergrant's own page */
export async function startConsent(
  access: Access,
  { returnTo, requireHintedAccount }: { returnTo: string | null; requireHintedAccount: boolean },
): Promise<StartedConsent> {
  const input = { ...(returnTo === null ? {} : { returnTo }), requireHintedAccount };
  const answer = await send(access, 'POST', '/start-oauth', input);
  const { authorizationUrl } = (answer?.body ?? {}) as { authorizationUrl?: unknown };
  if (answer?.status === 200 && typeof authorizationUrl === 'string' && isWebUrl(authorizationUrl))
    return { outcome: 'started', url: authorizationUrl };
  return { outcome: 'failed', errorCode: errorCodeOf(answer?.body), status: answer?.status ?? 0 };
}

async function send(
  { baseUrl, instanceId, token }: Access,
  method: 'GET' | 'POST',
  below: string,
  input?: object,
): Promise<{ status: number; body: unknown; retryAfterSeconds: number } | null> {
  const url = new URL(`api/instances/${encodeURIComponent(instanceId)}${below}`, baseUrl);
  try {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(input === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: input === undefined ? null : JSON.stringify(input),
      // A cookie of Evergrant's own pages must not stand in for the session.
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const asked = Number(response.headers.get('retry-after') ?? 0);
    const retryAfterSeconds = Number.isFinite(asked) ? Math.min(asked, longestRetryAfterSeconds) : 0;
    const body: unknown = await response.json().catch(() => null);
    return { status: response.status, body, retryAfterSeconds };
  } catch {
    return null;
  }
}

function isSeenInstance(body: unknown): body is SeenInstance {
  return typeof (body as Partial<SeenInstance> | null)?.requiresReauth === 'boolean';
}

function errorCodeOf(body: unknown): string | null {
  const { errorCode } = (body ?? {}) as { errorCode?: unknown };
  return typeof errorCode === 'string' ? errorCode : null;
}

/** A window is never sent to `javascript:` or the like, whatever answered. */
function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
