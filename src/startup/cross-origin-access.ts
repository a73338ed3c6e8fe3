import type { FastifyCorsOptions, FastifyCorsOptionsDelegateCallback } from '@fastify/cors';

const preflightLifeSeconds = 600;

/** What pages of other origins may do: call REST and MCP with a bearer token, never with a cookie. */
function crossOriginAccess(origins: true | readonly string[]) {
  return {
    origin: origins === true ? true : [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Last-Event-ID',
      'MCP-Protocol-Version',
      'Mcp-Method',
      'Mcp-Name',
      'Mcp-Session-Id',
      'X-Evergrant-Tenant',
      'X-Request-Id',
    ],
    exposedHeaders: ['Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    credentials: false,
    // An OPTIONS request that asks for nothing is answered all the same, rather than refused in other words than ours.
    strictPreflight: false,
    maxAge: preflightLifeSeconds,
  } satisfies FastifyCorsOptions;
}

/** Pages of these origins may call any route, pages of others what the route itself admits them to. */
export function crossOriginDelegate(origins: readonly string[]): FastifyCorsOptionsDelegateCallback {
  const listed = crossOriginAccess(origins);
  const any = crossOriginAccess(true);
  return (request, answer) => {
    answer(null, request.routeOptions.config.admitsPage?.(request) === true ? any : listed);
  };
}
