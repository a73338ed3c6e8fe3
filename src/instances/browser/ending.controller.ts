import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import { pageFailures, PageErrorFilter, PostedForms, showPage } from '../../pages/index.js';
import { Consent } from '../consent/consent.js';
import { ConsentEnds } from '../consent/consent-ends.js';
import { consentErrorCodes, type ConsentOutcome } from '../flows/consent-outcome.js';
import { ToldFlows, type ToldFlow } from '../flows/told-flows.js';
import { endingPage } from '../pages/ending-page.js';
import { FlowCookies } from './flow-cookies.js';

// A parameter that comes twice counts as absent: which one was meant cannot be known.
const once = z.string().max(4096).optional().catch(undefined);
const endingInput = z.object({
  flow: once,
  error: z.enum(consentErrorCodes).optional().catch(undefined),
  connected: once,
});

/** The page on which a consent ends that named no `returnTo`, and its button. */
@Controller('oauth')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class EndingController {
  constructor(
    private readonly consent: Consent,
    private readonly ends: ConsentEnds,
    private readonly toldFlows: ToldFlows,
    private readonly cookies: FlowCookies,
    private readonly forms: PostedForms,
  ) {}

  @Get('done')
  @Summary('Read how a consent ended', 'For browsers: the page that a consent without `returnTo` ends on.')
  @Answers({
    200: { mediaType: 'text/html', description: 'Our own page at the end of a consent' },
    ...pageFailures,
  })
  async done(
    @Query({ schema: endingInput }) { flow: handle = '', error }: z.output<typeof endingInput>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const browserSecret = this.cookies.read(request, handle);
    const flow = browserSecret === undefined ? null : await this.toldFlows.ofBrowser(handle, browserSecret);
    await showPage(reply, 200, endingPage(outcomeOf(flow, error), flow));
  }

  /** What the button of that page does, when a consent did not end well. */
  @Post('retry/:flow')
  @Summary(
    'Try a consent again in the same browser',
    'For browsers: goes on with the flow that the cookie holds, without a new link.',
  )
  @Answers({
    303: "To the provider's consent page; or to our own page, if the flow is over",
    403: { mediaType: 'text/html', description: 'Posted by another page than that of the ending' },
    ...pageFailures,
  })
  async retry(
    @Param('flow') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const refusal = this.forms.refusal(request, '/oauth/done');
    if (refusal) return showPage(reply, 403, refusal);
    const browserSecret = this.cookies.read(request, handle);
    const location = browserSecret === undefined ? null : await this.consent.resume(handle, browserSecret);
    if (location === null && browserSecret !== undefined) {
      const flow = await this.toldFlows.ofBrowser(handle, browserSecret);
      const outcome = outcomeOf(flow, undefined) ?? { error: 'state_expired' };
      await reply.redirect(this.ends.location(flow, outcome), 303);
      return;
    }
    await reply.redirect(location ?? this.ends.location(null, { error: 'state_expired' }), 303);
  }
}

/** What the flow itself knows outweighs a URL, which anyone may have written. */
function outcomeOf(
  flow: ToldFlow | null,
  error: (typeof consentErrorCodes)[number] | undefined,
): ConsentOutcome | null {
  return flow?.outcome ?? (error === undefined ? null : { error });
}
