import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { instanceId, McpEndpoint, toolCall, type ToolResult } from '../endpoint/mcp-endpoint.fixture.js';
import { structureUrl } from '../endpoint/structured-answers.fixture.js';
import { changesCursor } from './changes/changes-cursor.js';

const mostTokens = 10_000;

function repeated(text: string, chars = 60_000): string {
  return text.repeat(Math.ceil(chars / text.length)).slice(0, chars);
}

/** No two of its lines are the same, so that none is taken for a quote. */
function scrambled(first: number, count: number, chars = 30_000): string {
  let state = first;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2 ** 31);
  return Array.from({ length: chars }, () => String.fromCodePoint(first + (next() % count))).join('');
}

const kinds: [string, string][] = [
  ['Chinese characters at random', scrambled(0x4e00, 0x5000)],
  ['characters that are rare', scrambled(0x20000, 0xa000)],
  ['emoji', repeated('👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪👍🏽')],
  ['Korean', scrambled(0xac00, 0x2b00)],
  ['bytes as text', Buffer.from(scrambled(0x80, 0x80), 'latin1').toString('base64')],
  ['letters that no word has', repeated('qzxj ')],
  ['what JSON escapes', repeated('"\\\n\n"')],
];

/** Calls of reading tools that say nothing of how much to read. */
const calls: [string, object][] = [
  ['search_messages', {}],
  ['search_threads', {}],
  ['get_message', { messageId: 'm1' }],
  ['get_messages', { messageIds: Array.from({ length: 50 }, (_, index) => `m${index}`) }],
  ['get_thread', { threadId: 't1' }],
  ['list_changes', { cursor: changesCursor(instanceId, { historyId: '4000', atSeconds: 1 }) }],
  ['list_labels', {}],
  ['get_attachment', { messageId: 'file', partId: '1' }],
];

/** All that a client may show its model of a result. */
function tokensOf({ content, structuredContent }: ToolResult): number {
  return (
    countTokens(JSON.stringify(structuredContent)) +
    countTokens(content.map((each) => JSON.stringify(each)).join())
  );
}

function changed(id: string): object {
  return { message: { id, threadId: 't1' } };
}
const manyChanges = {
  history: Array.from({ length: 15 }, (_, record) => ({
    id: String(4001 + record),
    messagesAdded: Array.from({ length: 3 }, (_each, index) => changed(`m${record * 3 + index}`)),
    messagesDeleted: Array.from({ length: 200 }, (_each, index) =>
      changed(`18c2f0a9d${record}3e4b5${index}`),
    ),
  })),
  historyId: '4400',
};

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
});
afterAll(() => endpoint.stop());

describe.each(kinds)('an answer about mail in %s', (_kind, text) => {
  beforeEach(() => {
    const name = text.replaceAll(/\s/g, ' ').slice(0, 3_000);
    const headers = { From: `${name} <a@example.com>`, To: name, Cc: name, 'Reply-To': name };
    const file = {
      filename: name,
      mimeType: name.slice(0, 200),
      body: { size: 1, attachmentId: 'x'.repeat(400) },
    };
    for (let index = 0; index < 50; index += 1)
      endpoint.gmail.messages.set(`m${index}`, {
        subject: name,
        text: `${index} ${text}`,
        threadId: index < 30 ? 't1' : `t${index}`,
        headers: { ...headers, 'List-Unsubscribe': name },
        files: Array.from({ length: 60 }, () => file),
      });
    const data = Buffer.from(text).toString('base64url');
    endpoint.gmail.messages.set('file', {
      ...{ subject: name, text: 'See the file' },
      files: [{ filename: name, mimeType: 'text/plain', body: { size: 60_000, data } }],
    });
    endpoint.gmail.labels.length = 0;
    for (let index = 0; index < 500; index += 1)
      endpoint.gmail.labels.push({ id: `Label_${index}`, name: name.slice(0, 225), type: 'user' });
    endpoint.gmail.override = (request, response) => {
      if (!(request.url ?? '').includes('/history?'))
        return void endpoint.gmail.answerAsUsual(request, response);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(manyChanges));
    };
  });

  it.each(calls)('is no longer than 10,000 tokens, by %s', async (name, input) => {
    for (const url of [endpoint.url, structureUrl(endpoint.url)]) {
      const { answers } = await endpoint.post(toolCall(1, name, input), { url });
      const result = answers[0]?.result as ToolResult;

      expect(result.isError).toBeUndefined();
      expect(tokensOf(result)).toBeLessThanOrEqual(mostTokens);
    }
  });
});
