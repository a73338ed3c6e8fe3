const longestWaitSeconds = 86_400;
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .+ GMT$/;

/**
 * How long an answer asks to wait: `Retry-After` in seconds or as a date (RFC 9110 section 10.2.3), as whole
 * seconds from 0 to one day; null when there is none that can be understood.
 */
export function retryAfterSeconds(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const seconds = /^\d+$/.test(value) ? Number(value) : secondsUntil(value, headers.get('date') ?? '');
  return seconds === null ? null : Math.min(Math.max(0, Math.ceil(seconds)), longestWaitSeconds);
}

/** Counts from the answer's own `Date`, so that a skewed clock on either side does not matter. */
function secondsUntil(date: string, answeredAt: string): number | null {
  const until = parseHttpDate(date);
  return until === null ? null : (until - (parseHttpDate(answeredAt) ?? Date.now())) / 1000;
}

/** `Date.parse` alone takes "-5" or "1.5" for a date. */
function parseHttpDate(value: string): number | null {
  const time = httpDate.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? null : time;
}
