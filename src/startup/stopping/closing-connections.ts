import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** What is being answered is given this long: less than the grace in which what stands around ends the process. */
const longestAnswerMs = 30_000;

/**
 * Ends connections when Fastify closes. By itself it ends idle ones only, and Node counts none as idle on which no
 * request has come yet, nor looks at its time-outs any more: one silent client would keep the process alive for ever,
 * and one that is being answered until its keep-alive time is over.
 */
export function closeConnections(fastify: FastifyInstance): void {
  const silent = new Set<Socket>();
  let closing = false;
  fastify.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage) => silent.delete(socket));
  fastify.addHook('preClose', async () => {
    closing = true;
    for (const socket of silent) socket.destroy();
    setTimeout(() => fastify.server.closeAllConnections(), longestAnswerMs).unref();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    if (closing) request.raw.socket.end();
    done();
  });
}
