import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerChallenge, type ChallengeParameters } from './bearer-challenge.js';
import type { EvergrantError } from './evergrant-error.js';
import { errorTable } from './error-table.js';
import { ErrorLines } from './error-lines.js';
import type { ErrorRendering } from './renderings/error-rendering.js';
import { toEvergrantError } from './to-evergrant-error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the 401 of this route says of how to get a token, beside what is wrong with one. */
    challenge?: (request: FastifyRequest) => ChallengeParameters;
    /** What this route answers a fault with that comes before it, as of a body that cannot be read. */
    errorBody?: (error: EvergrantError) => object;
  }
}

const defaultRetryAfterSeconds = 5;

/** Answers every error of HTTP, from whatever layer, in the words of one rendering. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly lines: ErrorLines;

  constructor(private readonly rendering: ErrorRendering) {
    this.lines = new ErrorLines(new Logger(rendering.logContext), rendering.logMessage);
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answer(thrown, host.switchToHttp().getResponse<FastifyReply>());
  }

  /** For what fails where Nest has no filters: in a hook of Fastify's. */
  answer(thrown: unknown, reply: FastifyReply): void {
    const error = toEvergrantError(thrown);
    const { httpStatus, retry } = errorTable[error.code];
    this.lines.write(error, requestFields(reply.request, httpStatus));
    if (retry === 'backoff') reply.header('retry-after', error.retryAfterSeconds ?? defaultRetryAfterSeconds);
    if (error.code === 'UNAUTHENTICATED')
      reply.header('www-authenticate', challengeTo(reply.request, error.message));
    // The rest of a refused body is not waited for, whatever its length.
    if (!reply.request.raw.complete) reply.header('connection', 'close');
    const { errorBody } = reply.request.routeOptions.config;
    const body = errorBody?.(error) ?? this.rendering.body(error);
    void reply.header('cache-control', 'no-store').status(httpStatus).send(body);
  }
}

function challengeTo(request: FastifyRequest, message: string): string {
  const parameters = request.routeOptions.config.challenge?.(request);
  return bearerChallenge(request.headers.authorization, message, parameters);
}

/** The route as it was declared, for a path may hold a secret; null where there is none. */
function requestFields({ method, routeOptions }: FastifyRequest, status: number): object {
  return { method, route: routeOptions.url ?? null, status };
}
