import { expect, it } from '@jest/globals';
import { readAnswer } from './read-answer.js';

function thrownFor(headers: Record<string, string>, message = ''): unknown {
  try {
    return readAnswer({ statusCode: 429, headers, bytes: new Uint8Array() }, { error: { message } });
  } catch (fault) {
    return fault;
  }
}

const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
const message = 'User-rate limit exceeded.  Retry after 2026-01-01T00:15:00.500Z (Mail sending)';

it.each([
  ['its header', { 'retry-after': '17' }, '', 17],
  ['its header, as a date', { 'retry-after': 'Thu, 01 Jan 2026 00:01:30 GMT', date }, '', 90],
  ['its message', { date }, message, 901],
  ['its header rather than its message', { 'retry-after': '3', date }, message, 3],
  ['neither', { date }, 'Retry after lunch', undefined],
])('a rate limit says when to come back in %s', (_where, headers, said, seconds) => {
  expect(thrownFor(headers, said)).toMatchObject({ fault: 'rateLimited', retryAfterSeconds: seconds });
});

it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])('is waited for a second at least (%s)', (retryAfter) => {
  expect(thrownFor({ 'retry-after': retryAfter, date })).toMatchObject({ retryAfterSeconds: 1 });
});
