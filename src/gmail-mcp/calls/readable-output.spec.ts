import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../gmail/index.js';
import { gmailTools } from '../tools/index.js';
import { changesCursor } from '../tools/changes/changes-cursor.js';
import { instanceId, McpEndpoint, toolCall, type ToolResult } from '../endpoint/mcp-endpoint.fixture.js';

/** What a person does not see in it, and what they do. */
const hidden = '\u{e0049}\u{e0067}\u202e\u200b\u2060\ufeff\x1b[31m\x07\u009b1m\u2066\ufe01\u3164';
const planted = `In${hidden}voice ❤️`;
const seen = 'Invoice ❤️';
/** A control in a header is a blank. */
const seenInHeader = 'In voice ❤️';
const onlyForMachines =
  /[\u200b\u202a-\u202e\u2060-\u2069\ufeff\u3164\u{e0000}-\u{e0fff}]|(?!\ufe0f)\p{Variation_Selector}|(?![\t\n])\p{Control}/u;

const id = '18c2f0a9d3e4b5c6';
const pageToken = 'page-Token_09==';

/** A call of each tool; one that is not here fails. */
const inputs: Readonly<Record<string, object>> = {
  search_messages: { query: 'x' },
  search_threads: { query: 'x' },
  get_message: { messageId: id },
  get_messages: { messageIds: [id] },
  get_profile: {},
  list_changes: { cursor: changesCursor(instanceId, { historyId: '1', atSeconds: 1 }) },
  get_thread: { threadId: id },
  get_attachment: { messageId: id, partId: '1' },
  list_labels: {},
  modify_message_labels: { messageId: id, addLabelIds: ['STARRED'] },
  create_draft: { to: ['a@example.com'], subject: 's', body: 't' },
  send_message: { to: ['a@example.com'], subject: 's', body: 't' },
  get_connection_status: {},
};

const headerNames = ['From', 'To', 'Cc', 'Bcc', 'Reply-To', 'Subject', 'Message-ID'];
const data = Buffer.from(`${planted}\n`).toString('base64url');
const message = {
  id,
  threadId: id,
  labelIds: ['INBOX', planted],
  snippet: planted,
  internalDate: '0',
  payload: {
    mimeType: 'multipart/mixed',
    headers: headerNames.map((name) => ({ name, value: `"${planted}" <a@example.com>` })),
    parts: [
      { mimeType: 'text/plain', body: { data } },
      { mimeType: `image/${planted}`, filename: planted, body: { attachmentId: id, size: 1 } },
    ],
  },
};

/** Gmail, with the text planted wherever strangers may write, and further. */
function answerTo(path: string): object {
  if (path.endsWith('/profile'))
    return { emailAddress: planted, messagesTotal: 1, threadsTotal: 1, historyId: '1' };
  if (path.endsWith('/history')) {
    const labelsAdded = [{ message: { id: 'other', threadId: id }, labelIds: [planted] }];
    return {
      history: [{ id: '2', messagesAdded: [{ message: { id, threadId: id } }], labelsAdded }],
      historyId: '2',
    };
  }
  if (path.endsWith('/threads')) return { threads: [{ id }], resultSizeEstimate: 1 };
  if (path.endsWith('/labels')) return { labels: [{ id: planted, name: planted, type: 'user' }] };
  if (path.includes('/threads/')) return { id, messages: [message] };
  if (path.endsWith('/drafts')) return { id, message };
  if (path.endsWith('/messages'))
    return { messages: [{ id, threadId: id }], nextPageToken: pageToken, resultSizeEstimate: 1 };
  return message;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...(/^[[{]/.test(value) ? stringsIn(JSON.parse(value)) : [])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.broker.grant.scopes = [gmailScopes.modify, gmailScopes.send, gmailScopes.compose];
  endpoint.instance = { ...endpoint.instance, name: planted };
});
beforeEach(() => {
  endpoint.gmail.override = (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gmail');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(pathname)));
  };
});
afterAll(() => endpoint.stop());

describe.each(gmailTools.map(({ name }) => name))('%s', (name) => {
  it.each(['2025-11-25', 'batch'])('says nothing that only a machine reads (%s)', async (path) => {
    const input = inputs[name];
    if (input === undefined) throw new Error(`This test has no call of ${name}`);
    const call = toolCall(1, name, input);
    // What is no plain call is answered by the SDK.
    const { status, answers } = await endpoint.post(path === 'batch' ? [call] : call);
    expect(status).toBe(200);
    const result = answers[0]?.result as ToolResult;
    expect(result.isError === true ? result.content : null).toBeNull();
    const strings = stringsIn(result);
    expect(strings.filter((each) => onlyForMachines.test(each))).toEqual([]);
    if (result.structuredContent !== undefined && 'labelIds' in result.structuredContent)
      expect(result.structuredContent.labelIds).toContain(seen);
  });
});

it('keeps what is seen, ids and page tokens', async () => {
  const { structuredContent: found } = await endpoint.callTool('search_messages');
  expect(found).toMatchObject({
    nextPageToken: pageToken,
    messages: [
      {
        id,
        threadId: id,
        subject: `"${seenInHeader}" <a@example.com>`,
        snippet: seen,
        labelIds: ['INBOX', seen],
      },
    ],
  });
  const { structuredContent: read } = await endpoint.callTool('get_message', { messageId: id });
  expect(read).toMatchObject({
    id,
    body: { text: seen },
    attachments: [{ attachmentId: id, filename: seenInHeader, mimeType: `image/${seen}` }],
  });
});

it('filters what a refusal says, too', async () => {
  const name = `Travel${hidden}`;
  endpoint.gmail.override = (request, response) => {
    const found = (request.url ?? '').endsWith('/labels');
    response
      .writeHead(found ? 200 : 400, { 'content-type': 'application/json' })
      .end(
        JSON.stringify(found ? { labels: [{ id: planted, name, type: 'user' }] } : { error: { code: 400 } }),
      );
  };
  const result = await endpoint.callTool('modify_message_labels', { messageId: id, addLabelIds: [name] });
  expect(result.isError).toBe(true);
  expect(result.content[0]?.text).toContain(`the id of the label so named is "${seen}"`);
  expect(stringsIn(result).filter((each) => onlyForMachines.test(each))).toEqual([]);
});
