import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { ByteBudget } from '../../resilience/index.js';

const mb = 1024 * 1024;
/** Of a sealed text: itself, its bytes, what they open to, and the mail in its forms on the way to Gmail. */
const copies = 4;
/** What acts take without files, or with small ones. */
const smallBytes = 4 * mb;
/** The largest mail that Gmail takes lies sealed in 63 MB: one of these at once, and small ones beside it. */
const limits = { total: 384 * mb, perPayer: 320 * mb, keptForSmall: 64 * mb };
const retryAfterSeconds = 5;

/** Bounds what of stored acts is in memory at once: while they are carried out, and while people read them. */
@Injectable()
export class ActBytes {
  private readonly budget = new ByteBudget(limits);

  /** All that is counted now. */
  get total(): number {
    return this.budget.total;
  }

  /**
   * Does some work while the texts of an act are counted.
   * @param sealedBytes of its texts, as far as the work reads them
   * @returns null, without the work, where there is no room now
   */
  async ifRoom<Result>(
    tenantId: string,
    sealedBytes: number,
    work: () => Promise<Result>,
  ): Promise<Result | null> {
    const bytes = sealedBytes * copies;
    if (this.budget.take(tenantId, bytes, bytes <= smallBytes) !== null) return null;
    try {
      return await work();
    } finally {
      this.budget.give(tenantId, bytes);
    }
  }

  /** The same. @throws EvergrantError `SERVICE_UNAVAILABLE` (reason `act_bytes`) where there is no room now */
  async within<Result>(tenantId: string, sealedBytes: number, work: () => Promise<Result>): Promise<Result> {
    const done = await this.ifRoom(tenantId, sealedBytes, async () => ({ result: await work() }));
    if (done !== null) return done.result;
    throw new EvergrantError('SERVICE_UNAVAILABLE', {
      ...{ reason: 'act_bytes', retryAfterSeconds },
      message: 'Too much mail is being carried out or read at once: try again shortly',
    });
  }
}
