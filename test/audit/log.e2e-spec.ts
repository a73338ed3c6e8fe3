import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ExportUnreadable, sealKey, verifyExport } from '../../src/audit/index.js';
import { DataKeys } from '../../src/credentials/index.js';
import { bearer, Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { NodeProcess, repository, temporaryFolder } from '../harness/node-process.js';
import { TestApp } from '../harness/test-app.js';

// Processes start, which a busy machine takes its time for.
jest.setTimeout(120_000);

interface Entry {
  tenantId: string;
  sequence: number;
  at: string;
  event: string;
  actor: { kind: string; id: string | null };
  subject: { kind: string; id: string } | null;
  instanceId: string | null;
  details: Record<string, unknown>;
  hash: string;
}

let app: TestApp;
let callers: Callers;
let tenant: { id: string; apiKey: string };
let instanceId: string;
let auditor: string;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
  tenant = await callers.tenant();
  auditor = (await callers.key(tenant.id, { rights: ['audit:read'] })).apiKey;
  const asKey = (method: string, path: string, body?: unknown) =>
    callers.asKey(tenant.apiKey, method, path, body);
  instanceId = String((await asKey('POST', '/api/instances', { name: 'Box' })).body.id);
  await asKey('PATCH', `/api/instances/${instanceId}`, { name: 'Renamed' });
  await asKey('POST', `/api/instances/${instanceId}/start-oauth`, {});
  const { body } = await asKey('POST', `/api/instances/${instanceId}/mcp-tokens`, { name: 'Second' });
  await asKey('DELETE', `/api/instances/${instanceId}/mcp-tokens/${String(body.id)}`);
  await callers.login(tenant.apiKey);
  await app.api('PATCH', `/api/tenants/${tenant.id}`, { suspended: true });
  await app.api('PATCH', `/api/tenants/${tenant.id}`, { suspended: false });
});
afterAll(() => app.stop());

async function page(query = '', headers: Record<string, string> = bearer(auditor)) {
  const { status, body } = await callers.call('GET', `/api/audit${query}`, headers);
  return { status, ...(body as unknown as { items: Entry[]; nextCursor: string | null }) };
}

async function exported(query = ''): Promise<{ text: string; entries: Entry[] }> {
  const response = await fetch(`${app.url}/api/audit/export${query}`, { headers: bearer(auditor) });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const text = await response.text();
  return {
    text,
    entries: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Entry),
  };
}

const all = [
  'tenant.created',
  'api_key.created',
  'instance.created',
  'instance.updated',
  'connect_link.issued',
  'mcp_token.created',
  'mcp_token.deleted',
  'login.succeeded',
  'tenant.updated',
  'tenant.updated',
];

describe('an export', () => {
  const unsealed = { noted: [], sealKey: null };

  it('is a chain that is verified as it is, also in parts', async () => {
    const { entries } = await exported();
    expect(entries.map(({ event }) => event)).toEqual(all);
    const key = sealKey(await app.part(DataKeys).auditKey());
    const { tenantId, verdict } = await verifyExport(lines((await exported()).text), {
      noted: [],
      sealKey: key,
    });
    const head = { sequence: all.length, hash: entries.at(-1)!.hash };
    expect([tenantId, verdict]).toEqual([tenant.id, { status: 'whole', events: all.length, head }]);
    const { text } = await exported('?after=4');
    expect((await verifyExport(lines(text), { ...unsealed, noted: [head] })).verdict).toEqual({
      ...{ status: 'whole', events: all.length - 4, head },
    });
    const shortened = text.split('\n').slice(0, 3).join('\n');
    expect((await verifyExport(lines(shortened), { ...unsealed, noted: [head] })).verdict).toEqual({
      ...{ status: 'broken', sequence: 8, fault: 'truncated' },
    });
  });

  it('of two tenants in one file, or of something else, is none', async () => {
    const { text } = await exported();
    const ofTwo = text.replace(/^.*"sequence":3,.*$/m, (line) => line.replace(tenant.id, instanceId));
    for (const other of [ofTwo, `${text}{}\n`, text.replace('{', '')])
      await expect(verifyExport(lines(other), unsealed)).rejects.toThrow(ExportUnreadable);
  });
});

async function* lines(text: string): AsyncGenerator<string, void, undefined> {
  yield* text.split('\n');
}

describe('the audit log of a tenant', () => {
  it('tells once what was done, the newest first, with who did it and where from', async () => {
    const { status, items, nextCursor } = await page();
    expect([status, nextCursor]).toEqual([200, null]);
    expect(items.map(({ event }) => event)).toEqual(all.toReversed());
    expect(items.map(({ sequence }) => sequence)).toEqual(all.map((_, at) => all.length - at));
    const created = items.find(({ event }) => event === 'instance.created')!;
    expect(created).toMatchObject({
      tenantId: tenant.id,
      actor: { kind: 'api-key', id: expect.any(String) },
      subject: { kind: 'instance', id: instanceId },
      instanceId,
      details: { route: 'POST /api/instances', requestId: expect.any(String), address: expect.any(String) },
    });
  });

  it('is read by pages and narrowed by filters', async () => {
    const first = await page('?limit=3');
    expect(first.items.map(({ sequence }) => sequence)).toEqual([10, 9, 8]);
    const second = await page(`?limit=3&cursor=${first.nextCursor!}`);
    expect(second.items.map(({ sequence }) => sequence)).toEqual([7, 6, 5]);
    const events = async (query: string) => (await page(query)).items.map(({ event }) => event);
    expect(await events(`?instanceId=${instanceId}`)).toEqual(all.slice(2, 5).toReversed());
    expect(await events('?event=mcp_token.deleted')).toEqual(['mcp_token.deleted']);
    expect(await events('?actor=operator')).toEqual([all[9], all[8], all[1], all[0]]);
    const { at, actor } = first.items[2]!;
    expect(await events(`?actor=${actor.id!}`)).toHaveLength(6);
    expect(await events(`?to=${at}`)).toEqual(all.slice(0, 7).toReversed());
    expect(await events(`?from=${at}`)).toEqual(all.slice(7).toReversed());
  });

  it('is not for a key without the right, nor for another tenant’s, and for the operator everywhere', async () => {
    const foreign = await callers.tenant();
    expect((await page('', bearer(tenant.apiKey))).status).toBe(403);
    const other = await callers.key(foreign.id, { rights: ['audit:read'] });
    const { items } = await page('', bearer(other.apiKey));
    expect(new Set(items.map(({ tenantId }) => tenantId))).toEqual(new Set([foreign.id]));
    const headers = { 'x-evergrant-tenant': tenant.id };
    const { body } = await app.api<{ items: Entry[] }>('GET', '/api/audit?limit=1', undefined, headers);
    expect(body.items[0]).toMatchObject({ tenantId: tenant.id, sequence: all.length });
  });

  it('has what an agent did when its call is answered, without a word of the mail', async () => {
    const box = await newMailbox(app, {
      scopes: ['openid', 'email', 'https://www.googleapis.com/auth/gmail.compose'],
    });
    const mail = { to: ['ada@example.com'], subject: 'subject-canary', body: 'body-canary' };
    const response = await fetch(box.mcpUrl, {
      method: 'POST',
      headers: {
        ...bearer(box.mcpToken),
        ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      },
      body: JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
        params: { name: 'create_draft', arguments: mail },
      }),
    });
    await response.text();
    const { body } = await app.api<{ items: Entry[] }>('GET', `/api/audit?instanceId=${box.id}&limit=1`);
    expect(body.items[0]).toMatchObject({
      event: 'tool.called',
      actor: { kind: 'mcp-token' },
      details: { tool: 'create_draft', outcome: 'ok' },
    });
    expect(JSON.stringify(body)).not.toContain('canary');
  });

  it('stands or falls with what it tells of, where that is rows of ours', async () => {
    const made = async () => {
      const { body } = await app.api<{ items: { name: string }[] }>('GET', '/api/instances?q=Unrecorded');
      return body.items.length;
    };
    await app.dataSource.query(
      "ALTER TABLE audit_events ADD CONSTRAINT nothing_made CHECK (event NOT IN ('instance.created', 'login.succeeded')) NOT VALID",
    );
    try {
      const refused = await app.api('POST', '/api/instances', { name: 'Unrecorded' });
      expect([refused.status, await made()]).toEqual([500, 0]);
      // A session is open before it is recorded: that it could not be is told, and no reason to fail.
      const before = app.log.length;
      expect(await callers.login(tenant.apiKey)).not.toBe('');
      expect(app.log.slice(before).join('')).toContain('Events are missing in the audit chain');
    } finally {
      await app.dataSource.query('ALTER TABLE audit_events DROP CONSTRAINT nothing_made');
    }
    await app.api('POST', '/api/instances', { name: 'Unrecorded' });
    expect(await made()).toBe(1);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('evergrant_audit_events_lost_total 1');
  });

  it('tells which fields of a policy were changed, of the tenant and of an instance, and not what they say', async () => {
    const { id } = await callers.tenant();
    const headers = { 'x-evergrant-tenant': id };
    const { body: box } = await app.api<{ id: string }>('POST', '/api/instances', { name: 'Box' }, headers);
    const policy = { newRecipients: 'deny', denyRecipients: ['@canary.example'] };
    await app.api('PUT', '/api/policy', policy, headers);
    await app.api('PUT', '/api/policy', { ...policy, newRecipients: 'ask' }, headers);
    await app.api('PATCH', `/api/instances/${box.id}`, { policy: { dryRun: true } }, headers);
    const path = '/api/audit?event=policy.changed';
    const { body } = await app.api<{ items: Entry[] }>('GET', path, undefined, headers);
    expect(body.items.map(({ subject, details }) => [subject, details.fields])).toEqual([
      [{ kind: 'instance', id: box.id }, ['dryRun']],
      [{ kind: 'tenant', id }, ['newRecipients']],
      [{ kind: 'tenant', id }, ['denyRecipients', 'newRecipients']],
    ]);
    expect(JSON.stringify(body)).not.toContain('canary');
  });

  it('goes with its tenant, whose end the operator’s own log keeps', async () => {
    const leaving = await callers.tenant();
    expect((await app.api('DELETE', `/api/tenants/${leaving.id}`)).status).toBe(204);
    const left = await app.dataSource.query<unknown[]>('SELECT 1 FROM audit_events WHERE tenant_id = $1', [
      leaving.id,
    ]);
    expect(left).toEqual([]);
    const { body } = await app.api<{ items: Entry[] }>('GET', '/api/audit?limit=2');
    expect(body.items.map(({ event, subject }) => [event, subject?.id])).toEqual([
      ['tenant.deleted', leaving.id],
      ['tenant.created', leaving.id],
    ]);
  });
});

describe('npm run audit:verify', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  async function verify(...args: string[]): Promise<{ code: number | null; said: string }> {
    const command = NodeProcess.start([join(repository, 'dist/src/audit-verify.js'), ...args], {
      DATABASE_URL: app.environment.DATABASE_URL!,
      ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    });
    const code = await command.exitCode();
    return { code, said: command.stdout + command.stderr };
  }

  it('checks an export without a database, and names the event that was changed', async () => {
    const { text } = await exported();
    const file = join(folder.path, 'export.jsonl');
    writeFileSync(file, text.replace('mcp_token.deleted', 'mcp_token.created'));
    const changed = await verify('--file', file);
    expect([changed.code, changed.said]).toEqual([1, expect.stringContaining('BROKEN at event 7 (changed)')]);
  });

  it('walks the chains of the database, and names a row that was changed there', async () => {
    const { entries } = await exported();
    const head = `${all.length}:${entries.at(-1)!.hash}`;
    const before = await verify('--tenant', tenant.id, '--head', head);
    expect([before.code, before.said]).toEqual([
      0,
      expect.stringContaining(`Tenant ${tenant.id}: whole, 10 events; head ${head}`),
    ]);
    await app.dataSource.query('ALTER TABLE audit_events DISABLE TRIGGER USER');
    const [changed] = await app.dataSource.query<[unknown[]]>(
      `UPDATE audit_events SET actor = jsonb_set(actor, '{kind}', '"session"')
       WHERE tenant_id = $1 AND sequence = 4 RETURNING 1`,
      [tenant.id],
    );
    expect(changed).toHaveLength(1);
    const after = await verify();
    expect([after.code, after.said]).toEqual([
      1,
      expect.stringContaining(`Tenant ${tenant.id}: BROKEN at event 4 (changed)`),
    ]);
  });
});
