import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { wideningPath } from '../../identity/index.js';
import { PersonBrowsers, personScopes } from '../../instances/index.js';
import { AccessFor } from '../../openapi/index.js';
import { foreignFormPage, PageErrorFilter, PostedForms, showPage } from '../../pages/index.js';
import { googleProblem } from '../consent/consent-problem-pages.js';
import type { NextStep } from '../consent/consent-steps.js';
import { AskedWidenings, type FoundWidening } from './asked-widenings.js';
import { nothingToDecidePage, signInToDecidePage } from './widening-pages.js';
import { WideningSteps } from './widening-steps.js';

const scope = z.enum(personScopes);

const postedWidening = z.object({
  decision: z.enum(['allow', 'deny']),
  scope: z
    .union([scope.transform((one) => [one]), scope.array()])
    .optional()
    .transform((given) => given ?? []),
  formToken: z.string().max(200),
});

const postedSignIn = z.object({ decision: z.literal('google') });

/** The page behind a link that a tool gives out, on which a person lets a client do more than they did. */
@Controller('sign-in/more/:ticket')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class WideningController {
  constructor(
    private readonly widenings: AskedWidenings,
    private readonly steps: WideningSteps,
    private readonly google: PersonBrowsers,
    private readonly forms: PostedForms,
  ) {}

  /** Spends nothing, since previews and scanners open links too. */
  @Get()
  async open(
    @Param('ticket') ticket: string,
    @Query('outcome') outcome: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = pathOf(ticket);
    const elsewhere = this.forms.unusable(request, path);
    if (elsewhere) return showPage(reply, 200, elsewhere);
    const found = await this.widenings.of(request, ticket);
    if (found.status === 'asked') return this.take(reply, this.steps.page(found.asked));
    const problem = typeof outcome === 'string' && outcome !== 'signed_in' ? googleProblem(outcome) : null;
    return this.turnAway(reply, found, path, problem);
  }

  @Post()
  async decide(
    @Param('ticket') ticket: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = pathOf(ticket);
    const refusal = this.forms.refusal(request, path);
    if (refusal) return showPage(reply, 403, refusal);
    if (postedSignIn.safeParse(body).success) return this.signIn(reply, path);
    const found = await this.widenings.of(request, ticket);
    if (found.status !== 'asked') return this.turnAway(reply, found, path);
    const posted = postedWidening.safeParse(body);
    if (!posted.success) return showPage(reply, 403, foreignFormPage);
    return this.take(reply, await this.steps.decided(found.asked, posted.data, { request, reply }));
  }

  @Get('continue')
  async comeBack(
    @Param('ticket') ticket: string,
    @Query('outcome') outcome: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.widenings.of(request, ticket);
    if (found.status !== 'asked') return this.turnAway(reply, found, pathOf(ticket));
    const word = typeof outcome === 'string' ? outcome : '';
    return this.take(reply, await this.steps.returned(found.asked, word, request));
  }

  /** For who they are alone: it connects nothing. */
  private async signIn(reply: FastifyReply, returnPath: string): Promise<void> {
    const wish = { scopes: [], returnPath, person: null, mailbox: null };
    await reply.redirect(await this.google.begin(reply, wish), 303);
  }

  private turnAway(
    reply: FastifyReply,
    found: Exclude<FoundWidening, { status: 'asked' }>,
    path: string,
    notice: string | null = null,
  ): Promise<void> {
    const action = this.forms.urlOf(path);
    return found.status === 'signed_out'
      ? showPage(reply, 200, signInToDecidePage(action, notice))
      : showPage(reply, 404, nothingToDecidePage(action, found.browser.person.email));
  }

  private async take(reply: FastifyReply, step: NextStep): Promise<void> {
    if (step.do === 'show') return showPage(reply, step.status ?? 200, step.page);
    await reply.redirect(step.location, 303);
  }
}

function pathOf(ticket: string): string {
  return wideningPath(encodeURIComponent(ticket));
}
