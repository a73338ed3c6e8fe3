import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AccessFor } from '../../openapi/index.js';
import type { ConnectSessionScope } from '../holders/api-principal.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is about the instance that `:id` names, and open to connect sessions for it. */
    admitsConnectSessions?: boolean;
  }
}

/** The route is also for connect sessions, each for the instances it names; `:id` in the path is that of an instance. */
export function AdmitsConnectSessions() {
  return applyDecorators(
    RouteConfig({ admitsConnectSessions: true }),
    AccessFor('key-session-or-connect-session'),
  );
}

/** What of a request decides whether a connect session may make it. */
export type AskedOfConnectSession = Pick<FastifyRequest, 'params' | 'headers'> & {
  routeOptions: { config: { admitsConnectSessions?: boolean } };
};

/**
 * Whether a session may make a request: the route says so, the instance in its path is one of the session's, and no
 * tenant is named, since the session has one. All else is answered as a wrong key is.
 */
export function isForConnectSession(
  { routeOptions, params, headers }: AskedOfConnectSession,
  { instanceIds }: Pick<ConnectSessionScope, 'instanceIds'>,
): boolean {
  if (routeOptions.config.admitsConnectSessions !== true) return false;
  if (headers['x-evergrant-tenant'] !== undefined) return false;
  const { id } = params as { id?: string };
  return id !== undefined && (instanceIds === null || instanceIds.has(id.toLowerCase()));
}
