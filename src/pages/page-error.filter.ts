import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { errorTable, logError, toEvergrantError } from '../errors/index.js';
import { renderedPage } from './page.js';
import { failedPage, unavailablePage } from './problem-pages.js';

const retryAfterSeconds = 5;

/** Says errors to a person: the pages of a consent are opened by browsers, the database being down included. */
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(PageErrorFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toEvergrantError(thrown);
    logError(this.logger, 'Page failed', error);
    const { httpStatus, retry } = errorTable[error.code];
    const isPassing = retry === 'backoff';
    const { headers, body } = renderedPage(isPassing ? unavailablePage : failedPage);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isPassing) reply.header('retry-after', error.retryAfterSeconds ?? retryAfterSeconds);
    void reply.headers(headers).status(httpStatus).send(body);
  }
}
