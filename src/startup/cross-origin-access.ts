const preflightLifeSeconds = 600;

/** What pages of other origins may do: call REST and MCP with a bearer token, never with a cookie. */
export function crossOriginAccess(origins: readonly string[]) {
  return {
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Last-Event-ID',
      'MCP-Protocol-Version',
      'Mcp-Method',
      'Mcp-Name',
      'X-Evergrant-Tenant',
      'X-Request-Id',
    ],
    exposedHeaders: ['Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    credentials: false,
    // An OPTIONS request that asks for nothing is answered all the same, rather than refused in other words than ours.
    strictPreflight: false,
    maxAge: preflightLifeSeconds,
  };
}
