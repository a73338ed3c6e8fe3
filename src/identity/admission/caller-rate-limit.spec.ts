import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RateLimitWindows } from '../../database/index.js';
import { CallerRateLimit } from './caller-rate-limit.js';
import { HandClock } from './hand-clock.fixture.js';
import { IdentityOptions } from '../identity-options.js';

beforeAll(() => void Logger.overrideLogger(false));

/** What the database does, for one subject and on the same clock; it answers `answerMs` after it was asked. */
class SharedWindow {
  questions = 0;
  failure: Error | null = null;
  answerMs = 0;
  private startsAtMs = -Infinity;
  private taken = 0;

  constructor(private readonly clock: HandClock) {}

  async take(_subject: string, limit: number, portion = 1): Promise<{ granted: number; endsInMs: number }> {
    this.questions += 1;
    if (this.failure) throw this.failure;
    if (this.clock.nowMs - this.startsAtMs >= 60_000) {
      this.startsAtMs = this.clock.nowMs;
      this.taken = 0;
    }
    const granted = Math.min(portion, limit - this.taken);
    this.taken += granted;
    const endsInMs = this.startsAtMs + 60_000 - this.clock.nowMs;
    this.clock.nowMs += this.answerMs;
    return { granted, endsInMs };
  }
}

const caller = {
  operator: false,
  session: false,
  tenantId: 'tenant',
  rights: new Set<never>(),
  apiKeyId: 'key',
  expiresAt: null,
};

function limits(perMinute: number, processes = 1) {
  const clock = new HandClock();
  const window = new SharedWindow(clock);
  const options = new IdentityOptions('operator', 'http://localhost', perMinute);
  const replicas = Array.from(
    { length: processes },
    () => new CallerRateLimit(window as unknown as RateLimitWindows, clock, options),
  );
  return { clock, window, replicas, limit: replicas[0]! };
}

function admitted(limit: CallerRateLimit) {
  return limit.admitCaller(caller).then(
    () => true,
    () => false,
  );
}

describe('the rate limit of a caller', () => {
  it('asks the shared window once for many requests', async () => {
    const { limit, window } = limits(6000);
    await Promise.all(Array.from({ length: 100 }, () => limit.admitCaller(caller)));
    expect(window.questions).toBe(1);
  });

  it('refuses what exceeds it, says when to come again, and does not ask anew for each refusal', async () => {
    const { limit, window, clock } = limits(3);
    for (let n = 0; n < 3; n += 1) await limit.admitCaller(caller);
    clock.nowMs += 10_500;
    for (let n = 0; n < 5; n += 1) {
      await expect(limit.admitCaller(caller)).rejects.toMatchObject({
        code: 'RATE_LIMITED',
        retryAfterSeconds: 50,
      });
    }
    expect(window.questions).toBe(4);
  });

  it('begins anew when the window is over', async () => {
    const { limit, clock } = limits(1);
    await limit.admitCaller(caller);
    expect(await admitted(limit)).toBe(false);
    clock.nowMs += 60_000;
    expect(await admitted(limit)).toBe(true);
  });

  it('spends no permit after the window it was taken from', async () => {
    const { limit, window, clock } = limits(120);
    await limit.admitCaller(caller);
    clock.nowMs += 60_000;
    await limit.admitCaller(caller);
    expect(window.questions).toBe(2);
  });

  it('counts a permit that arrives after its window as lost', async () => {
    const { limit, window } = limits(60);
    window.answerMs = 70_000;
    const late = limit.admitCaller(caller);
    await Promise.resolve();
    window.answerMs = 0;
    await late;
    expect(window.questions).toBe(2);
  });

  it('keeps tokens and keys apart, and counts a session on its key', async () => {
    const { limit, window } = limits(6000);
    await limit.admitCaller(caller);
    await limit.admitCaller({ ...caller, session: true });
    expect(window.questions).toBe(1);
    await limit.admitMcpToken('key');
    await limit.admitCaller({ ...caller, apiKeyId: null });
    expect(window.questions).toBe(3);
  });

  it('stands aside while the database is away', async () => {
    const { limit, window } = limits(1);
    window.failure = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    for (let n = 0; n < 3; n += 1) await limit.admitCaller(caller);
  });

  it('hides no other fault', async () => {
    const { limit, window } = limits(1);
    window.failure = new TypeError('a bug');
    await expect(limit.admitCaller(caller)).rejects.toThrow('a bug');
  });

  it('is off at 0', async () => {
    const { limit, window } = limits(0);
    await limit.admitCaller(caller);
    expect(window.questions).toBe(0);
  });

  it('is never exceeded in a window, however many processes share it and however requests fall', async () => {
    const requests = fc.array(fc.tuple(fc.nat(2), fc.nat(400)), { maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), requests, async (perMinute, made) => {
        const { clock, replicas } = limits(perMinute, 3);
        let inWindow = 0;
        let windowStart = -Infinity;
        for (const [replica, pauseMs] of made) {
          clock.nowMs += pauseMs;
          if (clock.nowMs - windowStart >= 60_000) [windowStart, inWindow] = [clock.nowMs, 0];
          if (await admitted(replicas[replica]!)) inWindow += 1;
          expect(inWindow).toBeLessThanOrEqual(perMinute);
        }
      }),
    );
  });
});
