import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import type { Dispatcher } from 'undici';
import type { RequestFault } from '../faults/request-fault.js';
import { readAnswer } from './read-answer.js';

async function faultOf(headers: Record<string, string>, message = ''): Promise<RequestFault> {
  const body = Readable.from(JSON.stringify({ error: { message } }));
  const text = async () => (await body.toArray()).join('');
  const answer = { statusCode: 429, headers, body: { text } } as unknown as Dispatcher.ResponseData;
  return readAnswer(answer).then(
    () => Promise.reject(new Error('was read')),
    (fault: unknown) => fault as RequestFault,
  );
}

const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
const message = 'User-rate limit exceeded.  Retry after 2026-01-01T00:15:00.500Z (Mail sending)';

it.each([
  ['its header', { 'retry-after': '17' }, '', 17],
  ['its header, as a date', { 'retry-after': 'Thu, 01 Jan 2026 00:01:30 GMT', date }, '', 90],
  ['its message', { date }, message, 901],
  ['its header rather than its message', { 'retry-after': '3', date }, message, 3],
  ['neither', { date }, 'Retry after lunch', undefined],
])('a rate limit says when to come back in %s', async (_where, headers, said, seconds) => {
  expect(await faultOf(headers, said)).toMatchObject({
    fault: 'rateLimited',
    retryAfterSeconds: seconds,
  });
});

it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])('waits a second at least (%s)', async (retryAfter) => {
  expect(await faultOf({ 'retry-after': retryAfter, date })).toMatchObject({ retryAfterSeconds: 1 });
});
