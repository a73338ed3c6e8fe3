import { describe, expect, it } from '@jest/globals';
import { ActBytes } from './act-bytes.js';

const mb = 1024 * 1024;
/** As the largest mail that Gmail takes lies in the database. */
const largest = 65.3 * mb;

/** Work that goes on until it is told to end. */
function pending() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended.then(() => 'done'), end };
}

describe('what of acts is in memory', () => {
  it('is one of the largest at once, with small ones beside it', async () => {
    const bytes = new ActBytes();
    const first = pending();
    const underWay = bytes.ifRoom('one', largest, first.work);
    expect(await bytes.ifRoom('one', largest, async () => 'done')).toBeNull();
    expect(await bytes.ifRoom('two', largest, async () => 'done')).toBeNull();
    expect(await bytes.ifRoom('two', 20_000, async () => 'done')).toBe('done');
    expect(bytes.total).toBeLessThanOrEqual(384 * mb);
    first.end();
    expect(await underWay).toBe('done');
    expect(bytes.total).toBe(0);
    expect(await bytes.ifRoom('two', largest, async () => 'done')).toBe('done');
  });

  it('never goes beyond the bound, whatever is asked for at once', async () => {
    const bytes = new ActBytes();
    const works = Array.from({ length: 500 }, () => pending());
    const all = works.map(({ work }, index) => bytes.ifRoom(`tenant-${index % 7}`, (index % 70) * mb, work));
    expect(bytes.total).toBeLessThanOrEqual(384 * mb);
    for (const { end } of works) end();
    await Promise.all(all);
    expect(bytes.total).toBe(0);
  });

  it('is given back by work that fails, and told to who cannot wait', async () => {
    const bytes = new ActBytes();
    await expect(bytes.within('one', mb, () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );
    expect(bytes.total).toBe(0);
    const { work, end } = pending();
    const underWay = bytes.within('one', largest, work);
    await expect(bytes.within('two', largest, work)).rejects.toMatchObject({
      ...{ code: 'SERVICE_UNAVAILABLE', reason: 'act_bytes', retryAfterSeconds: 5 },
    });
    end();
    await underWay;
  });
});
