const maxDateChars = 200;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322, section 4.3: the zones that have names, in hours. */
const zones = new Map(
  Object.entries({
    ...{ UT: 0, GMT: 0, UTC: 0 },
    ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
  }),
);
const form =
  /^\s*(?:[a-z]{3,9}\s*,)?\s*(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\s+(\d{2,4})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?\s*$/i;

/** When a `Date` header says that a mail was written, in milliseconds; null for what is not of RFC 5322's form. */
export function mailDate(value: string): number | null {
  const plain = withoutComments(value.slice(0, maxDateChars));
  const [, day, month = '', year = '', hour, minute, second, zone = ''] = form.exec(plain) ?? [];
  const monthIndex = months.indexOf(month.toLowerCase());
  if (monthIndex < 0) return null;
  const clock = [hour, minute, second ?? 0].map(Number);
  const ms = timeInUtc(fullYear(year), monthIndex, Number(day), clock);
  const offset = offsetMinutes(zone);
  return ms === null || offset === null ? null : ms - offset * 60_000;
}

/** The innermost first, as comments stand in each other. */
function withoutComments(value: string): string {
  const plain = value.replaceAll(/\([^()]*\)/g, ' ');
  return plain === value ? value : withoutComments(plain);
}

/** Null for a day or an hour that there is not. A leap second is the one before it. */
function timeInUtc(
  year: number,
  month: number,
  day: number,
  [hour = 0, minute = 0, second = 0]: number[],
): number | null {
  const ms = Date.UTC(year, month, day, hour, minute, Math.min(second, 59));
  const exists = new Date(ms).getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
  return exists ? ms : null;
}

/** Two and three digits are years of the last century and this one (section 4.3). */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return year.length === 2 && number < 50 ? 2000 + number : 1900 + number;
}

/** No place on Earth is further from UTC. */
const mostOffsetMinutes = 14 * 60;

/**
 * No zone, and those of one letter, count as UTC (section 4.3). Null for a name that is not RFC 5322's, which would be
 * hours off, and for an offset that no clock has.
 */
function offsetMinutes(zone: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2})(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) {
    const known = zone.length > 1 ? zones.get(zone.toUpperCase()) : 0;
    return known === undefined ? null : known * 60;
  }
  const offset = Number(hours) * 60 + Number(minutes);
  if (offset > mostOffsetMinutes) return null;
  return sign === '-' ? -offset : offset;
}
