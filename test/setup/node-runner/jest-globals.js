import { ModernFakeTimers } from '@jest/fake-timers';
import { limitedHook, limitedTest, setTimeLimit } from './time-limits.js';

/** What Node's own code runs on as well, which stands still with it; time itself goes by the others. */
const doNotFake = ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'];
const timers = new ModernFakeTimers({ config: { fakeTimers: {} }, global: globalThis });

export const { describe, expect } = globalThis;
export const it = limitedTest(globalThis.it);
export const afterAll = limitedHook(globalThis.afterAll);
export const afterEach = limitedHook(globalThis.afterEach);
export const beforeAll = limitedHook(globalThis.beforeAll);
export const beforeEach = limitedHook(globalThis.beforeEach);

/** The runner's own lacks some of it. */
export const jest = {
  ...globalThis.jest,
  setTimeout: setTimeLimit,
  useFakeTimers: (config) => timers.useFakeTimers({ doNotFake, ...config }),
  useRealTimers: () => timers.useRealTimers(),
  setSystemTime: (now) => timers.setSystemTime(now),
  advanceTimersByTime: (ms) => timers.advanceTimersByTime(ms),
  advanceTimersByTimeAsync: (ms) => timers.advanceTimersByTimeAsync(ms),
  getTimerCount: () => timers.getTimerCount(),
};
