import { Inject, Injectable } from '@nestjs/common';
import type {} from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { AuditTrail, sourceOf } from '../../audit/index.js';
import { EvergrantError } from '../../errors/index.js';
import { isForConnectSession } from '../connect-sessions/connect-session-routes.js';
import { connectSessionPrefix, ConnectSessions } from '../connect-sessions/connect-sessions.js';
import { ApiKeys } from '../holders/api-keys.js';
import type { ApiCaller } from '../holders/api-principal.js';
import { apiRights, rightsInBrowser } from '../holders/api-right.js';
import { bearerToken } from './bearer-token.js';
import { ConsoleSessions } from '../console/console-sessions.js';
import { IdentityOptions } from '../identity-options.js';
import { isFromOwnPage } from './request-origin.js';
import { isSameSecret } from '../holders/secret-hash.js';
import { sessionCookieName } from '../console/session-cookie.js';
import { tenantSuspended } from '../tenant-suspension.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who calls the REST API. */
@Injectable()
export class ApiCallers {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly sessions: ConsoleSessions,
    private readonly connectSessions: ConnectSessions,
    private readonly trail: AuditTrail,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /**
   * Who made a request: by its bearer key or connect session, or, if it brings none, by the console's cookie.
   * @throws EvergrantError `UNAUTHENTICATED`, or `FORBIDDEN` when the caller's tenant is suspended or a browser cannot
   * show that one of our own pages made a request that changes something (cross-site request forgery)
   */
  async of(request: FastifyRequest): Promise<ApiCaller> {
    const { headers, cookies, method } = request;
    if (headers.authorization !== undefined) {
      const apiKey = bearerToken(headers.authorization);
      if (apiKey?.startsWith(connectSessionPrefix) === true)
        return this.known(await this.byConnectSession(apiKey, request), 'connect-session', request);
      return this.known(apiKey === null ? null : await this.byKey(apiKey), 'api-key', request);
    }
    const secret = cookies[sessionCookieName(this.options.publicUrl)];
    if (secret === undefined) throw new EvergrantError('UNAUTHENTICATED');
    const caller = this.known(await this.bySession(secret), 'session', request);
    if (!safeMethods.has(method) && !isFromOwnPage(headers, this.options.ownOrigin)) {
      throw new EvergrantError('FORBIDDEN', {
        message: 'A console session only serves pages of its own origin',
      });
    }
    return caller;
  }

  /** The holder of an API key, the operator's included. @throws EvergrantError `FORBIDDEN` for a suspended tenant's */
  async byKey(apiKey: string): Promise<ApiCaller | null> {
    if (isSameSecret(apiKey, this.options.adminApiKey)) return this.operator();
    const key = await this.apiKeys.verify(apiKey);
    if (!key) return null;
    if (key.suspended) throw tenantSuspended();
    const { id: apiKeyId, tenantId, rights, expiresAt } = key;
    return { operator: false, session: false, tenantId, rights, apiKeyId, expiresAt };
  }

  operator(): ApiCaller {
    const rights = new Set(apiRights);
    return { operator: true, session: false, tenantId: null, rights, apiKeyId: null, expiresAt: null };
  }

  /** Null also for a request that such a session may not make: it learns no more from it than a wrong key would. */
  private async byConnectSession(token: string, request: FastifyRequest): Promise<ApiCaller | null> {
    const session = await this.connectSessions.verify(token);
    if (session === null) return null;
    const { id, tenantId, expiresAt } = session;
    const instanceIds = session.instanceIds && new Set(session.instanceIds);
    if (!isForConnectSession(request, { instanceIds })) return null;
    if (session.suspended) throw tenantSuspended();
    return {
      ...{ operator: false, session: false, tenantId, rights: new Set(), apiKeyId: null, expiresAt },
      connectSession: { id, instanceIds },
    };
  }

  private async bySession(secret: string): Promise<ApiCaller | null> {
    const session = await this.sessions.verify(secret);
    if (!session) return null;
    if (session.suspended) throw tenantSuspended();
    const { tenantId, apiKeyId, expiresAt } = session;
    const rights = rightsInBrowser(session.rights);
    return { operator: apiKeyId === null, session: true, tenantId, rights, apiKeyId, expiresAt };
  }

  private known(
    caller: ApiCaller | null,
    presented: 'api-key' | 'session' | 'connect-session',
    request: FastifyRequest,
  ): ApiCaller {
    if (caller) return caller;
    const source = sourceOf(request);
    this.trail.record({ event: 'caller.refused', presented, reason: 'unknown', source });
    throw new EvergrantError('UNAUTHENTICATED');
  }
}
