import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newSecret } from '../../identity/index.js';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import {
  cookiesMissingPage,
  pageFailures,
  PageErrorFilter,
  PostedForms,
  showPage,
} from '../../pages/index.js';
import { Consent } from '../consent/consent.js';
import { ConsentEnds } from '../consent/consent-ends.js';
import { handleOfTicket } from '../flows/consent-flow.js';
import type { ConsentOutcome } from '../flows/consent-outcome.js';
import { ToldFlows, type OpenedLink } from '../flows/told-flows.js';
import { connectPage } from '../pages/connect-page.js';
import { FlowCookies } from './flow-cookies.js';

/** The page that a connect link leads to. It needs no key: the ticket in the link is one. */
@Controller('connect')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class ConnectController {
  constructor(
    private readonly consent: Consent,
    private readonly ends: ConsentEnds,
    private readonly toldFlows: ToldFlows,
    private readonly cookies: FlowCookies,
    private readonly forms: PostedForms,
  ) {}

  /** Spends nothing, since previews and scanners open links too. */
  @Get(':ticket')
  @Summary(
    'Open a connect link',
    'For browsers: the page that says which instance of whom asks for what, and which account is expected. Spends nothing.',
  )
  @Answers({
    200: { mediaType: 'text/html', description: 'Our own page: who asks for what, and a button' },
    303: 'To the end of the flow, if the link serves no more',
    ...pageFailures,
  })
  async open(
    @Param('ticket') ticket: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const handle = handleOfTicket(ticket);
    const known = this.cookies.read(request, handle);
    const link = await this.toldFlows.ofTicket(ticket, known);
    if ('outcome' in link) return this.end(reply, link);
    const elsewhere = this.forms.unusable(request, pathOf(ticket));
    if (elsewhere) return showPage(reply, 200, elsewhere);
    this.cookies.write(reply, handle, known ?? newSecret());
    return showPage(reply, 200, connectPage(link.flow, this.forms.host));
  }

  /** Spends the ticket, in the browser that was shown the page, and takes it to the provider. */
  @Post(':ticket')
  @Summary(
    'Begin the consent of a connect link',
    'For browsers: the button of the connect page. Once; it sets the cookie of the flow and leads to Google.',
  )
  @Answers({
    303: "To the provider's consent page; or to the end of the flow, if the link serves no more",
    400: { mediaType: 'text/html', description: 'The browser brought no cookie of the page' },
    403: { mediaType: 'text/html', description: 'Posted by another page than that of the link' },
    ...pageFailures,
  })
  async begin(
    @Param('ticket') ticket: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refusal = this.forms.refusal(request, pathOf(ticket));
    if (refusal) return showPage(reply, 403, refusal);
    const handle = handleOfTicket(ticket);
    const browserSecret = this.cookies.read(request, handle);
    const location = browserSecret === undefined ? null : await this.consent.begin(ticket, browserSecret);
    if (browserSecret !== undefined && location !== null) {
      this.cookies.write(reply, handle, browserSecret);
      await reply.redirect(location, 303);
      return;
    }
    const link = await this.toldFlows.ofTicket(ticket, browserSecret);
    if ('outcome' in link) return this.end(reply, link);
    return showPage(reply, 400, cookiesMissingPage);
  }

  private async end(
    reply: FastifyReply,
    { flow, outcome }: Extract<OpenedLink, { outcome: ConsentOutcome }>,
  ): Promise<void> {
    await reply.redirect(this.ends.location(flow, outcome), 303);
  }
}

function pathOf(ticket: string): string {
  return `/connect/${encodeURIComponent(ticket)}`;
}
