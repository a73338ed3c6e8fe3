import type { FastifyRequest } from 'fastify';
import type { ApiRight } from './api-right.js';

/** What a page of another origin may act for, and nothing beside it. */
export interface ConnectSessionScope {
  id: string;
  /** The instances that it names, in lower case; null for all of its tenant. */
  instanceIds: ReadonlySet<string> | null;
}

/** Who holds an API key, a console session or a connect session. */
export interface ApiCaller {
  /** Holds the operator's key, or a session opened with it. */
  operator: boolean;
  /** Came with the console's cookie. */
  session: boolean;
  /** Null for the operator, who belongs to no tenant. */
  tenantId: string | null;
  rights: ReadonlySet<ApiRight>;
  /** Null for the operator's key, which is in no table. */
  apiKeyId: string | null;
  /** When the key or session ends, if it does. */
  expiresAt: Date | null;
  /** Came with a connect session, which has no right but to what this says. */
  connectSession?: ConnectSessionScope;
}

/** Who calls the REST API, and the tenant all its queries are bound to. */
export interface ApiPrincipal extends ApiCaller {
  tenantId: string;
}

const principals = new WeakMap<object, ApiPrincipal>();

/** For the guard that let the request in. */
export function admitAs(request: FastifyRequest, principal: ApiPrincipal): void {
  principals.set(request, principal);
}

/** The caller that `ApiKeyGuard` admitted. */
export function apiPrincipal(request: FastifyRequest): ApiPrincipal {
  const principal = principals.get(request);
  if (!principal) throw new Error('The route is not behind ApiKeyGuard');
  return principal;
}
