import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Barrier } from './barrier.js';
import type { Fault, FaultTarget, RequestFacts } from './fault.js';
import type { FaultRules } from './fault-rules.js';

export interface FaultInjection {
  rules: FaultRules;
  barrier: Barrier;
  /** Aborted when the sandbox closes: a delayed request must do no work afterwards. */
  closing: AbortSignal;
}

type Describe = (request: FastifyRequest) => RequestFacts | Promise<RequestFacts>;
type OnFault = (request: FastifyRequest, kind: Fault['kind']) => void;

/** Puts the faults of a target before and behind the routes of a Fastify scope. */
export function injectFaults(
  scope: FastifyInstance,
  target: FaultTarget,
  injection: FaultInjection,
  describe: Describe,
  onFault: OnFault = () => undefined,
): void {
  const answers = new WeakMap<FastifyRequest, Fault>();

  scope.addHook('preHandler', async (request, reply) => {
    const facts = await describe(request);
    for (const fault of injection.rules.takeWaits(target, facts)) {
      onFault(request, fault.kind);
      if (fault.kind === 'delay') await delay(fault.delayMs, injection.closing);
      else await injection.barrier.hold(target, facts);
    }
    if (injection.closing.aborted) return reply.hijack();
    // The consent page comes before the redirect that a patch is meant for.
    const suits = (fault: Fault): boolean =>
      fault.kind !== 'patch' || target !== 'authorize' || request.method === 'POST';
    const fault = injection.rules.takeAnswer(target, facts, suits);
    if (fault === undefined) return;
    onFault(request, fault.kind);
    answers.set(request, fault);
    return answerInstead(fault, request, reply);
  });

  scope.addHook('onSend', async (request, reply, payload) => {
    const fault = answers.get(request);
    if (fault?.kind === 'drip' && typeof payload === 'string') {
      return dripping(reply, payload, (ms) => delay(ms, injection.closing), fault.everyMs);
    }
    return fault === undefined ? payload : alterAnswer(fault, request, reply, payload);
  });
}

/** Ends early when the sandbox closes. */
function delay(delayMs: number, closing: AbortSignal): Promise<void> {
  return wait(delayMs, undefined, { signal: closing }).catch(() => undefined);
}

/** Acts on the faults that come before any work is done; leaves the others to `alterAnswer`. */
function answerInstead(fault: Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  switch (fault.kind) {
    case 'error':
      return reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(fault.body));
    case 'html':
      return reply
        .code(fault.status)
        .headers(fault.headers ?? {})
        .type('text/html; charset=utf-8')
        .send(fault.body);
    case 'non-json':
      return reply.type('text/plain; charset=utf-8').send(fault.body);
    case 'empty':
      return reply.code(200).send();
    case 'hang':
      return reply.hijack();
    case 'reset':
      request.raw.socket.resetAndDestroy();
      return reply.hijack();
    case 'reset-after':
    case 'truncated':
    case 'drip':
    case 'patch':
    case 'delay':
    case 'hold':
      return undefined;
  }
}

function alterAnswer(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (fault.kind === 'reset-after') request.raw.socket.resetAndDestroy();
  if (fault.kind === 'truncated' && typeof payload === 'string') return truncated(reply, payload);
  if (fault.kind !== 'patch') return payload;
  const location = reply.getHeader('location');
  if (typeof location === 'string') {
    reply.header('location', patchQuery(location, fault.set, fault.remove));
    return payload;
  }
  return typeof payload === 'string' ? patchJson(payload, fault.set, fault.remove) : payload;
}

/** A stream, because Fastify mends the Content-Length of a string. */
function truncated(reply: FastifyReply, payload: string): Readable {
  const bytes = Buffer.from(payload);
  reply.header('content-length', bytes.length);
  let sent = false;
  return new Readable({
    read() {
      // The first half is on the wire by the next turn; the end of the socket then comes behind it.
      if (sent) setImmediate(() => reply.raw.socket?.end());
      else this.push(bytes.subarray(0, Math.floor(bytes.length / 2)));
      sent = true;
    },
  });
}

/** Ends with its reader: Fastify destroys the stream when the connection is gone. */
function dripping(
  reply: FastifyReply,
  payload: string,
  pause: (ms: number) => Promise<void>,
  everyMs: number,
): Readable {
  const bytes = Buffer.from(payload);
  reply.header('content-length', bytes.length);
  const drops = async function* () {
    for (const byte of bytes) {
      yield Buffer.of(byte);
      await pause(everyMs);
    }
  };
  return Readable.from(drops());
}

function patchJson(json: string, set: Record<string, unknown>, remove: readonly string[]): string {
  const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(json));
  const kept = Object.entries({ ...fields, ...set }).filter(([name]) => !remove.includes(name));
  return JSON.stringify(Object.fromEntries(kept));
}

function patchQuery(location: string, set: Record<string, unknown>, remove: readonly string[]): string {
  const url = new URL(location);
  for (const [name, value] of Object.entries(set)) url.searchParams.set(name, String(value));
  for (const name of remove) url.searchParams.delete(name);
  return url.href;
}
