import { describe, expect, it } from '@jest/globals';
import { addressKey } from './account-address.js';

describe('two addresses are of one account', () => {
  it.each([
    ['Ann@Example.com', 'ann@example.COM'],
    ['j.doe@gmail.com', 'jdoe@gmail.com'],
    ['J.Doe@GoogleMail.com', 'jdoe@gmail.com'],
  ])('%s and %s', (one, other) => {
    expect(addressKey(one)).toBe(addressKey(other));
  });
});

describe('two addresses are not known to be of one account', () => {
  it.each([
    ['dots count outside of Gmail', 'j.doe@example.com', 'jdoe@example.com'],
    ['dots of a domain', 'ann@ex.ample.com', 'ann@example.com'],
    ['a domain that ends alike', 'j.doe@notgmail.com', 'jdoe@notgmail.com'],
    ['a + part', 'ann+work@gmail.com', 'ann@gmail.com'],
    ['the Kelvin sign, which Unicode folds to k', 'an\u212A@example.com', 'ank@example.com'],
    ['two at signs', 'j.d@x@gmail.com', 'jd@x@gmail.com'],
  ])('%s', (_case, one, other) => {
    expect(addressKey(one)).not.toBe(addressKey(other));
  });
});
