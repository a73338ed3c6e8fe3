import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Holds a session's secret in the browser. Scripts cannot read it, other sites' forms do not send it along, and under
 * https no other host of the same site, and no page without TLS, can plant it (RFC 6265bis section 4.1.3.2).
 */
export abstract class BrowserCookie {
  private readonly isSecure: boolean;

  protected constructor(
    publicUrl: string,
    private readonly ownName: string,
    private readonly lifeSeconds: number,
  ) {
    this.isSecure = publicUrl.startsWith('https:');
  }

  read({ cookies }: FastifyRequest): string | undefined {
    const secret = cookies[this.name];
    return secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : undefined;
  }

  write(reply: FastifyReply, secret: string): void {
    reply.setCookie(this.name, secret, { ...this.attributes, maxAge: this.lifeSeconds });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.name, this.attributes);
  }

  private get name(): string {
    return `${this.isSecure ? '__Host-' : ''}${this.ownName}`;
  }

  private get attributes() {
    return { httpOnly: true, sameSite: 'lax', secure: this.isSecure, path: '/' } as const;
  }
}
