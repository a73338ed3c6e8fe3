import {
  Catch,
  Logger,
  ServiceUnavailableException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { errorBody, EvergrantError, logError } from '../errors/index.js';

const retryAfterSeconds = 5;

/** Renders Terminus's failed check as any error: the contract's four fields first, then its report. */
@Catch(ServiceUnavailableException)
export class UnhealthyFilter implements ExceptionFilter<ServiceUnavailableException> {
  private readonly logger = new Logger(UnhealthyFilter.name);

  catch(exception: ServiceUnavailableException, host: ArgumentsHost): void {
    const { status, details } = exception.getResponse() as HealthCheckResult;
    const reason = status === 'shutting_down' ? status : 'database_unavailable';
    const error = new EvergrantError('SERVICE_UNAVAILABLE', { reason, retryAfterSeconds });
    logError(this.logger, 'Health check failed', error);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply
      .status(503)
      .header('cache-control', 'no-store')
      .header('retry-after', retryAfterSeconds)
      .send({ ...errorBody(error), status, details });
  }
}
