import { randomUUID } from 'node:crypto';
import { maxHeaderSize, type IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../config/index.js';
import { answeringRequest } from '../logging/index.js';
import { answerClientError, answerUnroutable } from './client-error.js';
import { MemoryAnswers } from './memory-answers.js';

/** How long a client may take over a request before its connection is closed, in milliseconds. */
export interface ClientLimits {
  /** For the request line and all headers. */
  headersMs: number;
  /** For the whole request, its body included. */
  requestMs: number;
  /** Between two requests. Longer than load balancers keep idle connections, so that they close them first. */
  idleMs: number;
  /** How often the first two are looked at. */
  checkEveryMs: number;
}

const defaultLimits: ClientLimits = {
  headersMs: 10_000,
  requestMs: 60_000,
  idleMs: 75_000,
  checkEveryMs: 5_000,
};
/** For routes that are open to all; the others raise it for callers whom they know. */
const bodyLimitBytes = 16 * 1024;

/** Fastify as every role uses it. */
export function httpAdapter({ TRUST_PROXY, publicUrl }: Environment, limits = defaultLimits): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkEveryMs },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnroutable,
    // An id may be as long as a request line: it names nothing, like any other that is unknown.
    routerOptions: { maxParamLength: maxHeaderSize, ignoreTrailingSlash: true },
    rewriteUrl: originForm,
    trustProxy: TRUST_PROXY,
    genReqId: ({ headers }: IncomingMessage) => requestId(headers['x-request-id']),
    // A HEAD would do all that a GET does, and throw it away.
    exposeHeadRoutes: false,
  });
  // Runs before all other hooks, and so before CORS answers preflights.
  const memory = new MemoryAnswers(publicUrl);
  adapter.setOnRequestHook((request, reply, done) => {
    if (!memory.answer(request, reply)) nameAnswer(request, reply, done);
  });
  return adapter;
}

/** Gives an answer, and every line logged meanwhile, the id of its request. Nothing is to be stored unless it says so. */
function nameAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
  answeringRequest(request.id, done);
}

/** The caller's id, if it is one that may be written into logs and headers; else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
}

const absoluteForm = /^https?:\/\/([^/?#]*)([^#]*)/i;

/**
 * The request target in origin-form. A target in absolute-form, as some proxies and clients send it, has to be
 * understood, and its authority takes the place of the Host header (RFC 9112 section 3.2.2).
 */
export function originForm(message: Pick<IncomingMessage, 'url' | 'headers'>): string {
  const { url = '/', headers } = message;
  const [, authority, path = ''] = absoluteForm.exec(url) ?? [];
  if (authority === undefined) return url;
  headers.host = authority;
  return path.startsWith('/') ? path : `/${path}`;
}
