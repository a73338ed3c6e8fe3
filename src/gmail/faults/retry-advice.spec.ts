import { describe, expect, it } from '@jest/globals';
import type { GmailFault } from './gmail-fault.js';
import { RequestFault } from './request-fault.js';
import { type RetryRoom, secondsBeforeRetry } from './retry-advice.js';

const room: RetryRoom = { attempts: 1, leftMs: 10_000, waitsLeftMs: 20_000 };

describe('A request that failed', () => {
  it.each<[string, GmailFault, number | undefined, Partial<RetryRoom>, number | null]>([
    ['is made again after a failure of the network', 'network', undefined, {}, 0],
    ['is made again when the answer says', 'backend', 7, {}, 7],
    ['is given up after three attempts', 'backend', undefined, { attempts: 3 }, null],
    ['is not made again when the answer says too late', 'backend', 10, {}, null],
    ['waits for a rate limit to pass', 'rateLimited', undefined, {}, 0],
    ['waits for it as long as the answer says', 'rateLimited', 15, {}, 15],
    ['waits for it however often', 'rateLimited', undefined, { attempts: 7 }, 0],
    ['waits for it beyond its own time', 'rateLimited', undefined, { leftMs: 0 }, 0],
    ['does not wait when its call has no time for that', 'rateLimited', 20, {}, null],
    ['does not wait when its call has no time left', 'rateLimited', undefined, { waitsLeftMs: 0 }, null],
    ['does not wait for another day', 'dailyLimit', 1, {}, null],
    ['does not wait for units again', 'quotaSpent', 1, {}, null],
    ['is not made again when Gmail forbids it', 'forbidden', undefined, {}, null],
  ])('%s', (_case, fault, hint, given, seconds) => {
    expect(secondsBeforeRetry(new RequestFault(fault, hint), { ...room, ...given })).toBe(seconds);
  });

  it('is not made again after what is no fault of Gmail', () => {
    expect(secondsBeforeRetry(new Error('hung up'), room)).toBeNull();
  });
});
