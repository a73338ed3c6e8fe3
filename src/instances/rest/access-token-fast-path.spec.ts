import { describe, expect, it, jest } from '@jest/globals';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { IssuedAccessTokens } from '../../audit/index.js';
import type { AccessTokenGrant, TokenBroker } from '../../credentials/index.js';
import type { RememberedCallers } from '../../identity/index.js';
import type { KnownInstances } from '../directory/known-instances.js';
import { AccessTokenFastPath } from './access-token-fast-path.js';

const grant: AccessTokenGrant = {
  accessToken: 'token',
  tokenType: 'Bearer',
  expiresAt: new Date('2026-08-01T12:00:00Z'),
  scopes: ['a', 'b'],
  source: 'cache',
  stale: false,
  errorCode: null,
};
const caller = { apiKeyId: 'key', tenantId: 'tenant' };

/** A memory that knows everything, but for what a test changes. */
const certain = {
  caller: caller as typeof caller | null,
  instance: { credentialId: 'credential', scopes: ['a', 'b'] } as
    { credentialId: string | null; scopes: string[] } | undefined,
  grant: grant as AccessTokenGrant | null,
  admits: true,
  query: {} as Record<string, unknown>,
};

function ask(memory: Partial<typeof certain> = {}) {
  const { query, ...known } = { ...certain, ...memory };
  const count = jest.fn();
  const admits = jest.fn(() => known.admits);
  const peek = jest.fn<TokenBroker['peek']>(() => known.grant);
  const path = new AccessTokenFastPath(
    { withRight: () => known.caller, admits } as unknown as RememberedCallers,
    { peek: () => known.instance } as unknown as KnownInstances,
    { peek } as unknown as TokenBroker,
    { count } as unknown as IssuedAccessTokens,
  );
  const route = { method: 'GET', url: '/api/instances/:id/access-token' } as RouteOptions;
  const fastify = { addHook: (_name: string, hook: (route: RouteOptions) => void) => hook(route) };
  path.standBefore(fastify as unknown as FastifyInstance);
  const request = { params: { id: 'instance' }, query, headers: {} } as FastifyRequest;
  return { answer: route.config?.answerFromMemory?.(request), admits, peek, count };
}

describe('the fast path of an access token', () => {
  it('answers what the ordinary path answers from memory', () => {
    expect(JSON.parse(ask().answer ?? '')).toEqual({
      accessToken: 'token',
      tokenType: 'Bearer',
      expiresAt: '2026-08-01T12:00:00.000Z',
      scope: 'a b',
      source: 'cache',
      stale: false,
      errorCode: null,
    });
  });

  it.each<[string, Partial<typeof certain>]>([
    ['who calls, or that they may', { caller: null }],
    ['the instance', { instance: undefined }],
    ['a credential of the instance', { instance: { credentialId: null, scopes: ['a', 'b'] } }],
    ['a token that lives long enough', { grant: null }],
    ['that the token is no wider', { instance: { credentialId: 'credential', scopes: ['a'] } }],
    ['what the query asks for', { query: { minTtlSeconds: 'soon' } }],
    ['a parameter', { query: { min: '1' } }],
  ])('says nothing, and counts nothing, where memory does not know %s', (_what, unknown) => {
    const { answer, admits } = ask(unknown);
    expect(answer).toBeNull();
    expect(admits).not.toHaveBeenCalled();
  });

  it('says nothing to a caller whose permits have to be asked for', () => {
    expect(ask({ admits: false }).answer).toBeNull();
  });

  it.each([
    [{}, 60],
    [{ minTtlSeconds: '300' }, 300],
  ])('asks for the life that %j wants', (query, seconds) => {
    expect(ask({ query }).peek).toHaveBeenCalledWith('credential', seconds);
  });
});
