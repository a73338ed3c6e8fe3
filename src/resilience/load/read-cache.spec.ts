import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReadCache } from './read-cache.js';

interface Row {
  text: string;
}

let nowMs: number;
let reads: number;
let cache: ReadCache<Row>;
beforeEach(() => {
  nowMs = 0;
  reads = 0;
  cache = new ReadCache<Row>({ capacity: 10, nowMs: () => nowMs, keeps: ({ text }) => text !== 'fleeting' });
});

function row(text: string | null) {
  return async () => {
    reads += 1;
    return text === null ? null : { text };
  };
}

describe('what was read from the database', () => {
  it('is read once in a minute', async () => {
    for (nowMs = 1; nowMs < 60_000; nowMs += 20_000)
      expect(await cache.get('a', row('one'))).toEqual({ text: 'one' });
    expect(reads).toBe(1);
    nowMs = 60_002;
    expect(await cache.get('a', row('two'))).toEqual({ text: 'two' });
  });

  it('is read once for all who want it at the same time', async () => {
    await Promise.all(Array.from({ length: 100 }, () => cache.get('a', row('one'))));
    expect(reads).toBe(1);
  });

  it.each([
    ['nothing', null],
    ['what is not worth keeping', 'fleeting'],
  ])('is not remembered when it is %s', async (_what, text) => {
    await cache.get('a', row(text));
    await cache.get('a', row(text));
    expect(reads).toBe(2);
  });

  it('is read anew once it is forgotten', async () => {
    await cache.get('a', row('one'));
    cache.forget('a');
    expect(await cache.get('a', row('two'))).toEqual({ text: 'two' });
    cache.forgetIf(({ text }) => text === 'two');
    expect(await cache.get('a', row('three'))).toEqual({ text: 'three' });
  });

  it('is not kept when it is forgotten while it is read', async () => {
    let finish: (value: Row) => void = () => undefined;
    const reading = cache.get('a', () => new Promise<Row>((resolve) => (finish = resolve)));
    cache.forget('a');
    finish({ text: 'old' });
    await reading;
    expect(await cache.get('a', row('new'))).toEqual({ text: 'new' });
  });

  it('is not kept, nor given to those who ask later, when anything is forgotten while it is read', async () => {
    let finish: (value: Row) => void = () => undefined;
    const reading = cache.get('a', () => new Promise<Row>((resolve) => (finish = resolve)));
    cache.forgetReads();
    expect(await cache.get('a', row('new'))).toEqual({ text: 'new' });
    finish({ text: 'old' });
    expect(await reading).toEqual({ text: 'old' });
    expect(cache.peek('a')).toEqual({ text: 'new' });
  });

  it('may fail to be read, and be read by the next', async () => {
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', row('one'))).toEqual({ text: 'one' });
  });
});
