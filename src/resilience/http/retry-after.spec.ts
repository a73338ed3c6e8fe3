import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryAfterSeconds } from './retry-after.js';

const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
const nowMs = Date.UTC(2026, 0, 1);
function read(retryAfter: string | null, more: { date?: string | null; retryAt?: string } = {}) {
  return retryAfterSeconds({ retryAfter, date, ...more }, nowMs);
}

describe('Retry-After', () => {
  it.each([
    ['seconds', '120', 120],
    ['seconds with space around them', ' 17 ', 17],
    ['zero', '0', 0],
    ['a date, counted from the answer’s own Date', 'Sun, 06 Nov 1994 08:50:07 GMT', 30],
    ['a date in the form of RFC 850', 'Sunday, 06-Nov-94 08:49:47 GMT', 10],
    ['a date in the form of asctime', 'Sun Nov  6 08:50:37 1994', 60],
    ['a date in the past, as now', 'Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ['seconds beyond a day, as a day', '99999999999999999999', 86_400],
    ['a date beyond a day, as a day', 'Mon, 06 Nov 2094 08:49:37 GMT', 86_400],
  ])('is understood as %s', (_what, value, expected) => {
    expect(read(value)).toBe(expected);
  });

  it.each([
    ['there is none', null],
    ['it is empty', ''],
    ['it is negative', '-5'],
    ['it is a fraction', '1.5'],
    ['it is prose', 'soon'],
    ['its date does not exist', 'Sun, 99 Nov 1994 08:49:37 GMT'],
  ])('says nothing when %s', (_what, value) => {
    expect(read(value)).toBeNull();
  });

  it.each([null, 'yesterday'])('counts from now when the answer carries no usable Date (%p)', (without) => {
    expect(read(new Date(nowMs + 60_000).toUTCString(), { date: without })).toBe(60);
  });
});

describe('an instant that the body names', () => {
  const retryAt = '1994-11-06T09:04:37.500Z';

  it('counts from the answer’s own Date, and is rounded up', () => {
    expect(read(null, { retryAt })).toBe(901);
  });

  it('counts when the header is not understood', () => {
    expect(read('soon', { retryAt })).toBe(901);
  });

  it.each(['3', 'Sun, 06 Nov 1994 08:49:40 GMT'])('gives way to the header (%s)', (header) => {
    expect(read(header, { retryAt })).toBe(3);
  });

  it.each(['', 'lunch', '1994-11-06', '1994-99-06T09:04:37Z'])('may be none at all (%s)', (instead) => {
    expect(read(null, { retryAt: instead })).toBeNull();
  });
});

it('is whole seconds from 0 to a day, or nothing, whatever the answer says', () => {
  const header = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((each) => each.toUTCString()),
  );
  fc.assert(
    fc.property(header, header, header, (retryAfter, answeredAt, retryAt) => {
      const seconds = read(retryAfter, { date: answeredAt, retryAt });
      return seconds === null || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400);
    }),
  );
});
