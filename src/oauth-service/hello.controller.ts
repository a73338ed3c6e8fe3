import { Controller, Get, Header, Inject, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditTrail, sourceOf } from '../audit/index.js';
import { ErrorFilter, EvergrantError, oauthRendering } from '../errors/index.js';
import { HelloMac } from '../oauth/index.js';
import { OAuthServiceOptions } from './oauth-service-options.js';

/** Proves to callers that this is their OAuth service, before they tell it a secret. */
@Controller('hello')
@UseFilters(new ErrorFilter(oauthRendering))
export class HelloController {
  private readonly mac: HelloMac;

  constructor(
    @Inject(OAuthServiceOptions) options: OAuthServiceOptions,
    private readonly trail: AuditTrail,
  ) {
    this.mac = new HelloMac(options.token);
  }

  /**
   * Answers the challenge of a caller that knows the shared token, and of no other: whatever answers in our place
   * must not get its proof here by asking for it.
   */
  @Get()
  @Header('cache-control', 'no-store')
  prove(@Req() request: FastifyRequest): { proof: string } {
    const { authorization } = request.headers;
    const challenge = this.mac.challengeIn(authorization);
    if (challenge !== null) return { proof: this.mac.proof(challenge) };
    if (authorization !== undefined) {
      const [presented, reason] = ['oauth-service-token', 'unknown'] as const;
      this.trail.record({ event: 'caller.refused', presented, reason, source: sourceOf(request) });
    }
    throw new EvergrantError('UNAUTHENTICATED');
  }
}
