import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventsOf, type LoggedEvent } from '../harness/audit-events.js';
import { bearer, Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

const info = 30;
const writingScopes = ['modify', 'send', 'compose'].map(
  (scope) => `https://www.googleapis.com/auth/gmail.${scope}`,
);

/** What an event says, but for when and where from. */
function told({ level, event, actor, subject, route }: LoggedEvent) {
  return { level, event, actor, subject, route };
}

/** The one event of a call. */
async function eventOf(work: () => Promise<unknown>): Promise<LoggedEvent> {
  const events = await eventsOf(app, work);
  expect(events).toHaveLength(1);
  return events[0]!;
}

describe('what the operator does', () => {
  it('with tenants and keys is recorded, with the request and the address that it came from', async () => {
    const operator = { kind: 'operator', id: null, tenantId: expect.any(String) };
    let tenantId = '';
    const created = await eventOf(async () => {
      const headers = { 'x-request-id': 'made-by-hand' };
      const { body } = await app.api<{ id: string }>('POST', '/api/tenants', { name: 'Audited' }, headers);
      tenantId = body.id;
    });
    expect(created).toEqual({
      level: info,
      time: expect.any(Number),
      context: 'AuditTrail',
      msg: 'Tenant created',
      event: 'tenant.created',
      actor: operator,
      subject: { kind: 'tenant', id: tenantId },
      requestId: 'made-by-hand',
      address: expect.stringMatching(/^(::1|(::ffff:)?127\.0\.0\.1)$/),
      route: 'POST /api/tenants',
    });

    const keys = `/api/tenants/${tenantId}/api-keys`;
    let keyId = '';
    const made = await eventOf(async () => void (keyId = (await callers.key(tenantId)).id));
    const gone = await eventOf(() => app.api('DELETE', `${keys}/${keyId}`));
    const subject = { kind: 'api-key', id: keyId };
    expect([made, gone].map(told)).toEqual([
      {
        level: info,
        event: 'api_key.created',
        actor: operator,
        subject,
        route: 'POST /api/tenants/:id/api-keys',
      },
      {
        ...{ level: info, event: 'api_key.deleted', actor: operator, subject },
        route: 'DELETE /api/tenants/:id/api-keys/:keyId',
      },
    ]);
    const suspended = { suspended: true };
    expect(told(await eventOf(() => app.api('PATCH', `/api/tenants/${tenantId}`, suspended)))).toMatchObject({
      event: 'tenant.updated',
      subject: { kind: 'tenant', id: tenantId },
    });
    expect(told(await eventOf(() => app.api('DELETE', `/api/tenants/${tenantId}`)))).toMatchObject({
      event: 'tenant.deleted',
      subject: { kind: 'tenant', id: tenantId },
    });
  });

  it('is not recorded where it fails', async () => {
    const { name } = await callers.tenant();
    expect(await eventsOf(app, () => app.api('POST', '/api/tenants', { name }))).toEqual([]);
    expect(await eventsOf(app, () => app.api('DELETE', `/api/tenants/${name}`))).toEqual([]);
  });
});

describe('what a tenant does', () => {
  it('with instances and MCP tokens is recorded under its key, and under its session', async () => {
    const { id: tenantId, apiKey } = await callers.tenant();
    const asKey = (method: string, path: string, body?: unknown) => callers.asKey(apiKey, method, path, body);
    const [{ id: keyId }] = await app.dataSource.query<[{ id: string }]>(
      'SELECT id FROM api_keys WHERE tenant_id = $1',
      [tenantId],
    );
    const known = { name: 'Box', externalId: 'known' };
    let id = '';
    const events = await eventsOf(app, async () => {
      id = String((await asKey('POST', '/api/instances', known)).body.id);
      await asKey('POST', '/api/instances', known);
      await asKey('PATCH', `/api/instances/${id}`, { name: 'Renamed' });
      await asKey('POST', `/api/instances/${id}/start-oauth`, {});
      const { body } = await asKey('POST', `/api/instances/${id}/mcp-tokens`, { name: 'Second' });
      await asKey('DELETE', `/api/instances/${id}/mcp-tokens/${String(body.id)}`);
    });
    const actor = { kind: 'api-key', id: keyId, tenantId };
    const instance = { kind: 'instance', id };
    const token = { kind: 'mcp-token', id: expect.any(String) };
    expect(events.map(({ event, actor, subject }) => ({ event, actor, subject }))).toEqual([
      { event: 'instance.created', actor, subject: instance },
      { event: 'instance.updated', actor, subject: instance },
      { event: 'connect_link.issued', actor, subject: instance },
      { event: 'mcp_token.created', actor, subject: token },
      { event: 'mcp_token.deleted', actor, subject: token },
    ]);
    expect(new Set(events.slice(3).map(({ subject }) => (subject as { id: string }).id)).size).toBe(1);

    let cookie = '';
    const login = await eventOf(async () => void (cookie = await callers.login(apiKey)));
    expect(told(login)).toEqual({
      ...{ level: info, event: 'login.succeeded', actor, subject: undefined, route: 'POST /api/session' },
    });
    const headers = { cookie, origin: new URL(app.url).origin };
    const deleted = await eventOf(() => callers.call('DELETE', `/api/instances/${id}`, headers));
    expect(deleted).toMatchObject({
      event: 'instance.deleted',
      actor: { kind: 'session', id: keyId, tenantId },
      subject: instance,
    });
  });

  it('by adopting and refreshing tokens is recorded', async () => {
    const { id } = await newMailbox(app);
    expect(await eventOf(() => app.api('POST', `/api/instances/${id}/refresh`))).toMatchObject({
      event: 'access_token.refreshed',
      subject: { kind: 'instance', id },
    });
    const refused = { refreshToken: '1//unknown' };
    expect(await eventsOf(app, () => app.api('PUT', `/api/instances/${id}/credentials`, refused))).toEqual(
      [],
    );
  });
});

describe('what an agent does', () => {
  async function call(box: { mcpUrl: string; mcpToken: string }, name: string, input: object, id = 1) {
    const response = await fetch(box.mcpUrl, {
      method: 'POST',
      headers: {
        ...bearer(box.mcpToken),
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: input } }),
    });
    const text = await response.text();
    expect([response.status, text.includes('"result"')]).toEqual([200, true]);
  }

  it('is recorded where a tool writes, and a mail that was sent with the number of its recipients', async () => {
    const account = 'audited@sandbox.test';
    await app.google.addAccount({ email: account });
    const box = await app.createInstance({ scopes: ['openid', 'email', ...writingScopes] });
    await app.connect(box.id, { account });
    const [{ id: tokenId, tenantId }] = await app.dataSource.query<[{ id: string; tenantId: string }]>(
      'SELECT id, tenant_id AS "tenantId" FROM mcp_tokens WHERE instance_id = $1',
      [box.id],
    );
    const mail = {
      to: ['ada-canary@example.com', 'Grace <grace-canary@example.com>'],
      bcc: ['hidden-canary@example.com'],
      subject: 'subject-canary',
      body: 'body-canary',
    };
    const before = app.log.length;
    const events = await eventsOf(app, async () => {
      await call(box, 'send_message', mail);
      await call(box, 'create_draft', mail);
      await call(box, 'modify_message_labels', { messageId: '0123456789abcdef', addLabelIds: ['STARRED'] });
      await call(box, 'search_messages', {});
      await call(box, 'get_connection_status', {});
    });
    const act = {
      level: info,
      actor: { kind: 'mcp-token', id: tokenId, tenantId },
      subject: { kind: 'instance', id: box.id },
      route: 'POST /mcp/:instanceId',
      requestId: expect.any(String),
      address: expect.any(String),
    };
    expect(events).toEqual([
      expect.objectContaining({ event: 'tool.called', ...act, tool: 'send_message', outcome: 'ok' }),
      expect.objectContaining({ event: 'mail.sent', ...act, recipients: 3, messageId: expect.any(String) }),
      expect.objectContaining({ event: 'tool.called', ...act, tool: 'create_draft', outcome: 'ok' }),
      expect.objectContaining({ event: 'tool.called', tool: 'modify_message_labels', outcome: 'NOT_FOUND' }),
    ]);
    expect(app.log.slice(before).join('')).not.toContain('canary');
  });
});
