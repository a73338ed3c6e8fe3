import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { secretHash } from '../../identity/index.js';
import { AccessFor, Answers, Summary } from '../../openapi/index.js';
import type { AuthorizationResponse } from './authorization-response.js';
import { Consent, type NextStep } from './consent.js';
import { consentResultPage, consentResultPolicy } from './consent-result-page.js';
import { InstancesOptions } from '../instances-options.js';
import { flowLifeSeconds } from './oauth-flows.js';

// A parameter that comes twice counts as absent: which one was meant cannot be known.
const once = z.string().max(4096).optional().catch(undefined);
const authorizationResponse = z.object({ code: once, state: once, iss: once, error: once });

/** The pages a person passes on the way to the provider and back. None of them needs a key. */
@Controller()
@AccessFor('open')
export class ConnectController {
  constructor(
    private readonly consent: Consent,
    @Inject(InstancesOptions) private readonly options: InstancesOptions,
  ) {}

  @Get('connect/:ticket')
  @Summary('Open a connect link')
  @Answers({ 302: "To the provider's consent page; or to the end of the flow, if the link serves no more" })
  async connect(@Param('ticket') ticket: string, @Res() reply: FastifyReply): Promise<void> {
    await this.send(reply, await this.consent.begin(ticket), 302);
  }

  @Get('oauth/callback')
  @Summary('Come back from the consent page')
  @Answers({ 303: 'To `returnTo` or our own page, with `?connected=<id>` or `?error=<code>`' })
  async callback(
    @Query({ schema: authorizationResponse }) response: AuthorizationResponse,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const next = await this.consent.complete(response, (state) => request.cookies[flowCookieName(state)]);
    if (response.state !== undefined) reply.clearCookie(flowCookieName(response.state), this.cookieOptions());
    await this.send(reply, next, 303);
  }

  @Get('oauth/done')
  @Summary('Read how a consent ended')
  @Answers({ 200: { mediaType: 'text/html', description: 'Our own page at the end of a consent' } })
  async done(
    @Query({ schema: z.object({ connected: once, error: once }) })
    result: { connected?: string; error?: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': consentResultPolicy,
      })
      .send(consentResultPage(result));
  }

  private async send(reply: FastifyReply, { location, secrets }: NextStep, status: number): Promise<void> {
    if (secrets) reply.setCookie(flowCookieName(secrets.state), secrets.browserSecret, this.cookieOptions());
    await reply.redirect(location, status);
  }

  private cookieOptions() {
    return {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.options.publicUrl.startsWith('https:'),
      path: new URL(this.options.redirectUri).pathname,
      maxAge: flowLifeSeconds,
    } as const;
  }
}

/** One cookie for each flow, so that two tabs of one browser do not disturb each other. */
function flowCookieName(state: string): string {
  return `evergrant_flow_${secretHash(state).slice(0, 16)}`;
}
