const envelope = 'io.modelcontextprotocol/';

/** The token that the bare server was given by hand. */
export const pastedToken = 'pasted-token';
/** The message of some 5 MB; every other id is a short one. */
export const largeMessageId = 'large';

export const revisions = ['2026-07-28', '2025-11-25'] as const;
export type Revision = (typeof revisions)[number];

/** A call of `get_message` as an SDK client of the revision sends it, once it knows the server. */
export function toolCall(
  revision: Revision,
  mcpToken: string,
  messageId: string,
): { headers: Record<string, string>; body: string } {
  const modern = revision === '2026-07-28';
  const meta = {
    [`${envelope}protocolVersion`]: revision,
    [`${envelope}clientInfo`]: { name: 'bench', version: '1.0.0' },
    [`${envelope}clientCapabilities`]: { elicitation: {} },
  };
  const params = { name: 'get_message', arguments: { messageId }, ...(modern && { _meta: meta }) };
  return {
    headers: {
      authorization: `Bearer ${mcpToken}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': revision,
      ...(modern && { 'mcp-method': 'tools/call', 'mcp-name': 'get_message' }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  };
}
