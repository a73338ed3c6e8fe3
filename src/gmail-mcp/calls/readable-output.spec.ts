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
  get_links: { messageId: id },
  get_attachment: { messageId: id, partId: '1' },
  list_labels: {},
  modify_message_labels: { messageId: id, addLabelIds: ['STARRED'] },
  create_draft: { to: ['a@example.com'], subject: 's', body: 't' },
  send_message: { to: ['a@example.com'], subject: 's', body: 't' },
  reply_to_message: { messageId: id, body: 't' },
  create_attachment_upload: { filename: 'a', sizeBytes: 1 },
  forward_message: { messageId: id, to: ['a@example.com'] },
  get_connection_status: {},
  modify_thread_labels: { threadId: id, removeLabelIds: ['INBOX'] },
  list_drafts: {},
  get_draft: { draftId: id },
  delete_draft: { draftId: id },
  update_draft: { draftId: id, body: 't' },
  send_draft: { draftId: id },
  create_label: { name: 'New' },
  update_label: { labelId: seen, name: 'Other' },
  delete_label: { labelId: seen },
  batch_modify_messages: { query: 'x', addLabelIds: ['STARRED'] },
  trash_message: { messageId: id },
  untrash_message: { messageId: id },
  trash_thread: { threadId: id },
  untrash_thread: { threadId: id },
  mark_spam: { messageId: id },
  list_filters: {},
  get_filter: { filterId: id },
  create_filter: { from: 'a@example.com', addLabelIds: ['STARRED'] },
  delete_filter: { filterId: id },
  unsubscribe: { messageId: id },
  delete_message: { messageId: id },
  get_vacation: {},
  update_vacation: { enabled: true, body: 's' },
  update_forwarding: { enabled: true, email: 'a@example.com' },
  list_send_as: {},
  update_signature: { text: 's' },
  get_forwarding: {},
  list_forwarding_addresses: {},
  get_imap: {},
  get_pop: {},
  get_language: {},
  watch_mailbox: { labelIds: [] },
  stop_watch: {},
  batch_delete_messages: { messageIds: [id] },
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
    headers: [
      ...headerNames.map((name) => ({ name, value: `"${planted}" <a@example.com>` })),
      {
        name: 'List-Unsubscribe',
        value: `(${planted}) <mailto:a@example.com?subject=${encodeURIComponent(planted)}>`,
      },
    ],
    parts: [
      { mimeType: 'text/plain', body: { data } },
      { mimeType: `image/${planted}`, filename: planted, body: { attachmentId: id, size: 1 } },
    ],
  },
};

function settingAt(path: string): object {
  const sender = { sendAsEmail: planted, displayName: planted, signature: planted, isPrimary: true };
  if (path.endsWith('/sendAs')) return { sendAs: [sender] };
  if (path.includes('/sendAs/')) return sender;
  if (path.endsWith('/forwardingAddresses'))
    return { forwardingAddresses: [{ forwardingEmail: planted, verificationStatus: planted }] };
  return {
    ...{ enableAutoReply: true, responseSubject: planted, responseBodyPlainText: planted },
    ...{ enabled: true, emailAddress: planted, disposition: planted },
    ...{ expungeBehavior: planted, accessWindow: planted, displayLanguage: planted },
  };
}

const raw = Buffer.from('To: a@example.com\r\nSubject: s\r\n\r\nt').toString('base64url');

const changes = {
  history: [
    {
      id: '2',
      messagesAdded: [{ message: { id, threadId: id } }],
      labelsAdded: [{ message: { id: 'other', threadId: id }, labelIds: [planted] }],
    },
  ],
  historyId: '2',
};
const label = { id: 'Label_1', name: planted, type: 'user' };
const filter = { id, criteria: { from: planted }, action: { addLabelIds: [planted], forward: planted } };

/** Gmail, with the text planted wherever strangers may write, and further: the first of these that fits. */
const answers: [request: RegExp, answer: object][] = [
  [/\/profile$/, { emailAddress: planted, messagesTotal: 1, threadsTotal: 1, historyId: '1' }],
  [/\/history$/, changes],
  [/\/threads$/, { threads: [{ id }], resultSizeEstimate: 1 }],
  [/^GET .*\/labels$/, { labels: [label] }],
  [/\/labels/, label],
  [/^GET .*\/filters$/, { filter: [filter] }],
  [/\/filters/, filter],
  [/\/drafts\/send$/, message],
  [/\/drafts\//, { id, message: { ...message, raw } }],
  [/\/attachments\//, { size: 1, data: 'AA' }],
  [/\/threads\//, { id, messages: [message] }],
  [/^GET .*\/drafts$/, { drafts: [{ id }] }],
  [/\/drafts$/, { id, message }],
  [/\/messages$/, { messages: [{ id, threadId: id }], nextPageToken: pageToken, resultSizeEstimate: 1 }],
];

function answerTo(path: string, method = 'GET'): object {
  const found = answers.find(([request]) => request.test(`${method} ${path}`))?.[1];
  return found ?? (path.includes('/settings/') ? settingAt(path) : message);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...(/^[[{]/.test(value) ? stringsIn(JSON.parse(value)) : [])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.broker.grant.scopes = [gmailScopes.full, gmailScopes.settingsBasic, gmailScopes.settingsSharing];
  const { scopes } = endpoint.broker.grant;
  endpoint.instance = { ...endpoint.instance, name: planted, scopes };
});
beforeEach(() => {
  endpoint.gmail.override = (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gmail');
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answerTo(pathname, request.method)));
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
    attachments: [{ filename: seenInHeader, mimeType: `image/${seen}` }],
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
  const result = await endpoint.callTool('modify_message_labels', { messageId: id, addLabelIds: [planted] });
  expect(result.isError).toBe(true);
  expect(stringsIn(result).join()).toContain('Gmail did not accept the request');
  expect(stringsIn(result).filter((each) => onlyForMachines.test(each))).toEqual([]);
});
