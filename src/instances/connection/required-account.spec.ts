import { describe, expect, it } from '@jest/globals';
import { isNamedBy } from './required-account.js';

const ann = { subject: '108', email: 'Ann@Example.com' };

describe('a hint names an account', () => {
  it.each([
    ['ann@example.com', ann, true],
    ['bob@example.com', ann, false],
    ['108', ann, true],
    ['109', ann, false],
    ['ann@example.com', { subject: '108', email: null }, false],
    ['108', { subject: null, email: 'ann@example.com' }, false],
  ])('%s, %j: %s', (hint, account, isNamed) => {
    expect(isNamedBy(hint, account)).toBe(isNamed);
  });
});
