import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { EvergrantError, restRendering } from '../../errors/index.js';

const retryAfterSeconds = 5;
/** What load balancers ask; `/health/live` stays as it is, for the process lives. */
const probes = new Set(['/health', '/health/ready']);

/**
 * Before a process stops to listen it says so for a while: probes hear 503, and every answer ends its connection, so
 * that load balancers send new ones elsewhere. Whatever else arrives is still served.
 */
export class Drain {
  private hasBegun = false;

  begin(): void {
    this.hasBegun = true;
  }

  /** A hook of Fastify's. Nothing of it is logged: it is no fault. */
  readonly onRequest = (
    request: FastifyRequest,
    reply: FastifyReply,
    done: HookHandlerDoneFunction,
  ): void => {
    if (!this.hasBegun) {
      done();
      return;
    }
    void reply.header('connection', 'close');
    if (!probes.has(request.url.split('?', 1)[0] ?? '')) {
      done();
      return;
    }
    const error = new EvergrantError('SERVICE_UNAVAILABLE', {
      reason: 'shutting_down',
      retryAfterSeconds,
      report: { status: 'shutting_down', details: {} },
    });
    void reply
      .status(503)
      .headers({ 'retry-after': retryAfterSeconds, 'cache-control': 'no-store' })
      .send(restRendering.body(error));
  };
}
