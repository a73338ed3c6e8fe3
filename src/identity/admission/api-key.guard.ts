import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { EvergrantError } from '../../errors/index.js';
import { admitAs } from '../holders/api-principal.js';
import { CallerAuthentication } from './caller-authentication.js';
import { mayCall, requirementKey } from './required-right.decorator.js';
import { Tenants } from '../holders/tenants.js';

/**
 * Admits API keys and console sessions to the REST API, if they have the right that the route declares, and connect
 * sessions where it admits them.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: CallerAuthentication,
    private readonly tenants: Tenants,
  ) {}

  /**
   * @throws EvergrantError `UNAUTHENTICATED`, `RATE_LIMITED`, `FORBIDDEN`, or `NOT_FOUND` for a tenant that is not
   * there or not the caller's
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authentication.callerOf(request);
    const places = [context.getHandler(), context.getClass()];
    const requirement = this.reflector.getAllAndOverride<unknown>(requirementKey, places);
    if (!mayCall(caller, requirement, request.routeOptions.config.admitsConnectSessions))
      throw new EvergrantError('FORBIDDEN');
    const tenantId = await this.tenants.actedIn(caller, request.headers['x-evergrant-tenant']);
    admitAs(request, { ...caller, tenantId });
    return true;
  }
}
