import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { WorkerThreads } from './worker-threads.js';

describe('a task in a thread', () => {
  let threads: WorkerThreads;
  beforeEach(() => {
    Logger.overrideLogger(false);
    threads = new WorkerThreads(20_000);
  });
  afterEach(() => threads.onApplicationShutdown());

  it('does not take a bomb that would end the process', async () => {
    const bomb = Buffer.from(`[${'[],'.repeat(12_000_000)}0]`);
    await expect(threads.run('parseJson', bomb)).resolves.toBeUndefined();
    await expect(threads.run('parseJson', Buffer.from('{"a":1}'))).resolves.toEqual({ a: 1 });
  });

  it('is not taken where too many wait', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, () => threads.run('parseJson', Buffer.from('1'))),
    );
    expect(
      outcomes.map((each) => each.status === 'rejected' && (each.reason as { reason: string }).reason),
    ).toContain('TooManyWaiting');
  });
});
