import { describe, expect, it } from '@jest/globals';
import { judgementOf, type Judgement, type ReceiverAnswer } from './receiver-answer.js';

function answered(httpStatus: number, retryAfterSeconds: number | null = null): ReceiverAnswer {
  return { status: 'answered', httpStatus, retryAfterSeconds };
}
const deliver: Judgement = { do: 'deliver' };

describe('what a receiver answers', () => {
  it.each([200, 201, 202, 204, 299])('delivers with %i', (httpStatus) => {
    expect(judgementOf(answered(httpStatus))).toEqual(deliver);
  });

  it('switches the webhook off with 410', () => {
    expect(judgementOf(answered(410, 60))).toEqual({ do: 'disable', failure: 'gone' });
  });

  it.each([
    [302, 'redirected'],
    [307, 'redirected'],
    [304, 'redirected'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [429, 'refused'],
    [500, 'receiver_error'],
    [503, 'receiver_error'],
    [199, 'unexpected_status'],
  ])('is asked for again after %i', (httpStatus, failure) => {
    expect(judgementOf(answered(httpStatus, 60))).toEqual({ do: 'retry', failure, retryAfterSeconds: 60 });
  });

  it.each([
    ['was not reached', { status: 'failed', kind: 'connection_refused' }, 'connection_refused'],
    ['took too long', { status: 'failed', kind: 'deadline_exceeded' }, 'deadline_exceeded'],
    ['may not be asked', { status: 'not_asked', failure: 'not_public' }, 'not_public'],
  ] as const)('is asked for again where it %s', (_what, answer, failure) => {
    expect(judgementOf(answer)).toEqual({ do: 'retry', failure, retryAfterSeconds: null });
  });
});
