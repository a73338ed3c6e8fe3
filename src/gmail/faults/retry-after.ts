const longestSeconds = 24 * 60 * 60;

/** The parts of an answer that may say when to come back. */
export interface RetryHints {
  /** The `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3). */
  retryAfterHeader?: string | undefined;
  /** The `Date` header: the server's own idea of now, so that its dates are not read by our clock. */
  dateHeader?: string | undefined;
  /** The error's message; Gmail writes "Retry after 2026-01-01T00:00:00.000Z" there. */
  message?: string | undefined;
}

/** Seconds until a retry may succeed (1 s to one day), or undefined when the answer does not say. */
export function retryAfterSeconds(hints: RetryHints): number | undefined {
  const header = hints.retryAfterHeader?.trim();
  if (header !== undefined && /^\d{1,10}$/.test(header)) return clamp(Number(header));

  const inMessage = /retry after (\d{4}-\d{2}-\d{2}T[\d:.]+Z)/i.exec(hints.message ?? '')?.[1];
  // Date.parse alone is too kind: it reads a date into "-5".
  const inHeader = header !== undefined && /\d{2}:\d{2}:\d{2}/.test(header) ? header : undefined;
  for (const date of [inHeader, inMessage]) {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at)) return clamp((at - serverNow(hints.dateHeader)) / 1000);
  }
  return undefined;
}

function serverNow(dateHeader: string | undefined): number {
  const now = Date.parse(dateHeader ?? '');
  return Number.isNaN(now) ? Date.now() : now;
}

function clamp(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds), 1), longestSeconds);
}
