import { z } from 'zod';
import { errorTable, EvergrantError } from '../../errors/index.js';
import type { Fence } from './answers/fence.js';

/** One of several reads that failed, and when it may be made again. */
export const failedRead = z.object({
  id: z.string(),
  errorCode: z.string(),
  retryAfterSeconds: z.number().optional(),
});
type FailedRead = z.output<typeof failedRead>;

/** The failure, where it is of one read among others. @throws what is thrown for all: a person has to act, or nothing helps */
export function failureOfOne(error: unknown): EvergrantError {
  const isOfAll =
    !(error instanceof EvergrantError) ||
    error.requiresReauth ||
    error.code === 'INSUFFICIENT_SCOPE' ||
    error.code === 'ADMIN_BLOCKED';
  if (isOfAll) throw error;
  return error;
}

/** Several reads of one answer, of which some may fail. */
export class SeveralReads {
  private readonly failures = new Map<string, EvergrantError>();
  private hasRead = false;

  /** Null for what is gone, and for what failed and is told as such. @throws as {@link failureOfOne} does */
  async read<Item>(id: string, item: Promise<Item>): Promise<Item | null> {
    try {
      const read = await item;
      this.hasRead = true;
      return read;
    } catch (error) {
      const failure = failureOfOne(error);
      if (failure.code !== 'NOT_FOUND') this.failures.set(id, failure);
      return null;
    }
  }

  /**
   * What to tell of those that failed; undefined where none did. What will not be read later either is told, also where
   * nothing else was read: the caller would else meet it again for ever.
   * @throws EvergrantError when all of them failed, and one of them may be read later
   */
  failed(): FailedRead[] | undefined {
    if (this.failures.size === 0) return undefined;
    const passing = [...this.failures.values()].find(({ code }) => errorTable[code].retry !== 'never');
    if (!this.hasRead && passing !== undefined) throw passing;
    return [...this.failures].map(([id, { code, retryAfterSeconds }]) => ({
      id,
      errorCode: code,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }));
  }
}

export function failedText(what: string, failed: readonly FailedRead[] | undefined, fence: Fence): string[] {
  return (failed ?? []).map(({ id, errorCode, retryAfterSeconds }) => {
    const later = retryAfterSeconds === undefined ? [] : [`retry after ${retryAfterSeconds} seconds`];
    return fence.own([`${what} ${id}: failed`, errorCode, ...later].join(', '));
  });
}
