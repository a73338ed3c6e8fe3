import { Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnerCookie, OwnerSessions, OwnerSignIn } from '../../identity/index.js';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import {
  foreignFormAnswer,
  pageFailures,
  PageErrorFilter,
  PostedForms,
  showPage,
} from '../../pages/index.js';
import { Approvals } from '../approvals/approvals.js';

/** Lets the owner of a mailbox sign in to see its approvals, and out again. */
@Controller('approvals/:id')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class OwnerSignInController {
  constructor(
    private readonly approvals: Approvals,
    private readonly signIn: OwnerSignIn,
    private readonly forms: PostedForms,
    private readonly sessions: OwnerSessions,
    private readonly cookie: OwnerCookie,
  ) {}

  @Post('sign-in')
  @Summary(
    'Sign in as the owner of a mailbox',
    'For browsers: the button of the page of an approval. It leads to Google for the person’s identity alone, and back.',
  )
  @Answers({ 303: 'To Google', 403: foreignFormAnswer, ...pageFailures })
  async begin(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = `/approvals/${encodeURIComponent(id)}`;
    const refusal = this.forms.refusal(request, path);
    if (refusal) return showPage(reply, 403, refusal);
    await reply.redirect(await this.signIn.begin(reply, await this.approvals.locate(id), path), 303);
  }

  @Post('sign-out')
  @Summary('Sign out as the owner of a mailbox', 'For browsers: ends the session and takes its cookie away.')
  @Answers({ 303: 'To the page of the approval', 403: foreignFormAnswer, ...pageFailures })
  async end(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = `/approvals/${encodeURIComponent(id)}`;
    const refusal = this.forms.refusal(request, path);
    if (refusal) return showPage(reply, 403, refusal);
    const secret = this.cookie.read(request);
    if (secret !== undefined) await this.sessions.close(secret);
    this.cookie.clear(reply);
    await reply.redirect(this.forms.urlOf(path), 303);
  }
}
