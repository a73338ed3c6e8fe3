import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../errors/index.js';
import { nextLookSeconds, nextMode, nextRenewalSeconds, type LookEnd } from './watch-schedule.js';

function failed(code: ErrorCode, retryAfterSeconds: number | null = null): LookEnd {
  return { status: 'failed', code, retryAfterSeconds };
}
const renewed = { status: 'renewed', expiresAt: new Date(0) } as const;

describe('the next look at a mailbox', () => {
  it.each([
    ['after one that went well, by the interval', { status: 'looked' } as const, 'poll', 0, 60],
    ['after a history that is gone, by the interval', { status: 'resync' } as const, 'poll', 0, 60],
    ['beside notifications, seldom', { status: 'looked' } as const, 'push', 0, 900],
    ['after a first failure, by the interval', failed('NETWORK_ERROR'), 'poll', 1, 60],
    ['after more in a row, later and later', failed('SERVICE_UNAVAILABLE'), 'poll', 4, 480],
    ['after very many, within the hour', failed('SERVICE_UNAVAILABLE'), 'poll', 1000, 3600],
    ['when Google says so, if that is later', failed('RATE_LIMITED', 5000), 'push', 1, 5000],
    ['and not before the pause, if that is earlier', failed('RATE_LIMITED', 5), 'poll', 1, 60],
    ['soon where a person has to consent', failed('INVALID_REFRESH_TOKEN'), 'push', 50, 300],
  ] as const)('comes %s', (_when, end, mode, failures, seconds) => {
    expect(nextLookSeconds(end, { mode, pollSeconds: 60, failures })).toBe(seconds);
  });

  it('comes no sooner beside notifications than without them', () => {
    expect(nextLookSeconds({ status: 'looked' }, { mode: 'push', pollSeconds: 3600, failures: 0 })).toBe(
      3600,
    );
  });
});

describe('the next renewal', () => {
  it.each([
    ['renewed, within the day', renewed, 0, 0.5, 82_080],
    ['renewed, at the latest after a day', renewed, 0, 1, 86_400],
    ['refused, the next day: its operator may have mended the topic', { status: 'refused' }, 1, 0, 77_760],
    ['failed, after a minute', { status: 'failed' }, 1, 0, 60],
    ['failed again, later', { status: 'failed' }, 3, 0, 240],
    ['failed for long, within the hour', { status: 'failed' }, 90, 0, 3600],
  ] as const)('of one that was %s', (_how, end, failures, random, seconds) => {
    expect(nextRenewalSeconds(end, failures, random)).toBe(seconds);
  });
});

describe('changes are learned of', () => {
  it.each([
    ['by notifications once they are agreed on', renewed, 'poll', false, 'push'],
    ['by looks where Gmail refuses the topic', { status: 'refused' }, 'push', true, 'poll'],
    ['as before while a renewal only failed', { status: 'failed' }, 'push', true, 'push'],
    ['by looks once notifications have expired', { status: 'failed' }, 'push', false, 'poll'],
    ['as before where nothing was due', null, 'push', true, 'push'],
    ['by looks where there is no topic', null, 'poll', false, 'poll'],
  ] as const)('%s', (_how, end, before, isAlive, mode) => {
    expect(nextMode(end, before, isAlive)).toBe(mode);
  });
});
