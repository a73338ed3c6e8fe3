import { parseHttpDate } from './http-date.js';

/** No answer is believed to ask for more than a day. */
export const longestRetryAfterSeconds = 86_400;

/** The parts of an answer that may say when to come back. */
export interface RetryAfterHints {
  /** The `Retry-After` header. */
  retryAfter: string | null | undefined;
  /** The `Date` header: the server's own idea of now, so that a skewed clock on either side does not matter. */
  date: string | null | undefined;
  /** An instant that the body names (ISO 8601), for an answer whose header says nothing. */
  retryAt?: string | undefined;
}

/**
 * How long an answer asks to wait: `Retry-After` as delay-seconds or as an HTTP-date (RFC 9110 section 10.2.3), or the
 * instant that its body names.
 * @param nowMs what an instant is counted from when the answer has no `Date`, in milliseconds since the epoch
 * @returns whole seconds from 0 (also for the past) to one day; null when nothing that is said can be understood
 */
export function retryAfterSeconds(
  { retryAfter, date, retryAt }: RetryAfterHints,
  nowMs: number,
): number | null {
  const header = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(header)) return bounded(Number(header));
  const answeredAtMs = parseHttpDate(date?.trim() ?? '', nowMs) ?? nowMs;
  const untilMs = parseHttpDate(header, answeredAtMs) ?? parseInstant(retryAt);
  return untilMs === null ? null : bounded((untilMs - answeredAtMs) / 1000);
}

/** `Date.parse` alone would take much else for a date. */
function parseInstant(value = ''): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? null : ms;
}

function bounded(seconds: number): number {
  return Math.min(Math.max(0, Math.ceil(seconds)), longestRetryAfterSeconds);
}
