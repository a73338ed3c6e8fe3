import { dateFromSerial, format, isDateFormat } from 'numfmt';

/** Excel takes no longer ones. */
const longestFormat = 255;
const daySeconds = 86_400;
/** 1 January 1904, as days since 30 December 1899. */
const daysTo1904 = 1_462;

/** A number as a cell shows it; a date or a time in the form of ISO 8601, which reads the same in every country. */
export function shownNumber(value: string, pattern: string, is1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || pattern.length > longestFormat) return value;
  try {
    const serial = is1904 ? number + daysTo1904 : number;
    if (isDateFormat(pattern) && !pattern.includes('[h'))
      return serial < 0 ? value : shownDate(serial, pattern);
    return format(pattern, number, { throws: true }).trim();
  } catch {
    return value;
  }
}

/** What a format says outside of its texts, colours and locales. */
function shownDate(serial: number, pattern: string): string {
  const codes = pattern.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '').toLowerCase();
  // A second may be told as a little less.
  const seconds = Math.round(serial * daySeconds);
  const [year, month, day] = dateFromSerial(Math.floor(seconds / daySeconds)) as [number, number, number];
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  const time = new Date((seconds % daySeconds) * 1_000).toISOString().slice(11, 19);
  const hasDate = /[dy]/.test(codes) || !/[hs]/.test(codes);
  const hasTime = /[hs]/.test(codes);
  return [...(hasDate ? [date] : []), ...(hasTime ? [time.replace(/:00$/, '')] : [])].join(' ');
}

function pad(number: number, digits = 2): string {
  return String(number).padStart(digits, '0');
}
