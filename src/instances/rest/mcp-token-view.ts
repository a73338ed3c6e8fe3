import { z } from 'zod';
import { pageView } from '../../openapi/index.js';
import type { IssuedMcpToken, StoredMcpToken } from '../../identity/index.js';

/** What callers see of an MCP token: these fields and no other. */
const mcpTokenView = z
  .object({
    id: z.guid(),
    name: z.string().nullable(),
    prefix: z.string().describe('How the token begins'),
    scopes: z
      .array(z.string())
      .nullable()
      .describe('What it may do of what its instance may; null for all of it'),
    createdAt: z.date(),
    lastUsedAt: z.date().nullable().describe('To the minute'),
    expiresAt: z.date().nullable().describe('From then on it is answered 401; null for never'),
  })
  .meta({ id: 'McpToken', description: 'A token of an MCP endpoint, without the token itself' });
export const mcpTokenPageView = pageView(mcpTokenView).meta({ id: 'McpTokenPage' });
export const issuedMcpTokenView = mcpTokenView
  .extend({ mcpToken: z.string().describe('The token, shown this once') })
  .meta({ id: 'IssuedMcpToken' });

export type McpTokenView = z.output<typeof mcpTokenView>;
export type IssuedMcpTokenView = z.output<typeof issuedMcpTokenView>;

export function viewMcpToken(token: StoredMcpToken): McpTokenView {
  return mcpTokenView.parse(token);
}

export function viewIssuedMcpToken(token: IssuedMcpToken): IssuedMcpTokenView {
  return issuedMcpTokenView.parse(token);
}
