import { Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sourceOf } from '../audit/index.js';
import { errorSchema, EvergrantError } from '../errors/index.js';
import { AccessFor, Answers, Summary } from '../openapi/index.js';
import { SecurityEventReceiver } from './security-event-receiver.js';
import { SecurityEventRefused, setErrorCodes } from './token/refusal.js';

const refusedView = errorSchema
  .extend({
    err: z.enum(setErrorCodes).optional().describe('The code of RFC 8935 section 2.4'),
    description: z.string().optional(),
  })
  .meta({ id: 'SecurityEventRefused', description: 'The token is not taken, however often it comes' });

/** Where Google pushes security events to (Cross-Account Protection; RFC 8935). The signature is the caller's only right. */
@Controller('security-events')
@AccessFor('open')
export class SecurityEventsController {
  constructor(private readonly receiver: SecurityEventReceiver) {}

  @Post('google')
  @HttpCode(HttpStatus.ACCEPTED)
  @Summary(
    'Receive a security event of Google',
    'For Google’s Cross-Account Protection: a security event token (RFC 8417) as `application/secevent+jwt`, signed by ' +
      'Google for an OAuth client of this deployment. Grants that it calls dead ask for a sign-in at once, until Google’s ' +
      'token endpoint says otherwise. A 503 asks Google to send it again.',
  )
  @Answers({ 202: 'It is acted upon, now or when it came before.', 400: refusedView })
  async receive(@Req() request: FastifyRequest): Promise<undefined> {
    try {
      await this.receiver.receive(tokenIn(request), sourceOf(request));
    } catch (thrown) {
      throw thrown instanceof SecurityEventRefused ? refusal(thrown) : thrown;
    }
  }
}

function tokenIn({ body }: FastifyRequest): string {
  if (typeof body === 'string') return body.trim();
  throw new SecurityEventRefused('invalid_request', 'The body must be application/secevent+jwt');
}

/** In our error contract, with the members of RFC 8935 section 2.3 behind it. */
function refusal({ code, message }: SecurityEventRefused): EvergrantError {
  return new EvergrantError('VALIDATION_FAILED', {
    ...{ message, field: 'body', reason: code },
    report: { err: code, description: message },
  });
}
