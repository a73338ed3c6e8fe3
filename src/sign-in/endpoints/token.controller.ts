import { Controller, Get, HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../../openapi/index.js';
import { pagesOfClients } from './calling-pages.js';
import { IssuerAnswers, sendAnswer, unavailableAnswer, type IssuerAnswer } from './issuer-answers.js';
import { SignInMetrics } from '../issuer/sign-in-metrics.js';
import { TemporarilyUnavailable } from '../issuer/temporarily-unavailable.js';
import { tokenRequest } from './token-request.js';

/** As oidc-provider says it, of a client that is a document. */
const fetchFailed = 'client_id metadata document fetch failed';

/** Where clients get tokens (RFC 6749, section 3.2), end them (RFC 7009), and find the keys of ID tokens (RFC 7517). */
@Controller()
@AccessFor('open')
export class TokenController {
  constructor(
    private readonly answers: IssuerAnswers,
    private readonly metrics: SignInMetrics,
  ) {}

  @Post('token')
  @RouteConfig(pagesOfClients)
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = tokenRequest(request.body);
    const answer = passing(await this.answers.to(request, { body }));
    const { grant_type } = (body ?? {}) as { grant_type?: unknown };
    this.metrics.tokenAnswered(grant_type, answer.status === 200 ? null : (problemOf(answer).error ?? ''));
    await sendAnswer(reply, answer);
  }

  @Post('revoke')
  @RouteConfig(pagesOfClients)
  async revoke(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendAnswer(reply, passing(await this.answers.to(request)));
  }

  @Get('jwks')
  @RouteConfig(pagesOfClients)
  async keys(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendAnswer(reply, await this.answers.to(request));
  }

  /** CORS answers for it. */
  @Options(['token', 'revoke', 'jwks'])
  @RouteConfig(pagesOfClients)
  @HttpCode(204)
  preflight(): void {
    return undefined;
  }
}

function problemOf({ body }: IssuerAnswer): { error?: string; error_description?: string } {
  return JSON.parse(body) as { error?: string; error_description?: string };
}

/** A document that cannot be fetched now is no verdict on its client, which would forget its tokens for it. */
function passing(answer: IssuerAnswer): IssuerAnswer {
  if (answer.status < 400 || problemOf(answer).error_description !== fetchFailed) return answer;
  const description = 'the document of the client cannot be fetched now, try again';
  return unavailableAnswer(new TemporarilyUnavailable(description, undefined, 30));
}
