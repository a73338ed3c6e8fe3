import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { IssuedAccessTokens } from '../../audit/index.js';
import { TokenBroker, type AccessTokenGrant } from '../../credentials/index.js';
import { RememberedCallers } from '../../identity/index.js';
import type { Instance } from '../directory/instance.js';
import { KnownInstances } from '../directory/known-instances.js';
import { tokenHandout } from '../scopes/token-handout.js';
import { accessTokenInput, type AccessTokenInput } from './instance-input.js';
import { viewAccessToken } from './token-view.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body of a 200 that answers the request from memory; null where memory is not certain of it. */
    answerFromMemory?: (request: FastifyRequest) => string | null;
  }
}

/** What most requests ask for, read once. */
const withoutQuery = accessTokenInput.parse({});

/**
 * The fast path of `GET /api/instances/:id/access-token`, which is answered before hooks, guards, pipes and promises
 * have begun: they cost several times what the answer does. It answers only where memory is certain of all that the
 * ordinary path would ask: the key and its right, the rate limit, the instance, the token, and that this opens no more
 * than the instance asks for. In any doubt it says nothing, and `AccessTokenController` answers: it alone refuses, reads
 * the database and refreshes.
 */
@Injectable()
export class AccessTokenFastPath {
  /** Answers are written once, and live as long as the tokens they hold are in memory. */
  private readonly written = new WeakMap<AccessTokenGrant, string>();

  constructor(
    private readonly callers: RememberedCallers,
    private readonly instances: KnownInstances,
    private readonly broker: TokenBroker,
    private readonly issued: IssuedAccessTokens,
  ) {}

  /** Before the routes are registered. */
  standBefore(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      if (route.method !== 'GET' || route.url !== '/api/instances/:id/access-token') return;
      route.config = { ...route.config, answerFromMemory: (request) => this.answerTo(request) };
    });
  }

  private answerTo(request: FastifyRequest): string | null {
    const input = inputOf(request.query as object);
    const caller = this.callers.withRight('access-tokens:read', request);
    if (input === undefined || caller === null) return null;
    const { id } = request.params as { id: string };
    const instance = this.instances.peek(caller.tenantId, id);
    if (instance?.credentialId == null) return null;
    const grant = this.broker.peek(instance.credentialId, input.minTtlSeconds);
    if (grant === null || isWider(instance, grant) || !this.callers.admits(caller)) return null;
    this.issued.count({ kind: 'api-key', id: caller.apiKeyId, tenantId: caller.tenantId }, instance.id);
    const answer = this.written.get(grant) ?? JSON.stringify(viewAccessToken(grant));
    this.written.set(grant, answer);
    return answer;
  }
}

function inputOf(query: object): AccessTokenInput | undefined {
  return Object.keys(query).length === 0 ? withoutQuery : accessTokenInput.safeParse(query).data;
}

/** What a wider token takes is for the controller to judge. */
function isWider({ scopes }: Instance, grant: AccessTokenGrant): boolean {
  return tokenHandout(scopes, grant.scopes, { named: false, permitted: false }).do === 'refuse';
}
