import { describe, expect, it } from '@jest/globals';
import { timeBudget } from './time-budget.js';

describe('the time that a caller is promised', () => {
  it('is 25 seconds: service 10, what became of a lost answer 2, provider 8, confirmation 5', () => {
    const { serviceMs, recallMs, providerMs, confirmationMs, wholeMs } = timeBudget;
    expect([serviceMs, recallMs, providerMs, confirmationMs]).toEqual([10_000, 2_000, 8_000, 5_000]);
    expect(wholeMs).toBe(25_000);
    expect(serviceMs + recallMs + providerMs + confirmationMs).toBe(wholeMs);
  });

  it('gives a refresh 20 seconds, and its verdict the other 5', () => {
    expect(timeBudget.refreshMs).toBe(20_000);
    expect(timeBudget.wholeMs - timeBudget.refreshMs).toBe(timeBudget.confirmationMs);
  });

  it('ends for the caller half a second before it ends, so that the answer arrives in time', () => {
    expect(timeBudget.callerWaitMs).toBe(24_500);
  });
});

describe('the OAuth service', () => {
  it('gives up on the provider two seconds before its caller gives up on it', () => {
    expect(timeBudget.serviceMs - timeBudget.providerMs).toBe(2_000);
  });

  it('may be given 12 seconds at most, so that the direct path keeps its 8', () => {
    expect(timeBudget.longestServiceMs).toBe(12_000);
    expect(timeBudget.longestServiceMs + timeBudget.providerMs).toBe(timeBudget.refreshMs);
  });

  it('can fail to be connected to as often as it may be asked, within its time', () => {
    expect(timeBudget.serviceConnectMs * timeBudget.maxAttempts).toBeLessThan(timeBudget.serviceMs);
  });
});

describe('the provider', () => {
  it('can fail to be connected to once, and be asked again, within its time', () => {
    const { providerConnectMs, providerMs } = timeBudget;
    expect(providerConnectMs * 2).toBeLessThan(providerMs);
  });

  it('can fail to be connected to once, and be asked again, within a confirmation', () => {
    const { providerConnectMs, shortestAttemptMs, confirmationMs } = timeBudget;
    expect(providerConnectMs + shortestAttemptMs).toBeLessThan(confirmationMs);
  });
});
