import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { HandClock } from './hand-clock.fixture.js';
import { RefusalPace } from './refusal-pace.js';

let clock: HandClock;
let pace: RefusalPace;
let answered: number;
beforeEach(() => {
  jest.useFakeTimers();
  clock = new HandClock();
  pace = new RefusalPace(clock);
  answered = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

function refusal(): Promise<never> {
  return Promise.reject(new EvergrantError('UNAUTHENTICATED'));
}

function refuse(count: number): void {
  for (let n = 0; n < count; n += 1) void pace.slowed(refusal).catch(() => (answered += 1));
}

it('answers two hundred refusals a second at once, and others a second later', async () => {
  refuse(250);
  await jest.advanceTimersByTimeAsync(0);
  expect(answered).toBe(200);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(answered).toBe(250);
});

it('holds nothing back once the flood is over', async () => {
  refuse(250);
  await jest.advanceTimersByTimeAsync(0);
  clock.nowMs = 1_000;
  refuse(1);
  await jest.advanceTimersByTimeAsync(0);
  expect(answered).toBe(201);
});

it('holds no more answers than it has memory for', async () => {
  refuse(5_300);
  await jest.advanceTimersByTimeAsync(0);
  expect(answered).toBe(300);
});
