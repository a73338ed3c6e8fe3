import { describe, expect, it } from '@jest/globals';
import { deliveryEnd } from './delivery-end.js';

const retry = { do: 'retry', failure: 'receiver_error', retryAfterSeconds: null } as const;
const first = { attempts: 1, ageSeconds: 0, isOnce: false };

describe('a delivery', () => {
  it.each([
    ['has arrived with a good answer', { do: 'deliver' }, first, { status: 'delivered', failure: null }],
    ['comes again after a bad one', retry, first, { status: 'failed', retryInSeconds: 5 }],
    [
      'is given up when three days have passed',
      retry,
      { ...first, ageSeconds: 259_200 },
      { status: 'given_up' },
    ],
    [
      'is given up when its receiver is gone',
      { do: 'disable', failure: 'gone' },
      first,
      { status: 'given_up' },
    ],
    [
      'is given up at once where someone waits for the answer',
      retry,
      { ...first, isOnce: true },
      { status: 'given_up', failure: 'receiver_error' },
    ],
  ] as const)('%s', (_what, judgement, attempt, expected) => {
    expect(deliveryEnd(judgement, attempt, 0.5)).toMatchObject(expected);
  });
});
