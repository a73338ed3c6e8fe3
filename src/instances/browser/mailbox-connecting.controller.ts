import { Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import { foreignFormAnswer, pageFailures, PageErrorFilter } from '../../pages/index.js';
import { ConnectedMailboxes } from '../people/connected-mailboxes.js';
import { knownPersonScopes, servedPersonScopes, type PersonScope } from '../scopes/person-scopes.js';
import { MailboxForms, mailboxesPath } from './mailbox-forms.js';
import { PersonBrowsers } from './person-browsers.js';

const answers = { 303: 'To Google, or back to the page', 403: foreignFormAnswer, ...pageFailures };

/** Buttons of the page of one's mailboxes that lead to Google. */
@Controller('mailboxes')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class MailboxConnectingController {
  constructor(
    private readonly forms: MailboxForms,
    private readonly people: PersonBrowsers,
    private readonly mailboxes: ConnectedMailboxes,
  ) {}

  @Post('sign-in')
  @Summary('Sign in with Google', 'For browsers: it asks Google for the person’s identity alone.')
  @Answers(answers)
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.forms.isForeign(request, reply)) return;
    const wish = { scopes: [], returnPath: mailboxesPath, person: null, mailbox: null };
    await reply.redirect(await this.people.begin(reply, wish), 303);
  }

  @Post('add')
  @Summary('Add a mailbox', 'For browsers: it leads to Google, where the person chooses the account.')
  @Answers(answers)
  async add(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const browser = await this.forms.posted(request, reply);
    if (browser === null) return;
    const scopes = postedScopes(request.body);
    const { person } = browser;
    const wish = { scopes, returnPath: mailboxesPath, person, mailbox: null };
    await reply.redirect(await this.people.begin(reply, wish), 303);
  }

  @Post(':id/connect')
  @Summary(
    'Connect a mailbox again',
    'For browsers: it leads to Google, for the account of that mailbox and no other.',
  )
  @Answers(answers)
  async connect(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const browser = await this.forms.posted(request, reply);
    if (browser === null) return;
    const { person } = browser;
    const mailbox = await this.mailboxes.find(person, id);
    if (mailbox === null) return this.forms.toPage(reply);
    const { instance } = mailbox;
    const scopes = orReading(servedPersonScopes(instance.scopes));
    const wish = { scopes, returnPath: mailboxesPath, person, mailbox: instance };
    await reply.redirect(await this.people.begin(reply, wish), 303);
  }
}

function postedScopes(body: unknown): PersonScope[] {
  const { scope } = (body ?? {}) as { scope?: unknown };
  return orReading(knownPersonScopes([scope].flat().filter((each) => typeof each === 'string')));
}

/** A mailbox that nothing may be done with is of no use. */
function orReading(scopes: PersonScope[]): PersonScope[] {
  return scopes.length === 0 ? ['gmail:read'] : scopes;
}
