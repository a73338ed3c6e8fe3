import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../src/gmail/index.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool, callTools, listTools } from '../scopes/mcp-agent.js';
import { readingToolNames } from '../harness/tool-names.js';

interface TokenView {
  id: string;
  mcpToken: string;
  scopes: string[] | null;
  expiresAt: string | null;
}

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start();
  instance = await app.createInstance({ scopes: [gmailScopes.modify] });
  await app.connect(instance.id, { account: 'demo@sandbox.test' });
});
afterAll(() => app.stop());

const day = 86_400;
const mail = { to: ['alex@sandbox.test'], subject: 'Hello', body: 'Hello' };

async function token(input: object = {}) {
  const path = `/api/instances/${instance.id}/mcp-tokens`;
  return app.api<TokenView>('POST', path, input);
}

/** The instance as who holds such a token sees it. */
async function held(input: object): Promise<CreatedInstance> {
  return { ...instance, mcpToken: (await token(input)).body.mcpToken };
}

async function daysLeft(expiresAt: string | null): Promise<number | null> {
  if (expiresAt === null) return null;
  const [row] = await app.dataSource.query<{ seconds: number }[]>(
    'SELECT extract(epoch FROM $1::timestamptz - evergrant_now())::float8 AS seconds',
    [expiresAt],
  );
  return Math.round(row!.seconds / day);
}

async function status(endpoint: CreatedInstance): Promise<number> {
  const { mcpUrl, mcpToken } = endpoint;
  const response = await fetch(mcpUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${mcpToken}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  await response.text();
  return response.status;
}

describe('an MCP token that may only read', () => {
  it.each([{ readOnly: true }, { scopes: [gmailScopes.readonly] }])(
    'lists what reads, and neither sends nor files, though its instance may (%j)',
    async (input) => {
      const reader = await held(input);
      expect(await listTools(instance)).toContain('send_message');
      expect(await listTools(reader)).toEqual(readingToolNames);
      await app.google.clearLedger();
      const calls: [string, object][] = [
        ['send_message', mail],
        ['create_draft', mail],
        ['modify_message_labels', { messageId: 'abc', addLabelIds: ['STARRED'] }],
      ];
      const answers = [...(await callTools(reader, ...calls)), await callTool(reader, 'send_message', mail)];
      for (const { error } of answers) {
        expect(error).toMatchObject({
          errorCode: 'INSUFFICIENT_SCOPE',
          reason: 'not_asked_for',
          requiresReauth: false,
          error: expect.stringContaining('an MCP token that has it'),
        });
      }
      expect((await app.google.ledger()).counters.gmail).toBe(0);
      expect((await callTool(reader, 'search_messages')).isError).toBe(false);
      const { structured } = await callTool(reader, 'get_connection_status');
      const reasons = (structured.unavailableTools as { reason: string }[]).map(({ reason }) => reason);
      expect(reasons.filter((reason) => reason === 'not_asked_for')).toHaveLength(7);
      expect(structured.requiresReauth).toBe(false);
    },
  );

  it('does not read along in an array with a call that may', async () => {
    const sender = await held({ scopes: [gmailScopes.send] });
    const [sent, read] = await callTools(sender, ['send_message', mail], ['search_messages', {}]);
    expect(sent!.isError).toBe(false);
    expect(read!.error).toMatchObject({ errorCode: 'INSUFFICIENT_SCOPE' });
  });
});

it('an MCP token opens no more than its instance, whatever scopes it names', async () => {
  const reading = await app.createInstance({ scopes: [gmailScopes.readonly] });
  await app.connect(reading.id, { account: 'demo@sandbox.test' });
  const path = `/api/instances/${reading.id}/mcp-tokens`;
  const { body } = await app.api<TokenView>('POST', path, { scopes: [gmailScopes.full] });
  const wide = { ...reading, mcpToken: body.mcpToken };
  expect((await callTool(wide, 'send_message', mail)).error).toMatchObject({
    errorCode: 'INSUFFICIENT_SCOPE',
  });
  expect(await listTools(wide)).toEqual(await listTools(reading));
});

describe('the life of an MCP token', () => {
  it('is 90 days unless something is said, and shown with its scopes', async () => {
    const lives = await Promise.all(
      [{}, { expiresInSeconds: 2 * day }, { expiresAt: null }, { readOnly: true }].map(
        async (input) => (await token(input)).body,
      ),
    );
    expect(await Promise.all(lives.map(({ expiresAt }) => daysLeft(expiresAt)))).toEqual([90, 2, null, 90]);
    expect(lives.map(({ scopes }) => scopes)).toEqual([null, null, null, [gmailScopes.readonly]]);
    const { body } = await app.api<{ items: TokenView[] }>('GET', `/api/instances/${instance.id}/mcp-tokens`);
    // The first one came with the instance, and lives as long as that.
    expect(body.items[0]).toMatchObject({ scopes: null, expiresAt: null });
    expect(body.items.find(({ id }) => id === lives[3]!.id)).toMatchObject({
      scopes: [gmailScopes.readonly],
      expiresAt: lives[3]!.expiresAt,
    });
  });

  it('is told to its agent, counted before it ends, and then over', async () => {
    const agent = await held({ expiresInSeconds: 20 * day });
    const expiring = async () =>
      Number(
        /^evergrant_expiring_callers\{kind="mcp_token"\} (\d+)$/m.exec(
          await (await fetch(`${app.url}/metrics`)).text(),
        )?.[1],
      );
    expect(await expiring()).toBe(0);
    await app.advance(7 * day);
    const { structured } = await callTool(agent, 'get_connection_status');
    expect(await daysLeft(structured.mcpTokenExpiresAt as string)).toBe(13);
    // Uses are recorded behind the caller.
    for (let tries = 0; (await expiring()) === 0 && tries < 100; tries += 1) await status(agent);
    expect(await expiring()).toBe(1);
    await app.advance(13 * day - 30);
    expect(await status(agent)).toBe(200);
    await app.advance(60);
    expect(await status(agent)).toBe(401);
    expect(await expiring()).toBe(0);
    expect(await status(instance)).toBe(200);
  });

  it.each([
    ['an instant and a life at once', { expiresAt: null, expiresInSeconds: 60 }, 'expiresInSeconds'],
    ['no life at all', { expiresInSeconds: 0 }, 'expiresInSeconds'],
    ['scopes and readOnly at once', { scopes: [gmailScopes.send], readOnly: true }, 'readOnly'],
    ['scopes that are not of Gmail', { scopes: ['openid'] }, 'scopes.0'],
    ['no scopes', { scopes: [] }, 'scopes'],
  ])('is not made with %s', async (_case, input, field) => {
    const { status: code, body } = await app.api('POST', `/api/instances/${instance.id}/mcp-tokens`, input);
    expect([code, body.field]).toEqual([400, field]);
  });
});

describe('the life of an API key', () => {
  it('is a year unless something is said, also that of a first key, which tells its end', async () => {
    const { body } = await app.api<{ id: string; apiKey: string; apiKeyExpiresAt: string }>(
      'POST',
      '/api/tenants',
      { name: 'Lives' },
    );
    expect(await daysLeft(body.apiKeyExpiresAt)).toBe(365);
    const path = `/api/tenants/${body.id}/api-keys`;
    const lives = await Promise.all(
      [{}, { expiresAt: null }, { expiresInSeconds: day }].map(async (input) => {
        const made = await app.api<{ expiresAt: string | null }>('POST', path, { name: 'Key', ...input });
        return daysLeft(made.body.expiresAt);
      }),
    );
    expect(lives).toEqual([365, null, 1]);
    const call = async () =>
      (await app.api('GET', '/api/instances', undefined, { authorization: `Bearer ${body.apiKey}` })).status;
    expect(await call()).toBe(200);
    await app.advance(365 * day + 60);
    expect(await call()).toBe(401);
  });
});
