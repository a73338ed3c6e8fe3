import { z } from 'zod';
import type { Actor } from '../audit/index.js';

/** By what a caller calls: an MCP token of one instance, or what a person let a client do. */
export type TokenHolder =
  { kind: 'mcp-token'; tokenId: string } | { kind: 'person'; personId: string; authorizationId: string };

/** What a caller is counted, queued and known by. Access tokens of people are short-lived; what they allowed is not. */
export function holderKey(holder: TokenHolder): string {
  return holder.kind === 'mcp-token' ? holder.tokenId : holder.authorizationId;
}

export function actorOfHolder(holder: TokenHolder, tenantId: string): Actor {
  return holder.kind === 'mcp-token'
    ? { kind: 'mcp-token', id: holder.tokenId, tenantId }
    : { kind: 'person', id: holder.personId, tenantId };
}

/** As it stands in what is sealed. */
export const writtenHolder = z.union([z.string(), z.tuple([z.string(), z.string()])]);

export function writeHolder(holder: TokenHolder): z.output<typeof writtenHolder> {
  return holder.kind === 'mcp-token' ? holder.tokenId : [holder.personId, holder.authorizationId];
}

export function readHolder(written: z.output<typeof writtenHolder>): TokenHolder {
  if (typeof written === 'string') return { kind: 'mcp-token', tokenId: written };
  const [personId, authorizationId] = written;
  return { kind: 'person', personId, authorizationId };
}
