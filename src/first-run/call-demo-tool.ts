import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { version } from '../config/index.js';

const searchResult = z.object({
  messages: z.array(z.object({ from: z.string().nullable(), subject: z.string().nullable() })),
});

/** Calls `search_messages` as an agent would, over MCP, and tells what it found. */
export async function callDemoTool(mailbox: { mcpUrl: string; mcpToken: string }): Promise<string[]> {
  const client = new Client({ name: 'evergrant-first-run', version });
  const url = new URL(mailbox.mcpUrl);
  url.searchParams.set('answers', 'structure');
  const transport = new StreamableHTTPClientTransport(url, {
    requestInit: { headers: { authorization: `Bearer ${mailbox.mcpToken}` } },
  });
  await client.connect(transport);
  try {
    const result = await client.callTool({ name: 'search_messages', arguments: { maxResults: 3 } });
    const { messages } = searchResult.parse(result.structuredContent);
    return messages.map(({ from, subject }) => `${subject ?? '(no subject)'} - ${from ?? 'unknown sender'}`);
  } finally {
    await client.close();
  }
}
