const pacificHour = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hour: 'numeric',
  hourCycle: 'h23',
});

/**
 * Reads the value of `after:` and its like: epoch seconds, or a date (`2026/09/04`, `2026-9-4`, `09/04/2026`),
 * which the API takes as midnight in Pacific time
 * (https://developers.google.com/workspace/gmail/api/guides/filtering). Null for anything else.
 */
export function readInstantMs(value: string): number | null {
  if (/^\d{5,12}$/.test(value)) return Number(value) * 1000;
  const [year, month, day] = readDate(value);
  const midnightStandardTime = Date.UTC(year, month - 1, day, 8);
  const isDate = month >= 1 && month <= 12 && new Date(midnightStandardTime).getUTCDate() === day;
  return isDate ? midnightStandardTime - Number(pacificHour.format(midnightStandardTime)) * 3_600_000 : null;
}

/** Year, month and day; 0 for what is no date. */
function readDate(value: string): [number, number, number] {
  const [, year, month, day] =
    /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value) ??
    /^(?=.*[/-](\d{4})$)(\d{1,2})[/-](\d{1,2})[/-]\d{4}$/.exec(value) ??
    [];
  return [Number(year ?? 0), Number(month ?? 0), Number(day ?? 0)];
}

/** The moment that lies an age like `7d`, `2m` or `1y` (days, months, years) before now; null for anything else. */
export function readAgeMs(value: string, nowMs: number): number | null {
  const [, count, unit] = /^(\d{1,4})([dmy])$/i.exec(value) ?? [];
  if (count === undefined || unit === undefined) return null;
  const moment = new Date(nowMs);
  if (unit.toLowerCase() === 'd') moment.setUTCDate(moment.getUTCDate() - Number(count));
  if (unit.toLowerCase() === 'm') moment.setUTCMonth(moment.getUTCMonth() - Number(count));
  if (unit.toLowerCase() === 'y') moment.setUTCFullYear(moment.getUTCFullYear() - Number(count));
  return moment.getTime();
}

const unitBytes: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2 };

/** Reads a size like `1000000`, `500K` or `10M`; null for anything else. */
export function readSizeBytes(value: string): number | null {
  const [, count, unit = ''] = /^(\d{1,12})([km]?)b?$/i.exec(value) ?? [];
  const bytes = unitBytes[unit.toLowerCase()];
  return count === undefined || bytes === undefined ? null : Number(count) * bytes;
}
