import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryAfterSeconds } from './retry-after.js';

const answeredAt = 'Sun, 06 Nov 1994 08:49:37 GMT';
const read = (value: string, date = answeredAt) =>
  retryAfterSeconds(new Headers({ 'retry-after': value, date }));

describe('retryAfterSeconds', () => {
  it.each([
    ['reads seconds', '120', 120],
    ['reads a date, counted from the answer’s own Date', 'Sun, 06 Nov 1994 08:50:07 GMT', 30],
    ['reads a date in the obsolete form', 'Sunday, 06-Nov-94 08:49:47 GMT', 10],
    ['takes a date in the past for now', 'Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ['never waits longer than a day for seconds', '99999999999999999999', 86_400],
    ['never waits longer than a day for a date', 'Mon, 06 Nov 2094 08:49:37 GMT', 86_400],
    ['ignores a negative number', '-5', null],
    ['ignores a fraction', '1.5', null],
    ['ignores an impossible date', 'Sun, 99 Nov 1994 08:49:37 GMT', null],
    ['ignores an empty value', '', null],
    ['ignores prose', 'soon', null],
  ])('%s', (_title, value, expected) => {
    expect(read(value)).toBe(expected);
  });

  it('is null when there is no such header', () => {
    expect(retryAfterSeconds(new Headers())).toBeNull();
  });

  it('counts a date from now when the answer carries no usable Date', () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    const seconds = read(inAMinute, 'yesterday');
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('yields whole seconds from 0 to a day, or null, whatever the headers say', () => {
    const header = fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(header, header, (value, date) => {
        const seconds = read(value, date);
        return seconds === null || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400);
      }),
    );
  });
});
