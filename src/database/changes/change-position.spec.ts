import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPosition, isLaterThan, parsePosition } from './change-position.js';

const position = fc.record({
  transactionId: fc.bigInt({ min: 3n, max: 2n ** 63n - 1n }).map(String),
  id: fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map(String),
  atSeconds: fc.nat(),
});

describe('a place in the feed', () => {
  it('comes back from its text as it was', () => {
    fc.assert(fc.property(position, (one) => expect(parsePosition(formatPosition(one))).toEqual(one)));
  });

  it('has one order with every other, beyond what a double can tell apart', () => {
    fc.assert(
      fc.property(position, position, (one, other) => {
        const same = one.transactionId === other.transactionId && one.id === other.id;
        expect(isLaterThan(one, other) || isLaterThan(other, one)).toBe(!same);
      }),
    );
    const at = (id: string) => ({ transactionId: '9007199254740993', id, atSeconds: 0 });
    expect(isLaterThan(at('9007199254740993'), at('9007199254740992'))).toBe(true);
  });

  it.each(['', '1', '1-2', '1-2-3-4', 'a-b-c', '-1-2-3', '1-2-3 ', `${'9'.repeat(20)}-1-1`])(
    'is not read from %j',
    (text) => expect(parsePosition(text)).toBeNull(),
  );
});
