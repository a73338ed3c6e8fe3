import { Controller, Get, HttpStatus, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvergrantError } from '../../errors/index.js';
import { AccessFor } from '../../openapi/index.js';
import { ConnectElement } from './connect-element.js';

/** Five minutes: a fix reaches pages soon, and a page that is opened again asks for nothing. */
const cacheControl = 'public, max-age=300';

const headers = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': cacheControl,
  // It holds nothing of any caller's, and is made for pages of other origins, isolated ones included.
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'accept-encoding',
};

/** The custom element `<evergrant-connect>`, under an address that stays. */
@Controller('evergrant-connect.js')
@AccessFor('open')
export class ConnectElementController {
  constructor(private readonly element: ConnectElement) {}

  /** @throws EvergrantError `NOT_FOUND` where it was not built */
  @Get()
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const built = this.element.module;
    if (built === null)
      throw new EvergrantError('NOT_FOUND', { message: 'evergrant-connect.js is not built' });
    const { plain, gzipped, etag } = built;
    reply.headers({ ...headers, etag });
    if (isCurrent(request.headers['if-none-match'], etag)) {
      await reply.status(HttpStatus.NOT_MODIFIED).send();
      return;
    }
    const takesGzip = /\bgzip\b(?!;\s*q=0(?![.\d]*[1-9]))/i.test(request.headers['accept-encoding'] ?? '');
    if (takesGzip) reply.header('content-encoding', 'gzip');
    await reply.send(takesGzip ? gzipped : plain);
  }
}

/** Compared weakly (RFC 9110 section 13.1.2). */
function isCurrent(given: string | undefined, etag: string): boolean {
  return (given ?? '').split(',').some((each) => each.trim() === etag);
}
