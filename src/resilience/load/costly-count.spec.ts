import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { firstValueFrom, Subject } from 'rxjs';
import { Clock } from '../time/clock.js';
import { CostlyCount } from './costly-count.js';

/** A count that ends when it is told to. */
class CountUnderWay {
  private current = new Subject<number[]>();
  started = 0;

  readonly count = (): Promise<number[]> => {
    this.started += 1;
    this.current = new Subject();
    return firstValueFrom(this.current);
  };

  end(found: number): void {
    this.current.next([found]);
  }

  fail(): void {
    this.current.error(new Error('connect ECONNREFUSED'));
  }
}

let underWay: CountUnderWay;
let costly: CostlyCount<number>;

beforeEach(() => {
  jest.useFakeTimers();
  underWay = new CountUnderWay();
  costly = new CostlyCount(new Clock(), underWay.count);
});
afterEach(() => void jest.useRealTimers());

/** Asks, and lets the count take so long. */
async function countedIn(tookMs: number, found: number): Promise<number[]> {
  const rows = costly.rows();
  await jest.advanceTimersByTimeAsync(tookMs);
  underWay.end(found);
  return rows;
}

describe('a count', () => {
  it('is made anew each time while it costs little', async () => {
    expect(await countedIn(400, 1)).toEqual([1]);
    expect(await countedIn(400, 2)).toEqual([2]);
  });

  it('that took long stands for twenty times as long', async () => {
    await countedIn(1_400, 1);
    await jest.advanceTimersByTimeAsync(27_900);
    expect(await costly.rows()).toEqual([1]);

    await jest.advanceTimersByTimeAsync(200);
    expect(await countedIn(1_400, 2)).toEqual([2]);
    expect(underWay.started).toBe(2);
  });

  it('is shared by all who ask for it meanwhile', async () => {
    const asked = [costly.rows(), costly.rows()];
    underWay.end(7);
    expect(await Promise.all(asked)).toEqual([[7], [7]]);
    expect(underWay.started).toBe(1);
  });

  it('that takes longer than two seconds leaves the one before in place, and goes on', async () => {
    await countedIn(600, 1);
    await jest.advanceTimersByTimeAsync(12_100);
    const late = costly.rows();
    await jest.advanceTimersByTimeAsync(2_100);
    expect(await late).toEqual([1]);

    expect(await countedIn(100, 2)).toEqual([2]);
    expect(underWay.started).toBe(2);
  });

  it('that takes longer than two seconds fails when there was none before', async () => {
    const late = expect(costly.rows()).rejects.toThrow('timed out');
    await jest.advanceTimersByTimeAsync(2_100);
    await late;
  });

  it('that fails says so, and forgets the one before', async () => {
    await countedIn(1, 1);
    const failed = expect(costly.rows()).rejects.toThrow('ECONNREFUSED');
    underWay.fail();
    await failed;

    const late = expect(costly.rows()).rejects.toThrow('timed out');
    await jest.advanceTimersByTimeAsync(2_100);
    await late;
  });
});
