import { describe, expect, it } from '@jest/globals';
import { HandClock } from './hand-clock.fixture.js';
import { LoginAttempts } from './login-attempts.js';

describe('attempts to log in', () => {
  it('are refused after twenty failures in a minute from one address, and from no other', () => {
    const clock = new HandClock();
    const attempts = new LoginAttempts(clock);
    for (let n = 0; n < 20; n += 1) attempts.failed('203.0.113.7');
    clock.nowMs = 20_000;
    expect(refusal(attempts)).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 40 });
    expect(() => attempts.failed('203.0.113.8')).not.toThrow();
    clock.nowMs = 60_000;
    expect(() => attempts.failed('203.0.113.7')).not.toThrow();
  });
});

function refusal(attempts: LoginAttempts): unknown {
  try {
    attempts.failed('203.0.113.7');
    return null;
  } catch (error) {
    return error;
  }
}
