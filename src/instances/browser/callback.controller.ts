import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import { pageFailures, PageErrorFilter } from '../../pages/index.js';
import { Consent } from '../consent/consent.js';
import { FlowCookies } from './flow-cookies.js';
import { OwnerBrowsers } from './owner-browsers.js';
import { PersonBrowsers } from './person-browsers.js';

// A parameter that comes twice counts as absent: which one was meant cannot be known.
const once = z.string().max(4096).optional().catch(undefined);
const authorizationResponse = z.object({ code: once, state: once, iss: once, error: once });

/** Where the provider sends a browser back to, from a consent or a sign-in. */
@Controller('oauth')
@AccessFor('open')
@UseFilters(PageErrorFilter)
export class CallbackController {
  constructor(
    private readonly consent: Consent,
    private readonly cookies: FlowCookies,
    private readonly owners: OwnerBrowsers,
    private readonly people: PersonBrowsers,
  ) {}

  @Get('callback')
  @Summary(
    'Come back from the consent page',
    'For browsers, sent here by Google: ends the consent, and leads to `returnTo` or to a page of ours; or ends the sign-in of a mailbox’s owner, and leads back to the page that asked for it. Repeated, it answers the same again.',
  )
  @Answers({
    303: 'To `returnTo` or our own page, with `?connected=<id>` or `?error=<code>`; after a sign-in, to the page that asked',
    403: {
      mediaType: 'text/html',
      description: 'A page: the person who signed in is not the owner, or did not',
    },
    ...pageFailures,
  })
  async callback(
    @Query({ schema: authorizationResponse }) response: z.output<typeof authorizationResponse>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.owners.answer(response, request, reply)) return;
    if (await this.people.answer(response, request, reply)) return;
    const location = await this.consent.complete(response, (handle) => this.cookies.read(request, handle));
    await reply.redirect(location, 303);
  }
}
