import { Controller, HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimitWindows } from '../../database/index.js';
import type { EvergrantError } from '../../errors/index.js';
import { secretHash } from '../../identity/index.js';
import { AccessFor } from '../../openapi/index.js';
import { readClientMetadata } from '../registration/client-metadata.js';
import { pagesOfClients } from './calling-pages.js';
import { IssuerAnswers, sendAnswer, unavailableAnswer, type IssuerAnswer } from './issuer-answers.js';
import { SignInMetrics } from '../issuer/sign-in-metrics.js';
import { asUnavailable, TemporarilyUnavailable } from '../issuer/temporarily-unavailable.js';

/** From one address; hosted clients register for all of their users from a few. */
const registrationsPerMinute = 60;

/** Where clients introduce themselves (RFC 7591). Open to all, so that nothing is believed of what they say. */
@Controller('register')
@AccessFor('open')
export class RegistrationController {
  constructor(
    private readonly answers: IssuerAnswers,
    private readonly limits: RateLimitWindows,
    private readonly metrics: SignInMetrics,
  ) {}

  @Post()
  @RouteConfig({ ...pagesOfClients, errorBody: registrationError })
  async register(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendAnswer(reply, await this.answer(request));
  }

  /** CORS answers for it. */
  @Options()
  @RouteConfig(pagesOfClients)
  @HttpCode(204)
  preflight(): void {
    return undefined;
  }

  private async answer(request: FastifyRequest): Promise<IssuerAnswer> {
    try {
      const subject = `client-registration:${secretHash(request.ip)}`;
      const { granted, endsInMs } = await this.limits.take(subject, registrationsPerMinute);
      if (granted === 0) return this.tooMany(endsInMs);
    } catch (thrown) {
      const unavailable = asUnavailable(thrown);
      if (unavailable instanceof TemporarilyUnavailable) return unavailableAnswer(unavailable);
      throw thrown;
    }
    const metadata = readClientMetadata(request.body, 'client_secret_basic');
    if (metadata === null) {
      this.metrics.registered('refused');
      return problem(
        400,
        'invalid_redirect_uri',
        'redirect_uris holds none that can be used: https, http to loopback, or a scheme of the application',
      );
    }
    const answer = await this.answers.to(request, { body: metadata });
    this.metrics.registered(answer.status === 201 ? 'registered' : 'refused');
    return answer;
  }

  private tooMany(endsInMs: number): IssuerAnswer {
    this.metrics.registered('rate_limited');
    const answer = problem(
      429,
      'temporarily_unavailable',
      'too many registrations from this address, try again',
    );
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(endsInMs / 1000)) } };
  }
}

/** RFC 7591, section 3.2.2: for what is no metadata at all, and faults before any is read. */
function registrationError({ message: error_description, code }: EvergrantError): object {
  const isTheirs = code === 'VALIDATION_FAILED' || code === 'PAYLOAD_TOO_LARGE';
  return { error: isTheirs ? 'invalid_client_metadata' : 'server_error', error_description };
}

function problem(status: number, error: string, error_description: string): IssuerAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error, error_description }),
  };
}
