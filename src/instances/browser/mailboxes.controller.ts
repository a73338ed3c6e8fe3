import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PersonAuthorizations, SignedInBrowsers } from '../../identity/index.js';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import { pageFailures, PageErrorFilter, PostedForms, showPage } from '../../pages/index.js';
import { mailboxesPage } from '../pages/mailboxes-page.js';
import { peopleSignInPage } from '../pages/people-sign-in-page.js';
import { ConnectedMailboxes } from '../people/connected-mailboxes.js';
import { personSignInErrors } from '../people/person-sign-in-outcome.js';
import { MailboxForms, mailboxesPath } from './mailbox-forms.js';

const shownOutcome = z.object({ outcome: z.enum(personSignInErrors).optional().catch(undefined) });

/** The page on which people see what they have connected, and what may use it. */
@Controller('mailboxes')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class MailboxesController {
  constructor(
    private readonly browsers: SignedInBrowsers,
    private readonly mailboxes: ConnectedMailboxes,
    private readonly authorizations: PersonAuthorizations,
    private readonly ownForms: MailboxForms,
    private readonly forms: PostedForms,
  ) {}

  @Get()
  @Summary(
    'Open the page of one’s mailboxes',
    'For browsers: what the person who is signed in has connected, which MCP clients may use it, and the buttons that change that; else how to sign in.',
  )
  @Answers({
    200: { mediaType: 'text/html', description: 'Our own page: the mailboxes, or how to sign in' },
    ...pageFailures,
  })
  async open(
    @Query({ schema: shownOutcome }) { outcome }: z.output<typeof shownOutcome>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const elsewhere = this.forms.unusable(request, mailboxesPath);
    if (elsewhere) return showPage(reply, 200, elsewhere);
    const error = outcome ?? null;
    const browser = await this.browsers.of(request);
    if (browser === null) return showPage(reply, 200, peopleSignInPage(this.forms.host, error));
    const { id, tenantId, email } = browser.person;
    const page = mailboxesPage({
      ...{ email, error, formToken: this.ownForms.tokenFor(browser) },
      mailboxes: await this.mailboxes.of(browser.person),
      authorizations: await this.authorizations.list(tenantId, [id]),
    });
    return showPage(reply, 200, page);
  }
}
