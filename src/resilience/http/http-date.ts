const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?<month>${months.join('|')})`;
const time = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';

/** IMF-fixdate, RFC 850 and asctime, in this order. */
const forms = [
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(
    `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`,
  ),
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>\\d{2}| \\d) ${time} (?<year>\\d{4})$`),
];

type Fields = Partial<Record<string, string>>;

/**
 * Reads an HTTP-date in any of its three forms (RFC 9110 section 5.6.7).
 * @param nowMs from where a year of two digits is seen, in milliseconds since the epoch
 * @returns milliseconds since the epoch; null for anything else, and for a day that its month does not have
 */
export function parseHttpDate(value: string, nowMs: number): number | null {
  const fields: Fields | undefined = forms.map((form) => form.exec(value)?.groups).find(Boolean);
  if (fields === undefined) return null;
  const year = Number(fields.year);
  return fields.year?.length === 2 ? withShortYear(year, fields, nowMs) : instant(year, fields);
}

/** Not more than 50 years ahead, else the last year that ended in the same digits. */
function withShortYear(year: number, fields: Fields, nowMs: number): number | null {
  const now = new Date(nowMs);
  const latestMs = now.setUTCFullYear(now.getUTCFullYear() + 50);
  const century = Math.floor(now.getUTCFullYear() / 100) * 100;
  const candidates = [century + year, century + year - 100].map((each) => instant(each, fields));
  return candidates.find((candidateMs) => candidateMs !== null && candidateMs <= latestMs) ?? null;
}

function instant(year: number, { month = '', day, hour, minute, second }: Fields): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, months.indexOf(month), Number(day));
  const exists = date.getUTCDate() === Number(day);
  return exists ? date.setUTCHours(Number(hour), Number(minute), Number(second)) : null;
}
