import { expect, it } from '@jest/globals';
import { postingPage } from './posting-page.js';

const own = 'http://localhost:3000';
const sameOrigin = { 'sec-fetch-site': 'same-origin' };

it.each([
  ['our origin', { origin: own, host: 'localhost:3000' }, 'own'],
  ['our origin behind a proxy that writes another host', { origin: own, host: 'evergrant:3000' }, 'own'],
  ['a page that sends no referrer, by fetch metadata', { origin: 'null', ...sameOrigin }, 'own'],
  ['a browser that leaves the origin out, by fetch metadata', sameOrigin, 'own'],
  [
    'our page under another name',
    { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
    'own-at-another-address',
  ],
  [
    'our page under another name, by fetch metadata',
    { origin: 'http://127.0.0.1:3000', ...sameOrigin },
    'own-at-another-address',
  ],
  ['another site', { origin: 'https://evil.example', host: 'localhost:3000' }, 'foreign'],
  ['another port', { origin: 'http://localhost:8080', host: 'localhost:3000' }, 'foreign'],
  ['another site without a referrer', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 'foreign'],
  ['a neighbour of the same site', { origin: 'null', 'sec-fetch-site': 'same-site' }, 'foreign'],
  ['a sandboxed frame', { origin: 'null' }, 'foreign'],
  ['what is no origin', { origin: '%', host: '%' }, 'foreign'],
  ['nothing at all', {}, 'foreign'],
])('%s is judged rightly', (_case, headers, judged) => {
  expect(postingPage(headers, own)).toBe(judged);
});
