import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvergrantError, toEvergrantError, type ErrorCode } from '../../errors/index.js';
import { AuditTrail, sourceOf } from '../../audit/index.js';
import { AccessFor, Answers, Fails, Summary } from '../../openapi/index.js';
import { actorOf } from './actor.js';
import { ApiKeyGuard } from '../admission/api-key.guard.js';
import type { ApiPrincipal } from '../holders/api-principal.js';
import { ConsoleLogins } from '../admission/console-logins.js';
import { ConsoleSessions } from '../console/console-sessions.js';
import { IdentityOptions } from '../identity-options.js';
import { sessionInput, type SessionInput } from './identity-input.js';
import { sessionView, viewSession, type SessionView } from './identity-views.js';
import { Principal } from '../admission/principal.decorator.js';
import { isFromForeignPage, isFromOwnPage } from '../admission/request-origin.js';
import { AnyCaller } from '../admission/required-right.decorator.js';
import { sessionCookieName, sessionCookieOptions } from '../console/session-cookie.js';
import { Tenants } from '../holders/tenants.js';

/** Why an attempt to log in is refused; all else that may go wrong is no refusal. */
const refusals: Partial<Record<ErrorCode, 'unknown' | 'too_many_attempts' | 'foreign_origin'>> = {
  UNAUTHENTICATED: 'unknown',
  RATE_LIMITED: 'too_many_attempts',
  FORBIDDEN: 'foreign_origin',
};

/** The console's session: a cookie in exchange for a key, or for the code of a one-time link. */
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly logins: ConsoleLogins,
    private readonly sessions: ConsoleSessions,
    private readonly tenants: Tenants,
    private readonly trail: AuditTrail,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /** A page of another origin must not sign a person in under another account (login CSRF). */
  @Post()
  @AccessFor('open')
  @Summary(
    'Open a console session',
    'Exchanges an API key, or the code of the one-time link that a first run prints, for a cookie of this host alone, which pages cannot read.',
  )
  @Answers({ 201: sessionView })
  @Fails('UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'RATE_LIMITED')
  async open(
    @Body({ schema: sessionInput }) input: SessionInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const { secret, caller } = await this.login(input, request);
    const tenantId = await this.tenants.actedIn(caller, request.headers['x-evergrant-tenant']);
    const { publicUrl } = this.options;
    reply.setCookie(sessionCookieName(publicUrl), secret, sessionCookieOptions(publicUrl));
    const actor = actorOf({ ...caller, session: false, tenantId });
    await this.trail.keep({ event: 'login.succeeded', actor, source: sourceOf(request) });
    return this.view({ ...caller, tenantId });
  }

  /** The caller of the request, by session or key. */
  @Get()
  @Summary('Tell who one is', 'The tenant and the rights of the console session that the cookie stands for.')
  @Answers({ 200: sessionView })
  @UseGuards(ApiKeyGuard)
  @AnyCaller()
  get(@Principal() principal: ApiPrincipal): Promise<SessionView> {
    return this.view(principal);
  }

  /** Ends the session, if there still is one. */
  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @AccessFor('open')
  @Summary('Close the console session', 'Ends it in every process, and takes the cookie away.')
  @Answers({ 204: 'Closed' })
  @Fails('FORBIDDEN')
  async close(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const secret = request.cookies[sessionCookieName(this.options.publicUrl)];
    if (secret !== undefined) {
      if (!isFromOwnPage(request.headers, this.options.ownOrigin)) throw foreignPage();
      await this.sessions.close(secret);
    }
    const { publicUrl } = this.options;
    reply.clearCookie(sessionCookieName(publicUrl), sessionCookieOptions(publicUrl));
  }

  private async login(input: SessionInput, request: FastifyRequest): ReturnType<ConsoleLogins['open']> {
    try {
      if (isFromForeignPage(request.headers, this.options.ownOrigin)) throw foreignPage();
      return await this.logins.open(input, request.ip);
    } catch (thrown) {
      const reason = refusals[toEvergrantError(thrown).code];
      if (reason)
        this.trail.record({ event: 'caller.refused', presented: 'login', reason, source: sourceOf(request) });
      throw thrown;
    }
  }

  private async view(principal: ApiPrincipal): Promise<SessionView> {
    const { name: tenantName } = await this.tenants.get(principal.tenantId);
    return viewSession(principal, tenantName);
  }
}

function foreignPage(): EvergrantError {
  return new EvergrantError('FORBIDDEN', { message: 'Requests from this origin are not allowed' });
}
