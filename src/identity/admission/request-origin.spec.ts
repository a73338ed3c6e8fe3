import { expect, it } from '@jest/globals';
import { isFromForeignPage, isFromOwnPage } from './request-origin.js';

const own = 'https://evergrant.example.com';

it.each([
  ['our origin', { origin: own }, true, false],
  ['our origin by fetch metadata alone', { 'sec-fetch-site': 'same-origin' }, true, false],
  ['another origin', { origin: 'https://evil.example' }, false, true],
  ['a sandboxed page', { origin: 'null' }, false, true],
  ['our host on another port', { origin: `${own}:8443` }, false, true],
  ['our host without TLS', { origin: 'http://evergrant.example.com' }, false, true],
  ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }, false, true],
  ['another site by fetch metadata alone', { 'sec-fetch-site': 'cross-site' }, false, true],
  ['no browser', {}, false, false],
])('%s is judged rightly', (_case, headers, isOwn, isForeign) => {
  expect(isFromOwnPage(headers, own)).toBe(isOwn);
  expect(isFromForeignPage(headers, own)).toBe(isForeign);
});
