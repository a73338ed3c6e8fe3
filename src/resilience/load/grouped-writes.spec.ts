import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Subject, firstValueFrom } from 'rxjs';
import { GroupedWrites } from './grouped-writes.js';

/** A database whose writes end when they are told to. */
class Database {
  readonly begun: string[][] = [];
  private readonly ends: Subject<string[]>[] = [];

  readonly write = (items: string[]): Promise<string[]> => {
    this.begun.push(items);
    const end = new Subject<string[]>();
    this.ends.push(end);
    return firstValueFrom(end);
  };

  async end(write: number): Promise<void> {
    this.ends[write]?.next((this.begun[write] ?? []).map((item) => `${item} stored`));
    await jest.advanceTimersByTimeAsync(0);
  }

  async fail(write: number): Promise<void> {
    this.ends[write]?.error(new Error('refused'));
    await jest.advanceTimersByTimeAsync(0);
  }
}

let database: Database;
let writes: GroupedWrites<string, string>;
beforeEach(() => {
  jest.useFakeTimers();
  database = new Database();
  const limits = { writesAtOnce: 2, itemsAtOnce: 3, patienceMs: 20 };
  writes = new GroupedWrites(limits, (item) => item.charAt(0), database.write);
});
afterEach(() => void jest.useRealTimers());

describe('what is to be written', () => {
  it('is written at once when nothing else is', async () => {
    const stored = writes.add('a');
    expect(database.begun).toEqual([['a']]);
    await database.end(0);
    expect(await stored).toBe('a stored');
  });

  it('meanwhile goes together with the next', async () => {
    void writes.add('a');
    const others = [writes.add('b'), writes.add('c')];
    expect(database.begun).toHaveLength(1);
    await database.end(0);
    expect(database.begun[1]).toEqual(['b', 'c']);
    await database.end(1);
    expect(await Promise.all(others)).toEqual(['b stored', 'c stored']);
  });

  it('does not wait for a write that takes long, and waits for the second', async () => {
    void writes.add('a');
    void writes.add('b');
    await jest.advanceTimersByTimeAsync(19);
    expect(database.begun).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(database.begun[1]).toEqual(['b']);
    void writes.add('c');
    await jest.advanceTimersByTimeAsync(100);
    expect(database.begun).toHaveLength(2);
    await database.end(1);
    expect(database.begun[2]).toEqual(['c']);
  });

  it('shares no statement with what has the same key, nor with too many', async () => {
    void writes.add('a');
    for (const item of ['b1', 'b2', 'c', 'd', 'e']) void writes.add(item);
    await database.end(0);
    expect(database.begun[1]).toEqual(['b1', 'c', 'd']);
    await database.end(1);
    expect(database.begun[2]).toEqual(['b2', 'e']);
  });

  it('is written alone when its group was refused, so that each hears of its own', async () => {
    void writes.add('a');
    const [one, other] = [writes.add('b'), writes.add('c')];
    const refused = expect(other).rejects.toThrow('refused');
    await database.end(0);
    await database.fail(1);
    await database.end(2);
    await database.fail(3);
    expect(await one).toBe('b stored');
    await refused;
  });
});
