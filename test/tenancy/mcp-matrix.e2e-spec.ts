import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { RowSecurityAlone } from './lowered-walls.js';
import { household, marksOf, type Household } from './two-tenants.js';

let app: TestApp;
let ours: Household;
let theirs: Household;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' });
  [ours, theirs] = [await household(app, 'ours'), await household(app, 'theirs')];
});
afterAll(() => app.stop());

const methods: [method: string, params?: object][] = [
  [
    'initialize',
    { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  ],
  ['ping'],
  ['server/discover'],
  ['tools/list'],
  ['prompts/list'],
  ['prompts/get', { name: 'whats_new' }],
  ['resources/list'],
  ['resources/templates/list'],
  ['resources/read', { uri: 'gmail://mailbox' }],
  ['subscriptions/listen', { notifications: { resourceSubscriptions: ['gmail://mailbox'] } }],
  ...gmailTools.map(({ name }): [string, object] => ['tools/call', { name, arguments: {} }]),
];

function titleOf([method, params]: (typeof methods)[number]): string {
  return params && 'name' in params ? `${method} ${String(params.name)}` : method;
}

async function call(
  at: TestApp,
  instanceId: string,
  authorization: string,
  [method, params]: [string, object?],
): Promise<{ status: number; authenticate: string | null; text: string }> {
  const response = await fetch(`${at.url}/mcp/${instanceId}`, {
    method: 'POST',
    headers: {
      ...(authorization === '' ? {} : { authorization }),
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params ? { params } : {}) }),
  });
  return {
    status: response.status,
    // It names the endpoint that was called.
    authenticate: response.headers.get('www-authenticate')?.replace(instanceId, '…') ?? null,
    text: await response.text(),
  };
}

async function endedToken(end: 'expired' | 'deleted'): Promise<string> {
  const path = `/api/instances/${theirs.instance.id}/mcp-tokens`;
  const headers = { authorization: `Bearer ${theirs.apiKey}` };
  const { body } = await app.api<{ id: string; mcpToken: string }>('POST', path, { name: end }, headers);
  if (end === 'deleted') await app.api('DELETE', `${path}/${body.id}`, undefined, headers);
  else
    await app.dataSource.query(
      "UPDATE mcp_tokens SET expires_at = evergrant_now() - interval '1 s' WHERE id = $1",
      [body.id],
    );
  return body.mcpToken;
}

describe.each([
  ['both walls', undefined],
  ['row-level security alone', RowSecurityAlone],
] as const)('an MCP endpoint behind %s', (_walls, tenantDatabase) => {
  let replica: TestApp;
  let identities: Record<string, string>;
  beforeAll(async () => {
    replica = await TestApp.start(
      { RATE_LIMIT_PER_MINUTE: '0' },
      { beside: app, ...(tenantDatabase ? { tenantDatabase } : {}) },
    );
    identities = {
      'no token': '',
      'a made-up token': `Bearer egmcp_${'A'.repeat(43)}`,
      'another tenant’s token': `Bearer ${ours.instance.mcpToken}`,
      'another tenant’s key': `Bearer ${ours.apiKey}`,
      'the tenant’s own key': `Bearer ${theirs.apiKey}`,
      'the operator’s key': `Bearer ${adminApiKey}`,
      'an expired token': `Bearer ${await endedToken('expired')}`,
      'a deleted token': `Bearer ${await endedToken('deleted')}`,
    };
  });
  afterAll(() => replica.stop());

  it.each(methods.map((method) => [titleOf(method), method] as const))(
    'answers %s to no other token, and alike whether it is there or not',
    async (_name, method) => {
      for (const [who, authorization] of Object.entries(identities)) {
        const there = await call(replica, theirs.instance.id, authorization, method);
        const nowhere = await call(replica, randomUUID(), authorization, method);
        expect({ who, ...there }).toEqual({ who, ...nowhere });
        expect([who, there.status]).toEqual([who, 401]);
        for (const mark of marksOf(theirs)) expect(there.text).not.toContain(mark);
      }
    },
  );

  it('answers its own token', async () => {
    const { status, text } = await call(replica, theirs.instance.id, `Bearer ${theirs.instance.mcpToken}`, [
      'tools/call',
      { name: 'get_connection_status', arguments: {} },
    ]);
    expect(status).toBe(200);
    expect(text).toContain(theirs.account);
  });
});
