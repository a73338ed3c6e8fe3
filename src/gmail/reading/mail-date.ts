const maxDateChars = 200;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322, section 4.3: the zones that have names, in hours. */
const zones: Readonly<Record<string, number>> = {
  ...{ UT: 0, GMT: 0, UTC: 0, Z: 0 },
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
};
const form =
  /^\s*(?:[a-z]{3,9}\s*,)?\s*(\d{1,2})\s+([a-z]{3})[a-z]{0,6}\s+(\d{2,4})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?\s*$/i;

/** When a `Date` header says that a mail was written, in milliseconds; null for what is not of RFC 5322's form. */
export function mailDate(value: string): number | null {
  const plain = value.slice(0, maxDateChars).replaceAll(/\([^()]*\)/g, ' ');
  const [, day, month = '', year = '', hour, minute, second, zone = ''] = form.exec(plain) ?? [];
  const monthIndex = months.indexOf(month.toLowerCase());
  if (monthIndex < 0) return null;
  const clock = [hour, minute, second ?? 0].map(Number);
  const ms = timeInUtc(fullYear(year), monthIndex, Number(day), clock);
  return ms === null ? null : ms - offsetMinutes(zone) * 60_000;
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

/** A zone that nothing is known of counts as UTC. */
function offsetMinutes(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2})(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return (zones[zone.toUpperCase()] ?? 0) * 60;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
