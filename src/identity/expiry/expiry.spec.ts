import { expect, it } from '@jest/globals';
import { expiryOf, type Expiry, type RequestedExpiry } from './expiry.js';

const at = new Date('2030-01-01T00:00:00Z');

it.each<[string, RequestedExpiry, number, Expiry]>([
  ['the default life where nothing is asked for', {}, 90, { at: null, inSeconds: 7_776_000 }],
  ['never, where the default is 0', {}, 0, { at: null, inSeconds: null }],
  ['never, where that is asked for', { expiresAt: null }, 90, { at: null, inSeconds: null }],
  ['an instant, however far', { expiresAt: at }, 90, { at, inSeconds: null }],
  ['a life of its own', { expiresInSeconds: 60 }, 90, { at: null, inSeconds: 60 }],
  [
    'a life of its own, also where the default is 0',
    { expiresInSeconds: 60 },
    0,
    { at: null, inSeconds: 60 },
  ],
])('a new key or token lasts: %s', (_case, requested, defaultLifeDays, expiry) => {
  expect(expiryOf(requested, defaultLifeDays)).toEqual(expiry);
});
