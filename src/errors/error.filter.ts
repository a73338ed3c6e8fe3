import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { errorBody } from './error-body.js';
import { errorTable } from './error-table.js';
import { logError } from './log-error.js';
import { toEvergrantError } from './to-evergrant-error.js';

const defaultRetryAfterSeconds = 5;

/** Renders every error of the REST API, from whatever layer, in the contract's four fields. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toEvergrantError(thrown);
    logError(this.logger, 'Request failed', error);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { httpStatus, retry } = errorTable[error.code];
    if (retry === 'backoff') reply.header('retry-after', error.retryAfterSeconds ?? defaultRetryAfterSeconds);
    if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
    void reply.header('cache-control', 'no-store').status(httpStatus).send(errorBody(error));
  }
}
