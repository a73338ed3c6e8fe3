import { Inject, Injectable } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { flowLifeSeconds } from '../flows/consent-flow.js';
import { InstancesOptions } from '../instances-options.js';

/**
 * The cookie that binds a flow to its browser. Each flow has one, so that two tabs do not disturb each other. Under
 * https no other host of the same site, and no page without TLS, can plant it (RFC 6265bis section 4.1.3.2).
 */
@Injectable()
export class FlowCookies {
  private readonly isSecure: boolean;

  constructor(@Inject(InstancesOptions) { publicUrl }: InstancesOptions) {
    this.isSecure = publicUrl.startsWith('https:');
  }

  read({ cookies }: FastifyRequest, handle: string): string | undefined {
    const secret = cookies[this.nameOf(handle)];
    return secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : undefined;
  }

  write(reply: FastifyReply, handle: string, secret: string): void {
    reply.setCookie(this.nameOf(handle), secret, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.isSecure,
      path: '/',
      maxAge: flowLifeSeconds,
    });
  }

  private nameOf(handle: string): string {
    return `${this.isSecure ? '__Host-' : ''}evergrant_flow_${handle}`;
  }
}
