import type { FastifyRequest } from 'fastify';
import { EvergrantError } from '../../errors/index.js';
import type { CallerRateLimit } from '../../identity/index.js';
import type { TokenHolder } from '../token-holder.js';

/** A longer body is not read for a token that may not call: to be told so is not worth the work. */
const longestReadBytes = 256 * 1024;

/** Counts a call by a token; the error that says when to come back if it was one too many. */
export async function reachedLimit(
  rateLimit: CallerRateLimit,
  holder: TokenHolder,
): Promise<EvergrantError | null> {
  try {
    await (holder.kind === 'mcp-token'
      ? rateLimit.admitMcpToken(holder.tokenId)
      : rateLimit.admitAuthorization(holder.authorizationId));
    return null;
  } catch (thrown) {
    if (thrown instanceof EvergrantError && thrown.code === 'RATE_LIMITED') return thrown;
    throw thrown;
  }
}

/** Whether a request may be a tool call, for which a limit is told in its result, and is short enough to find out. */
export function mayCallTool({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  const declaredBytes = Number(headers['content-length'] ?? 0);
  return method === 'POST' && declaredBytes > 0 && declaredBytes <= longestReadBytes;
}
