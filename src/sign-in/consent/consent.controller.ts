import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor } from '../../openapi/index.js';
import { foreignFormPage, PageErrorFilter, PostedForms, showPage } from '../../pages/index.js';
import { interactionPath } from '../issuer/issuer-configuration.js';
import { ConsentBrowsers } from './consent-browsers.js';
import { interactionOverPage } from './consent-problem-pages.js';
import { ConsentSteps, type NextStep } from './consent-steps.js';
import { postedDecision } from './mailbox-choice.js';

/** The page on which a person decides what an MCP client may do. Only the browser that the client opened sees it. */
@Controller('sign-in')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class ConsentController {
  constructor(
    private readonly browsers: ConsentBrowsers,
    private readonly steps: ConsentSteps,
    private readonly forms: PostedForms,
  ) {}

  @Get(':uid')
  async open(
    @Param('uid') uid: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const elsewhere = this.forms.unusable(request, interactionPath(encodeURIComponent(uid)));
    if (elsewhere) return showPage(reply, 200, elsewhere);
    const asked = await this.browsers.asked(request, uid);
    if (asked === null) return showPage(reply, 404, interactionOverPage);
    const person = await this.browsers.person(request, asked);
    return this.take(reply, { do: 'show', page: await this.steps.page(asked, person) });
  }

  @Post(':uid')
  async decide(
    @Param('uid') uid: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refusal = this.forms.refusal(request, interactionPath(encodeURIComponent(uid)));
    if (refusal) return showPage(reply, 403, refusal);
    const asked = await this.browsers.asked(request, uid);
    if (asked === null) return showPage(reply, 404, interactionOverPage);
    const posted = postedDecision.safeParse(body);
    if (!posted.success) return showPage(reply, 403, foreignFormPage);
    const person = await this.browsers.person(request, asked);
    return this.take(reply, await this.steps.decided(asked, person, posted.data, { request, reply }));
  }

  @Get(':uid/continue')
  async comeBack(
    @Param('uid') uid: string,
    @Query('outcome') outcome: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.browsers.asked(request, uid);
    if (asked === null) return showPage(reply, 404, interactionOverPage);
    const person = await this.browsers.person(request, asked);
    const word = typeof outcome === 'string' ? outcome : '';
    return this.take(reply, await this.steps.returned(asked, person, word, request));
  }

  private async take(reply: FastifyReply, step: NextStep): Promise<void> {
    if (step.do === 'show') return showPage(reply, step.status ?? 200, step.page);
    await reply.redirect(step.location, 303);
  }
}
