import { describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { Fence } from './answers/fence.js';
import { failedText, SeveralReads } from './failed-reads.js';

const limited = new EvergrantError('RATE_LIMITED', { retryAfterSeconds: 40 });
const network = new EvergrantError('NETWORK_ERROR');

describe('Several reads', () => {
  it('tell of each that failed why, and when it may be made again', async () => {
    const reads = new SeveralReads();
    expect(await reads.read('a', Promise.resolve('A'))).toBe('A');
    expect(await reads.read('b', Promise.reject(limited))).toBeNull();
    expect(await reads.read('c', Promise.reject(network))).toBeNull();
    expect(reads.failed()).toEqual([
      { id: 'b', errorCode: 'RATE_LIMITED', retryAfterSeconds: 40 },
      { id: 'c', errorCode: 'NETWORK_ERROR' },
    ]);
  });

  it('have nothing to tell of what is gone', async () => {
    const reads = new SeveralReads();
    expect(await reads.read('a', Promise.reject(new EvergrantError('NOT_FOUND')))).toBeNull();
    expect(reads.failed()).toBeUndefined();
  });

  it('are told though all of them failed, where none will be read later either', async () => {
    const reads = new SeveralReads();
    await reads.read('a', Promise.reject(new EvergrantError('PAYLOAD_TOO_LARGE')));
    await reads.read('b', Promise.reject(new EvergrantError('UNKNOWN_ERROR')));
    expect(reads.failed()).toEqual([
      { id: 'a', errorCode: 'PAYLOAD_TOO_LARGE' },
      { id: 'b', errorCode: 'UNKNOWN_ERROR' },
    ]);
    await reads.read('c', Promise.reject(network));
    expect(() => reads.failed()).toThrow(network);
  });

  it('fail as a whole when all of them do, and may be made again', async () => {
    const reads = new SeveralReads();
    await reads.read('a', Promise.reject(limited));
    await reads.read('b', Promise.reject(network));
    expect(() => reads.failed()).toThrow(limited);
  });

  it.each([
    ['a person has to sign in', new EvergrantError('INVALID_REFRESH_TOKEN')],
    ['a scope is missing', new EvergrantError('INSUFFICIENT_SCOPE', { requiresReauth: false })],
    ['an administrator forbids it', new EvergrantError('ADMIN_BLOCKED')],
    ['the caller has hung up', new Error('hung up')],
  ])('end at once where %s', async (_case, failure) => {
    await expect(new SeveralReads().read('a', Promise.reject(failure))).rejects.toBe(failure);
  });
});

it('Reads that failed stand in the text of an answer, as lines of our own', () => {
  const fence = Fence.around('');
  const failed = [
    { id: 'a', errorCode: 'RATE_LIMITED', retryAfterSeconds: 40 },
    { id: 'b', errorCode: 'X' },
  ];
  expect(failedText('message', failed, fence)).toEqual([
    `${fence.mark} message a: failed, RATE_LIMITED, retry after 40 seconds`,
    `${fence.mark} message b: failed, X`,
  ]);
  expect(failedText('message', undefined, fence)).toEqual([]);
});
