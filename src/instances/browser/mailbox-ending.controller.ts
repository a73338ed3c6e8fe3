import { Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sourceOf } from '../../audit/index.js';
import { SignedInBrowsers } from '../../identity/index.js';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import { foreignFormAnswer, pageFailures, PageErrorFilter } from '../../pages/index.js';
import { PersonEndings } from '../people/person-endings.js';
import { MailboxForms } from './mailbox-forms.js';

const answers = { 303: 'Back to the page', 403: foreignFormAnswer, ...pageFailures };

/** Buttons of the page of one's mailboxes that end something. */
@Controller('mailboxes')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class MailboxEndingController {
  constructor(
    private readonly forms: MailboxForms,
    private readonly browsers: SignedInBrowsers,
    private readonly endings: PersonEndings,
  ) {}

  @Post('sign-out')
  @Summary('Sign out', 'For browsers: ends the person’s session and takes its cookie away.')
  @Answers(answers)
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.forms.isForeign(request, reply)) return;
    await this.browsers.signOut(request, reply);
    return this.forms.toPage(reply);
  }

  @Post(':id/remove')
  @Summary('Remove a mailbox', 'For browsers: deletes the instance, and gives the access back to Google.')
  @Answers(answers)
  async remove(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const browser = await this.forms.posted(request, reply);
    if (browser === null) return;
    await this.endings.removeMailbox(browser.person, id, sourceOf(request));
    return this.forms.toPage(reply);
  }

  @Post('clients/:authorizationId/end')
  @Summary('End what an MCP client may do', 'For browsers: its tokens end in every process within a second.')
  @Answers(answers)
  async end(
    @Param('authorizationId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const browser = await this.forms.posted(request, reply);
    if (browser === null) return;
    await this.endings.endClient(browser.person, id, sourceOf(request));
    return this.forms.toPage(reply);
  }
}
