import type { Logger } from '@nestjs/common';
import { LineBudget } from '../logging/index.js';
import { errorTable, type ErrorCode } from './error-table.js';
import type { EvergrantError } from './evergrant-error.js';
import { logError } from './log-error.js';

const linesPerMinute = 600;

/**
 * Logs the errors that requests are answered with. What a caller alone is the cause of needs no key and costs nothing,
 * so a minute has so many lines for each such code; how many were left out is said with the next one.
 */
export class ErrorLines {
  private readonly budgets = new Map<ErrorCode, LineBudget>();

  constructor(
    private readonly logger: Logger,
    private readonly msg: string,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** @param fields of the request that met it */
  write(error: EvergrantError, fields: object = {}): void {
    if (errorTable[error.code].logLevel === 'info' && !this.admits(error.code)) return;
    logError(this.logger, this.msg, error, fields);
  }

  private admits(errorCode: ErrorCode): boolean {
    let budget = this.budgets.get(errorCode);
    if (budget === undefined) this.budgets.set(errorCode, (budget = new LineBudget(linesPerMinute)));
    const { admitted, omitted } = budget.take(this.nowMs());
    if (omitted > 0) this.logger.log({ msg: 'Errors left out of the log', errorCode, omitted });
    return admitted;
  }
}
