import { describe, expect, it } from '@jest/globals';
import { retryAfterSeconds } from './retry-after.js';

const dateHeader = 'Thu, 01 Jan 2026 00:00:00 GMT';

describe('retryAfterSeconds', () => {
  it('reads seconds', () => {
    expect(retryAfterSeconds({ retryAfterHeader: ' 17 ' })).toBe(17);
  });

  it("reads a date against the server's own clock", () => {
    expect(retryAfterSeconds({ retryAfterHeader: 'Thu, 01 Jan 2026 00:01:30 GMT', dateHeader })).toBe(90);
  });

  it('reads the time in the message of a Gmail error', () => {
    const message = 'User-rate limit exceeded.  Retry after 2026-01-01T00:15:00.500Z (Mail sending)';
    expect(retryAfterSeconds({ message, dateHeader })).toBe(901);
  });

  it('trusts the header before the message', () => {
    const message = 'Retry after 2026-01-01T00:15:00.500Z';
    expect(retryAfterSeconds({ retryAfterHeader: '3', message, dateHeader })).toBe(3);
  });

  it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'never says less than a second (%s)',
    (retryAfterHeader) => {
      expect(retryAfterSeconds({ retryAfterHeader, dateHeader })).toBe(1);
    },
  );

  it.each(['9999999999', 'Thu, 01 Jan 2099 00:00:00 GMT'])(
    'never says more than a day (%s)',
    (retryAfterHeader) => {
      expect(retryAfterSeconds({ retryAfterHeader, dateHeader })).toBe(86_400);
    },
  );

  it.each([undefined, '', 'soon', '-5', '1.5.2'])(
    'says nothing when the answer says nothing (%s)',
    (header) => {
      const hints = header === undefined ? {} : { retryAfterHeader: header };
      expect(retryAfterSeconds({ ...hints, message: 'Retry after lunch' })).toBeUndefined();
    },
  );
});
