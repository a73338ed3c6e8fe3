/**
 * Clients that show their model the structured content of a result and not its text, by the name of which they make
 * their `User-Agent` (`name/version`) and their `clientInfo`. Others show the text, or both.
 */
const structureOnly: ReadonlySet<string> = new Set([
  // https://github.com/anthropics/claude-code/issues/79944; the name: https://github.com/TypingMind/typingmind-mcp/pull/25
  'claude-code',
  // https://github.com/microsoft/vscode/issues/290063; the name is `nameLong` of product.json (extHostMcp.ts)
  'Visual Studio Code',
  'Visual Studio Code - Insiders',
  // https://github.com/anomalyco/opencode/pull/32074 ("matches Codex behavior")
  'codex-mcp-client',
]);

export function showsStructureOnly(clientName: string): boolean {
  return structureOnly.has(clientName);
}
