import { Inject, Injectable } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInOptions } from '../sign-in-options.js';
import { lives } from '../issuer/lives.js';

const handleLength = 16;

/**
 * Binds an interaction to the browser that began it, so that no person decides on what another began (RFC 9700, section
 * 4.7). Each has one, so that two tabs do not disturb each other; under https no other host of the same site can plant
 * it (RFC 6265bis section 4.1.3.2).
 */
@Injectable()
export class InteractionCookies {
  private readonly isSecure: boolean;

  constructor(@Inject(SignInOptions) { publicUrl }: SignInOptions) {
    this.isSecure = publicUrl.startsWith('https:');
  }

  isOf({ cookies }: FastifyRequest, uid: string): boolean {
    return cookies[this.nameOf(uid)] === uid;
  }

  write(reply: FastifyReply, uid: string): void {
    reply.setCookie(this.nameOf(uid), uid, {
      ...{ httpOnly: true, sameSite: 'lax', secure: this.isSecure, path: '/', maxAge: lives.interaction },
    });
  }

  clear(reply: FastifyReply, uid: string): void {
    reply.clearCookie(this.nameOf(uid), {
      ...{ httpOnly: true, sameSite: 'lax', secure: this.isSecure, path: '/' },
    });
  }

  private nameOf(uid: string): string {
    return `${this.isSecure ? '__Host-' : ''}evergrant_sign_in_${uid.slice(0, handleLength)}`;
  }
}
