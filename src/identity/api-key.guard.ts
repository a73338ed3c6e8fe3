import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EvergrantError } from '../errors/index.js';
import { bearerToken } from './bearer-token.js';
import { IdentityOptions } from './identity-options.js';
import { isSameSecret } from './secret-hash.js';
import { defaultTenantName, Tenants } from './tenants.js';

/** Who calls the REST API, and the tenant all its queries are bound to. */
export interface ApiPrincipal {
  kind: 'operator';
  tenantId: string;
}

const principals = new WeakMap<object, ApiPrincipal>();

/** Admits API keys to the REST API; today the operator's, in the tenant that `X-Evergrant-Tenant` names. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly tenants: Tenants,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /** @throws EvergrantError `UNAUTHENTICATED`, or `NOT_FOUND` for an unknown tenant */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = bearerToken(request.headers.authorization);
    if (key === null || !isSameSecret(key, this.options.adminApiKey))
      throw new EvergrantError('UNAUTHENTICATED');
    const named = request.headers['x-evergrant-tenant'];
    const tenantId = await this.tenants.find(typeof named === 'string' ? named : defaultTenantName);
    if (tenantId === null) {
      throw new EvergrantError('NOT_FOUND', {
        field: 'X-Evergrant-Tenant',
        message: 'There is no such tenant',
      });
    }
    principals.set(request, { kind: 'operator', tenantId });
    return true;
  }
}

/** The caller that {@link ApiKeyGuard} admitted. */
export function apiPrincipal(request: FastifyRequest): ApiPrincipal {
  const principal = principals.get(request);
  if (!principal) throw new Error('The route is not behind ApiKeyGuard');
  return principal;
}
