import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { ApiKeys, VerifiedApiKey } from '../holders/api-keys.js';
import { secretHash } from '../holders/secret-hash.js';
import type { CallerRateLimit } from './caller-rate-limit.js';
import { RememberedCallers } from './remembered-callers.js';

const right = 'access-tokens:read';

/** Programs on one connection, and a memory that knows the keys named. */
function connection(...known: string[]) {
  const keys = new Map(
    known.map((key) => [secretHash(key), { id: key, tenantId: 'tenant', rights: new Set([right]) }]),
  );
  const peek = (keyHash: string) => (keys.get(keyHash) as VerifiedApiKey | undefined) ?? null;
  const callers = new RememberedCallers({ peek } as unknown as ApiKeys, {} as CallerRateLimit);
  const socket = {} as Socket;
  const send = (authorization?: string, headers = {}) =>
    callers.withRight(right, { socket, headers: { authorization, ...headers } } as FastifyRequest)?.apiKeyId;
  return { send, forget: (key: string) => keys.delete(secretHash(key)) };
}

describe('callers whom memory knows', () => {
  it('are told by the key of each request, whatever the connection sent before', () => {
    const { send } = connection('one', 'two');
    const sent = [
      'Bearer one',
      'Bearer one',
      'Bearer two',
      'Bearer three',
      undefined,
      'Basic one',
      'Bearer one',
    ];
    const undecided = undefined;
    expect(sent.map((header) => send(header))).toEqual([
      'one',
      'one',
      'two',
      undecided,
      undecided,
      undecided,
      'one',
    ]);
  });

  it('are not known any more once memory has forgotten them, on a connection that goes on as well', () => {
    const { send, forget } = connection('one');
    expect(send('Bearer one')).toBe('one');
    forget('one');
    expect(send('Bearer one')).toBeUndefined();
  });

  it('are left to the guard when they name a tenant', () => {
    const { send } = connection('one');
    expect(send('Bearer one', { 'x-evergrant-tenant': 'tenant' })).toBeUndefined();
  });
});
