import { expect, it } from '@jest/globals';
import { bearerToken } from './bearer-token.js';

it.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc.def-_~+/=', 'abc.def-_~+/='],
  ['Bearer abc ', 'abc'],
  ['Basic abc', null],
  ['Bearer', null],
  ['Bearer a b', null],
  ['xBearer abc', null],
  [undefined, null],
])('reads %p as %p', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});
