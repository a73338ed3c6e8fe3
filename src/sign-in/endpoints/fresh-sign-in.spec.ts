import { expect, it } from '@jest/globals';
import { isFreshSignIn } from './fresh-sign-in.js';

it.each([
  ['for a client that does not say', {}, 40_000, 5, true],
  ['for one that wants to ask the person', { prompt: 'consent' }, 40_000, 5, true],
  ['from before a request for a new one', { prompt: 'login' }, 6, 5, false],
  ['from before one that wants consent too', { prompt: 'consent login', max_age: '100' }, 6, 5, false],
  ['from after a request for a new one', { prompt: 'login' }, 4, 5, true],
  ['that was as old as it may be when it was asked for', { max_age: '60' }, 65, 5, true],
  ['that was older', { max_age: '60' }, 66, 5, false],
  ['from after the request', { max_age: '1' }, 3, 5, true],
])('tells whether a sign-in will do %s', (_case, params, signedInSecondsAgo, askedSecondsAgo, isFresh) => {
  expect(isFreshSignIn(params, signedInSecondsAgo, askedSecondsAgo)).toBe(isFresh);
});
