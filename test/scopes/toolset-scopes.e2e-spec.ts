import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { toolsets } from '../../src/instances/index.js';
import { sandboxClientId, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool, listTools } from './mcp-agent.js';
import { acts, scopeUrls } from './scope-oracle.js';

/**
 * What Google says of the scopes of further methods, written down by hand and apart from the product's own tables.
 * https://developers.google.com/workspace/gmail/api/reference/rest
 */
const urls = { ...scopeUrls, sharing: 'https://www.googleapis.com/auth/gmail.settings.sharing' };
type Scope = keyof typeof urls;
const every = Object.keys(urls) as Scope[];

const changing: Scope[] = ['full', 'modify'];
const labelling: Scope[] = [...changing, 'labels'];
const drafting: Scope[] = [...changing, 'compose'];
const readingSettings: Scope[] = [...changing, 'readonly', 'settings'];

const nowhere = '19aaaaaaaaaaaaaa';
const messageId = nowhere;

/** A tool with arguments that lead nowhere, and with which scopes its first step may be made. */
const tools: Record<string, [input: object, scopes: readonly Scope[]]> = {
  list_drafts: [{}, [...drafting, 'readonly']],
  get_draft: [{ draftId: 'r1' }, [...drafting, 'readonly']],
  update_draft: [{ draftId: 'r1', body: 'x' }, drafting],
  delete_draft: [{ draftId: 'r1' }, drafting],
  create_attachment_upload: [
    { filename: 'a.txt', mimeType: 'text/plain', sizeBytes: 1 },
    [...drafting, 'send'],
  ],
  create_label: [{ name: 'Trips' }, labelling],
  update_label: [{ labelId: 'Label_999', name: 'x' }, labelling],
  delete_label: [{ labelId: 'Label_999' }, labelling],
  batch_modify_messages: [{ messageIds: [messageId], addLabelIds: ['STARRED'] }, changing],
  trash_message: [{ messageId }, changing],
  untrash_message: [{ messageId }, changing],
  trash_thread: [{ threadId: nowhere }, changing],
  untrash_thread: [{ threadId: nowhere }, changing],
  mark_spam: [{ messageId }, changing],
  unsubscribe: [{ messageId }, [...changing, 'readonly', 'metadata']],
  list_filters: [{}, readingSettings],
  get_filter: [{ filterId: 'f1' }, readingSettings],
  create_filter: [{ from: 'a@b.example', addLabelIds: ['STARRED'] }, ['settings']],
  delete_filter: [{ filterId: 'f1' }, ['settings']],
  get_vacation: [{}, readingSettings],
  update_vacation: [{ enabled: false }, ['settings']],
  list_send_as: [{}, readingSettings],
  update_signature: [{ sendAsEmail: 'matrix@sandbox.test', text: 'x' }, ['settings', 'sharing']],
  get_forwarding: [{}, readingSettings],
  list_forwarding_addresses: [{}, readingSettings],
  get_imap: [{}, readingSettings],
  get_pop: [{}, readingSettings],
  get_language: [{}, readingSettings],
  delete_message: [{ messageId }, ['full']],
  batch_delete_messages: [{ messageIds: [messageId] }, ['full']],
  update_forwarding: [{ enabled: false }, ['sharing']],
};

const account = 'matrix@sandbox.test';
let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0', GMAIL_QUOTA_UNITS_PER_MINUTE: '1000000' });
  await app.google.addAccount({ email: account });
});
afterAll(() => app.stop());

async function adopted(asked: readonly Scope[], granted: readonly Scope[]): Promise<CreatedInstance> {
  const names = (scopes: readonly Scope[]) => scopes.map((scope) => urls[scope]);
  const instance = await app.createInstance({ scopes: names(granted), toolsets: [...toolsets] });
  const { refreshTokens } = await app.google.grantMany({
    ...{ accounts: [account], clientId: sandboxClientId },
    scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email', ...names(granted)],
  });
  const given = await app.api('PUT', `/api/instances/${instance.id}/credentials`, {
    refreshToken: refreshTokens[0],
  });
  expect(given.status).toBe(200);
  const changed = await app.api('PATCH', `/api/instances/${instance.id}`, { scopes: names(asked) });
  expect(changed.status).toBe(200);
  return instance;
}

function expected(enough: readonly Scope[], asked: readonly Scope[], granted: readonly Scope[]): string {
  if (!asked.some((scope) => enough.includes(scope))) return 'not_asked_for';
  return granted.some((scope) => enough.includes(scope)) ? 'allowed' : 'not_granted';
}

/** `allowed` for whatever is not refused for scopes, be it that nothing is there. */
async function seen(instance: CreatedInstance, tool: string, input: object): Promise<string> {
  const { isError, error } = await callTool(instance, tool, input);
  if (!isError) return 'allowed';
  const { errorCode, reason, field } = error;
  if (errorCode === 'INSUFFICIENT_SCOPE') return String(reason);
  // Arguments that the tool does not know would pass for a permission.
  const isThere = errorCode === 'NOT_FOUND' || (errorCode === 'VALIDATION_FAILED' && field === 'labelId');
  return isThere || reason === 'domainWideDelegation' ? 'allowed' : JSON.stringify(error);
}

/** Tries every tool, and what it is not allowed without a request to Gmail. */
async function examine(asked: readonly Scope[], granted: readonly Scope[]): Promise<string[]> {
  const instance = await adopted(asked, granted);
  const wrong: string[] = [];
  const sorted = Object.entries(tools).map(([tool, [input, enough]]) => ({
    ...{ tool, input },
    right: expected(enough, asked, granted),
  }));
  const refused = sorted.filter(({ right }) => right !== 'allowed');
  const before = (await app.google.ledger()).counters.gmail;
  for (const { tool, input, right } of refused) {
    const found = await seen(instance, tool, input);
    if (found !== right) wrong.push(`${tool}: ${found}, not ${right}`);
  }
  const beyond = (await app.google.ledger()).counters.gmail - before;
  if (beyond > 0) wrong.push(`${beyond} requests to Gmail beyond what is allowed`);
  const may = sorted.filter(({ right }) => right === 'allowed');
  for (const { tool, input } of may) {
    const found = await seen(instance, tool, input);
    if (found !== 'allowed') wrong.push(`${tool}: ${found}, not allowed`);
  }
  const listed = (await listTools(instance)).filter((name) => name in tools);
  const right = may.map(({ tool }) => tool);
  if (JSON.stringify(listed.toSorted()) !== JSON.stringify(right.toSorted()))
    wrong.push(`tools/list: ${listed.join(' ')}, not ${right.join(' ')}`);
  return wrong.map((each) => `asked ${asked.join('+')}, granted ${granted.join('+')}: ${each}`);
}

it('judges every tool of every toolset, here or among the core acts', () => {
  const known = new Set([...acts, ...Object.keys(tools), 'get_connection_status']);
  expect(gmailTools.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

describe('no tool of a further toolset goes beyond what its instance asks for and was granted', () => {
  it.each(every)('where that is %s', async (scope) => {
    expect(await examine([scope], [scope])).toEqual([]);
  });

  it.each(every)('where %s is asked for, and all was granted', async (scope) => {
    expect(await examine([scope], every)).toEqual([]);
  });

  it.each(every)('where all is asked for, and %s was granted', async (scope) => {
    expect(await examine(every, [scope])).toEqual([]);
  });
});
