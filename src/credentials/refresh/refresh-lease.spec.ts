import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { RefreshLease } from './refresh-lease.js';

/** What was written to the leased row, in the order in which it was written. */
let written: { statement: string; parameters: unknown[] }[];
let databaseIsAway: boolean;
let lease: RefreshLease;

const dataSource = {
  query: async (statement: string, parameters: unknown[]) => {
    if (databaseIsAway) throw new Error('away');
    written.push({ statement, parameters });
    return [];
  },
} as unknown as DataSource;

beforeEach(() => {
  written = [];
  databaseIsAway = false;
  lease = new RefreshLease(dataSource, 'credential', 'owner', { id: 'attempt', resumed: true });
});

describe('a lease', () => {
  it.each([
    ['is over with a commit that is stored', 'stored', 0],
    ['is left to release by a commit that came too late', 'superseded', 1],
    ['is left to release by a commit that waits for the database', 'waiting', 1],
  ])('%s', async (_promise, status, releases) => {
    const commit = await lease.commit(async (owner) => ({ status, owner }));
    await lease.release({ presented: true });
    expect(commit).toEqual({ status, owner: 'owner' });
    expect(written).toHaveLength(releases);
  });

  it('is released once', async () => {
    await lease.release({ presented: true });
    await lease.release({ presented: true });
    expect(written).toMatchObject([{ parameters: ['credential', 'owner', true] }]);
  });

  it('begins another attempt in place of an open one, which stays what it was', async () => {
    const another = await lease.beginAnew();
    expect(another.resumed).toBe(false);
    expect(written).toMatchObject([{ parameters: ['credential', 'owner', another.id] }]);
    expect(lease.attempt).toEqual({ id: 'attempt', resumed: true });
    await lease.release({ presented: true });
  });

  it('lapses by itself when the database is away', async () => {
    databaseIsAway = true;
    await expect(lease.release({ presented: false })).resolves.toBeUndefined();
  });
});
