import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { errorTable, logError, toEvergrantError } from '../errors/index.js';
import { oauthErrorBody } from './oauth-error.js';

const defaultRetryAfterSeconds = 5;

/** Renders the service's own errors as RFC 6749 section 5.2 wants them. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(OAuthErrorFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toEvergrantError(thrown);
    logError(this.logger, 'Request failed', error);
    const { code, field, reason, message } = error;
    const { httpStatus, retry } = errorTable[code];
    const body = oauthErrorBody(code, {
      upstream: false,
      error_description: message,
      ...(reason === undefined ? {} : { reason }),
      ...(field === undefined ? {} : { field }),
      // What is refused on purpose is refused before anything is sent; a slip may happen at any time.
      provablyNotSent: code !== 'UNKNOWN_ERROR',
    });
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (retry === 'backoff') reply.header('retry-after', error.retryAfterSeconds ?? defaultRetryAfterSeconds);
    if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
    void reply.header('cache-control', 'no-store').status(httpStatus).send(body);
  }
}
