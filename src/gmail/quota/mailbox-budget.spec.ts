import { Logger } from '@nestjs/common';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SliceGrant, SliceRequest } from '../../database/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock, Deadline } from '../../resilience/index.js';
import { MailboxBudget } from './mailbox-budget.js';
import { QuotaCall } from './quota-call.js';
import { QuotaMetrics } from './quota-metrics.js';
import { QuotaRefused } from './quota-refused.js';
import { type SharedUnits, UnitSource } from './unit-source.js';

class HandClock extends Clock {
  nowMs = 0;

  override monotonicMs(): number {
    return this.nowMs;
  }
}

/** Counts for all, as the database does. */
class CountedUnits implements SharedUnits {
  readonly asked: SliceRequest[] = [];
  failure: Error | null = null;
  private slices: { units: number; endsAtMs: number }[] = [];

  constructor(private readonly clock: HandClock) {}

  async take(_subject: string, request: SliceRequest): Promise<SliceGrant> {
    this.asked.push(request);
    if (this.failure !== null) throw this.failure;
    const { nowMs } = this.clock;
    this.slices = this.slices.filter(({ endsAtMs }) => endsAtMs > nowMs);
    const room = Math.min(request.upTo, request.limit - this.taken);
    const granted = room >= request.atLeast ? room : 0;
    if (granted > 0) this.slices.push({ units: granted, endsAtMs: nowMs + request.countsForMs });
    return {
      granted,
      slices: this.slices.map(({ units, endsAtMs }) => ({ units, endsInMs: endsAtMs - nowMs })),
    };
  }

  get taken(): number {
    return this.slices.reduce((sum, { units }) => sum + units, 0);
  }
}

const limit = 1_000;
let clock: HandClock;
let shared: CountedUnits;
beforeAll(() => {
  Logger.overrideLogger(false);
});
beforeEach(() => {
  clock = new HandClock();
  shared = new CountedUnits(clock);
});

function budget(source: SharedUnits | null = shared, most = limit): MailboxBudget {
  const metrics = new QuotaMetrics(new MetricsRegistry());
  return new MailboxBudget('mailbox', most, new UnitSource(source, clock, metrics), clock);
}

function call(waitsMs = 0): QuotaCall {
  return new QuotaCall('mailbox', new Deadline(clock, waitsMs));
}

/** How many of so many requests of one call went out. */
async function admitted(of: MailboxBudget, count: number, units = 20, by = call()): Promise<number> {
  const requests = Array.from({ length: count }, () => of.admit(by, units));
  const outcomes = await Promise.allSettled(requests);
  for (const each of outcomes)
    if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(QuotaRefused);
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

describe('The budget of a mailbox', () => {
  it('is spent by two processes together, and not once more', async () => {
    const [one, other] = [budget(), budget()];
    const small = async (of: MailboxBudget) => {
      let count = 0;
      for (let n = 0; n < 50; n += 1) count += await admitted(of, 1);
      return count;
    };
    const counts = await Promise.all([small(one), small(other)]);
    expect(counts[0] + counts[1]).toBeLessThanOrEqual(limit / 20);
    expect(counts[0] + counts[1]).toBeGreaterThan(limit / 20 - 5);
    expect(shared.taken).toBeLessThanOrEqual(limit);
  });

  it('is asked for seldom: most requests spend what is held', async () => {
    const one = budget();
    let fromMemory = 0;
    for (let n = 0; n < 100; n += 1) {
      const each = call();
      if (one.spendsAtOnce(each, 5)) fromMemory += 1;
      else await one.admit(each, 5);
    }
    expect(fromMemory).toBeGreaterThan(80);
    expect(shared.asked.length).toBeLessThan(20);
  });

  it('is there again a minute after it was spent, and not sooner', async () => {
    const one = budget();
    for (let n = 0; n < 50; n += 1) await admitted(one, 1);
    clock.nowMs += 59_000;
    expect(await admitted(one, 1)).toBe(0);
    clock.nowMs += 7_000;
    expect(await admitted(one, 1)).toBe(1);
  });

  it('tells a refused request when it may come again', async () => {
    const one = budget();
    for (let n = 0; n < 50; n += 1) await admitted(one, 1);
    clock.nowMs += 30_000;
    await expect(one.admit(call(), 20)).rejects.toMatchObject({ retryAfterSeconds: 35 });
  });

  it('leaves a part to others when one call asks for all of it', async () => {
    const one = budget();
    const large = call();
    expect(await admitted(one, 60, 20, large)).toBe(45);
    expect(await admitted(one, 1)).toBe(1);
  });

  it('serves a single request before the many that wait', async () => {
    const one = budget();
    await admitted(one, 60, 20, call());
    const order: string[] = [];
    const large = call(100_000);
    large.spentUnits = 500;
    const many = Array.from({ length: 8 }, () => one.admit(large, 20).then(() => order.push('many')));
    const single = one.admit(call(100_000), 20).then(() => order.push('single'));
    await single;
    expect(order).toEqual(['single']);
    clock.nowMs += 66_000;
    await Promise.all(many);
    expect(order).toHaveLength(9);
  });

  it('gives each call its turn', async () => {
    const one = budget();
    const order: number[] = [];
    const calls = [call(1), call(1), call(1)];
    const requests = calls.flatMap((each, n) =>
      [1, 2].map(() => one.admit(each, 5).then(() => order.push(n))),
    );
    await Promise.all(requests);
    expect(order).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('is not waited for by who has hung up', async () => {
    const one = budget();
    for (let n = 0; n < 50; n += 1) await admitted(one, 1);
    const client = new AbortController();
    const waiting = one.admit(call(100_000), 20, client.signal);
    client.abort(new Error('hung up'));
    await expect(waiting).rejects.toThrow('hung up');
  });

  it.each(['is away', 'is not there'])(
    'is counted by the process alone while the database %s',
    async (what) => {
      shared.failure = new Error('connection refused');
      const one = budget(what === 'is away' ? shared : null);
      expect(await admitted(one, 1)).toBe(1);
      for (let n = 0; n < 60; n += 1) await admitted(one, 1);
      await expect(one.admit(call(), 20)).rejects.toBeInstanceOf(QuotaRefused);
      expect(shared.asked.length).toBeLessThanOrEqual(1);
    },
  );

  it('is asked of the database again once that has had some seconds', async () => {
    shared.failure = new Error('connection refused');
    const one = budget();
    await admitted(one, 1);
    shared.failure = null;
    clock.nowMs += 6_000;
    await admitted(one, 1);
    expect(shared.taken).toBeGreaterThan(0);
  });

  it('lets a request through that costs more than there ever is', async () => {
    expect(await admitted(budget(), 1, 2_000)).toBe(1);
    const large = call();
    large.spentUnits = 500;
    expect(await admitted(budget(), 1, 2_000, large)).toBe(0);
  });

  it.each([1, 2, 9])('is kept where it is as small as %d', async (most) => {
    const one = budget(shared, most);
    const large = call();
    expect(await admitted(one, 1, 20, large)).toBe(1);
    expect(await admitted(one, 5, 20, large)).toBe(0);
    expect(await admitted(one, 5, 20)).toBe(0);
  });

  it('says what is left of it', async () => {
    const one = budget();
    expect(one.left()).toBeNull();
    await admitted(one, 2);
    expect(one.left()).toEqual({ units: 960, fullInMs: 65_000 });
  });
});
