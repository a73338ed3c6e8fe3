import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvergrantError } from '../errors/index.js';

/** The routes of REST and of the OAuth service; uploads are any bytes, forms belong to pages, and MCP has rules of its own. */
const jsonRoutes = /^\/(api(?!\/uploads\/)|token|credentials)\//;
/** RFC 9110 section 8.3.1, and no longer than any that is registered. */
const mediaType = /^[\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,64}$/;

/**
 * Refuses, before it is read, a body that is not JSON: Fastify takes plain text and Nest takes forms, which a page of
 * another origin can send without asking.
 */
export function requireJson(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  const given = jsonRoutes.test(request.routeOptions.url ?? '') ? otherMediaType(request.headers) : null;
  if (given === null) {
    done();
    return;
  }
  const is = given === '' ? 'names no media type' : `is ${given}`;
  done(
    new EvergrantError('UNSUPPORTED_MEDIA_TYPE', {
      field: 'Content-Type',
      message: `The request body must be application/json, and ${is}`,
    }),
  );
}

/** The media type of a body that is no JSON, '' if it names none that can be read; null for JSON, and without a body. */
export function otherMediaType(headers: IncomingHttpHeaders): string | null {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const [given = ''] = (headers['content-type'] ?? '').split(';');
  const named = given.trim().toLowerCase();
  if (!hasBody || named === 'application/json') return null;
  return mediaType.test(named) ? named : '';
}
