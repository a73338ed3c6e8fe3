import { describe, expect, it } from '@jest/globals';
import type { OneClickAnswer } from './list-servers.js';
import { oneClickOutcome } from './one-click-outcome.js';

function answered(httpStatus: number): OneClickAnswer {
  return { status: 'answered', httpStatus };
}

describe('an unsubscription by one click', () => {
  it.each([200, 202, 204])('is done when the server answers %d', (httpStatus) => {
    expect(oneClickOutcome(answered(httpStatus))).toEqual({
      ...{ status: 'done', id: null, threadId: null, labelIds: [] },
    });
  });

  it.each<[string, OneClickAnswer, string, string, number | null]>([
    ['a redirect', answered(302), 'FORBIDDEN', 'list_server_3xx', null],
    ['a refusal', answered(404), 'FORBIDDEN', 'list_server_4xx', null],
    ['too many requests', answered(429), 'SERVICE_UNAVAILABLE', 'list_server_4xx', 60],
    ['a fault', answered(503), 'SERVICE_UNAVAILABLE', 'list_server_5xx', 60],
    [
      'no answer',
      { status: 'failed', kind: 'deadline_exceeded' },
      'NETWORK_ERROR',
      'list_server_unreachable',
      60,
    ],
    ['a private host', { status: 'not_public' }, 'FORBIDDEN', 'list_server_not_public', null],
  ])('is not done after %s', (_what, answer, errorCode, reason, retryInSeconds) => {
    expect(oneClickOutcome(answer)).toMatchObject({
      ...{ status: 'not_sent', errorCode, reason, retryInSeconds, requiresReauth: false },
    });
  });
});
