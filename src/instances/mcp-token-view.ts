import { z } from 'zod';
import type { IssuedMcpToken, StoredMcpToken } from '../identity/index.js';

/** What callers see of an MCP token: these fields and no other. */
const mcpTokenView = z.object({
  id: z.guid(),
  name: z.string().nullable(),
  prefix: z.string(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
});
const issuedMcpTokenView = mcpTokenView.extend({ mcpToken: z.string() });

export type McpTokenView = z.output<typeof mcpTokenView>;
export type IssuedMcpTokenView = z.output<typeof issuedMcpTokenView>;

export const viewMcpToken = (token: StoredMcpToken): McpTokenView => mcpTokenView.parse(token);

export const viewIssuedMcpToken = (token: IssuedMcpToken): IssuedMcpTokenView =>
  issuedMcpTokenView.parse(token);
