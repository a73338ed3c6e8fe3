/** MCP tokens that were shown this once, for as long as the page is open; nothing keeps them. */
const tokens = new Map<string, string>();

export function keepNewToken(instanceId: string, mcpToken: string): void {
  tokens.set(instanceId, mcpToken);
}

export function newTokenOf(instanceId: string): string | null {
  return tokens.get(instanceId) ?? null;
}
