import type { FastifyRequest } from 'fastify';

/** Claude's web application asks from the browser. */
const claudeOrigins = ['https://claude.ai', 'https://claude.com'];

/**
 * For routes that pages of clients call from a browser. None of them reads a cookie; pages that the operator named are
 * admitted everywhere, by CORS itself.
 */
function admitsClaude({ headers: { origin } }: Pick<FastifyRequest, 'headers'>): boolean {
  return origin !== undefined && claudeOrigins.includes(origin);
}

/** Of a route that they may call. */
export const pagesOfClients = { admitsPage: admitsClaude };
