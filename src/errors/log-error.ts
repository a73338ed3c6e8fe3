import type { Logger } from '@nestjs/common';
import { errorTable } from './error-table.js';
import type { EvergrantError } from './evergrant-error.js';

/** Logs an error on its row's level; only an unforeseen one with its stack. */
export function logError(logger: Logger, msg: string, error: EvergrantError, fields: object = {}): void {
  const { code, reason, instanceId, cause } = error;
  const stack = code === 'UNKNOWN_ERROR' && cause instanceof Error ? { stack: cause.stack } : {};
  const entry = { msg, errorCode: code, reason, instanceId, ...fields, ...stack };
  const { logLevel } = errorTable[code];
  if (logLevel === 'info') logger.log(entry);
  else logger[logLevel](entry);
}
