import process from 'node:process';
import { createServer } from 'node:http';
import { toNodeHandler, type NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { collectDefaultMetrics, register } from 'prom-client';
import { Pool } from 'undici';
import { z } from 'zod';
import { pastedToken } from './tool-call.js';

const toolCount = 30;
const gmail = new Pool(process.env.GMAIL_API_URL ?? '');

const inputSchema = z.object({
  messageId: z.string().describe('The id of the message'),
  maxChars: z.int().min(1).default(20_000).describe('Characters of the body'),
  offset: z.int().min(0).default(0).describe('Where to begin'),
});
const outputSchema = z.object({
  id: z.string(),
  threadId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  subject: z.string().nullable(),
  date: z.string().nullable(),
  labelIds: z.array(z.string()),
  text: z.string(),
});

interface Message {
  id: string;
  threadId: string;
  labelIds: string[];
  payload: { headers: { name: string; value: string }[]; body: { data: string } };
}

async function read({ messageId, maxChars, offset }: z.output<typeof inputSchema>) {
  const { body } = await gmail.request({
    method: 'GET',
    path: `/gmail/v1/users/me/messages/${messageId}?format=full`,
    headers: { authorization: `Bearer ${pastedToken}` },
  });
  const { id, threadId, labelIds, payload } = (await body.json()) as Message;
  const header = (name: string) => payload.headers.find((each) => each.name === name)?.value ?? null;
  const text = Buffer.from(payload.body.data, 'base64url').toString();
  const [from, to, subject, date] = ['From', 'To', 'Subject', 'Date'].map(header);
  const output = { id, threadId, labelIds, ...{ from, to, subject, date } };
  const structuredContent = { ...output, text: text.slice(offset, offset + maxChars) };
  return { structuredContent, content: [{ type: 'text' as const, text: JSON.stringify(structuredContent) }] };
}

/** The server as the SDK's documentation has it: made for each request, every tool registered on it. */
function newServer(): McpServer {
  const server = new McpServer({ name: 'bare', version: '1.0.0' });
  for (let n = 0; n < toolCount; n += 1) {
    const name = n === 0 ? 'get_message' : `get_message_${n}`;
    const annotations = { readOnlyHint: true, openWorldHint: true };
    const description = 'Reads one message: addresses, subject, date and the text of its body.';
    server.registerTool(name, { title: name, description, inputSchema, outputSchema, annotations }, read);
  }
  return server;
}

/** A program: an MCP server on the SDK and nothing else, with a token that was pasted in. */
collectDefaultMetrics({ prefix: 'evergrant_' });
const handle = toNodeHandler(createMcpHandler(newServer));
const server = createServer((request, response) => {
  if (request.url !== '/metrics') return void handle(request as NodeIncomingMessageLike, response);
  void register.metrics().then((text) => response.end(text));
});
process.once('SIGTERM', () => process.exit(0));
server.listen(Number(process.env.PORT), '127.0.0.1');
