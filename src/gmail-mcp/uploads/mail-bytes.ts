import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { ByteBudget } from '../../resilience/index.js';

const mb = 1024 * 1024;
/** What a mail takes while it is composed, sealed and sent: its files, itself, and both in base64. */
const copies = 4;
/** Mail without files, or with a small one. */
const smallBytes = 4 * mb;
const retryAfterSeconds = 10;

/** Bounds the mail with files that is in memory at once, over the process and for each tenant. */
@Injectable()
export class MailBytes {
  private readonly budget = new ByteBudget({ total: 384 * mb, perPayer: 192 * mb, keptForSmall: 64 * mb });

  /**
   * Does some work while its mail is counted.
   * @param encodedBytes of the mail
   * @throws EvergrantError `RATE_LIMITED` or `SERVICE_UNAVAILABLE` (reason `mail_bytes`) where there is no room now
   */
  async within<Result>(tenantId: string, encodedBytes: number, work: () => Promise<Result>): Promise<Result> {
    const bytes = encodedBytes * copies;
    const refusal = this.budget.take(tenantId, bytes, bytes <= smallBytes);
    if (refusal !== null)
      throw new EvergrantError(refusal === 'payer' ? 'RATE_LIMITED' : 'SERVICE_UNAVAILABLE', {
        ...{ reason: 'mail_bytes', retryAfterSeconds },
        message:
          'Too much mail with large files is being written at once: nothing was sent, try again shortly',
      });
    try {
      return await work();
    } finally {
      this.budget.give(tenantId, bytes);
    }
  }
}
