import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseHttpDate } from './http-date.js';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const now = Date.UTC(2026, 6, 1);

/** The three forms of RFC 9110 section 5.6.7, each made of a moment's IMF-fixdate. */
const forms: [name: string, format: (date: Date) => string][] = [
  ['IMF-fixdate', (date) => date.toUTCString()],
  [
    'RFC 850',
    (date) => {
      const [, day, month, year, time] = date.toUTCString().split(' ');
      return `${days[date.getUTCDay()]}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
    },
  ],
  [
    'asctime',
    (date) => {
      const [weekday, day, month, year, time] = date.toUTCString().split(' ');
      return `${weekday?.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
    },
  ],
];

describe('an HTTP-date', () => {
  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['asctime', 'Sun Nov  6 08:49:37 1994'],
  ])('is read in the form of the specification’s example: %s', (_form, value) => {
    expect(parseHttpDate(value, now)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
  });

  it.each(forms)('is read back to the second as %s', (_form, format) => {
    const min = new Date(Date.UTC(1976, 6, 2));
    const max = new Date(Date.UTC(2076, 5, 30));
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min, max }), (date) => {
        expect(parseHttpDate(format(date), now)).toBe(Math.floor(date.getTime() / 1000) * 1000);
      }),
    );
  });

  it.each([
    ['now, in the same century', '26', 2026, Date.UTC(2026, 6, 1)],
    ['up to 50 years ahead', '76', 2076, Date.UTC(2026, 10, 6, 8, 49, 37)],
    ['50 years and a second ahead, which is the past', '76', 1976, Date.UTC(2026, 10, 6, 8, 49, 36)],
    ['the last year that ended so', '94', 1994, Date.UTC(2026, 6, 1)],
    ['over the turn of a century', '05', 2105, Date.UTC(2098, 6, 1)],
  ])('of a two-digit year is %s', (_what, yy, year, seenFrom) => {
    expect(parseHttpDate(`Friday, 06-Nov-${yy} 08:49:37 GMT`, seenFrom)).toBe(
      Date.UTC(year, 10, 6, 8, 49, 37),
    );
  });

  it('may name a leap second', () => {
    expect(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT', now)).toBe(Date.UTC(2017, 0, 1));
  });

  it.each([
    ['nothing', ''],
    ['another time zone', 'Sun, 06 Nov 1994 08:49:37 CET'],
    ['an offset', 'Sun, 06 Nov 1994 08:49:37 +0000'],
    ['no time zone', 'Sun, 06 Nov 1994 08:49:37'],
    ['a day of one digit', 'Sun, 6 Nov 1994 08:49:37 GMT'],
    ['a day that no month has', 'Sun, 99 Nov 1994 08:49:37 GMT'],
    ['a day that this month does not have', 'Wed, 31 Jun 2026 08:49:37 GMT'],
    ['a 29 February of a common year', 'Sun, 29 Feb 2026 08:49:37 GMT'],
    ['an hour that no day has', 'Sun, 06 Nov 1994 24:00:00 GMT'],
    ['another language', 'So, 06 Nov 1994 08:49:37 GMT'],
    ['lower case', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['ISO 8601', '1994-11-06T08:49:37Z'],
    ['a number', '1.5'],
    ['something after it', 'Sun, 06 Nov 1994 08:49:37 GMT, later'],
  ])('is not %s', (_what, value) => {
    expect(parseHttpDate(value, now)).toBeNull();
  });
});
