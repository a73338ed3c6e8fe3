import { stringify } from 'node:querystring';
import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../../openapi/index.js';
import { PageErrorFilter } from '../../pages/index.js';
import { authorizeTarget } from './authorize-target.js';
import { InteractionCookies } from './interaction-cookies.js';
import { IssuerAnswers, sendAnswer } from './issuer-answers.js';
import { interactionPath, issuerRoutes } from '../issuer/issuer-configuration.js';

const pages = interactionPath('');

/** Where clients send browsers (RFC 6749, section 4.1.1), and where our page sends them back from. */
@Controller('authorize')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class AuthorizeController {
  constructor(
    private readonly answers: IssuerAnswers,
    private readonly cookies: InteractionCookies,
  ) {}

  @Get()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const answer = await this.answers.to(request, { url: authorizeTarget(request.url) });
    const { location } = answer.headers;
    if (typeof location === 'string' && location.startsWith(pages))
      this.cookies.write(reply, location.slice(pages.length));
    await sendAnswer(reply, answer);
  }

  /** A form of the client's (OpenID Connect Core, section 3.1.2.1): the same as its fields in the query. */
  @Post()
  async beginByForm(
    @Body() form: Record<string, string> | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await reply.redirect(`${issuerRoutes.authorization}?${stringify(form)}`, 303);
  }

  @Get(':uid')
  async resume(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendAnswer(reply, await this.answers.to(request));
  }
}
