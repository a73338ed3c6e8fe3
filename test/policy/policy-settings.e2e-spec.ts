import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiRights } from '../../src/identity/holders/api-right.js';
import { OutboundPolicies1796490000000 } from '../../migrations/1796490000000-outbound-policies.js';
import { eventsOf } from '../harness/audit-events.js';
import { Callers, type Shown, type Tenant } from '../harness/callers.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let callers: Callers;
let tenant: Shown<Tenant>;
let writer: string;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
  tenant = await callers.tenant();
  writer = (await callers.key(tenant.id, { rights: ['instances:read', 'instances:write', 'policy:write'] }))
    .apiKey;
});
afterAll(() => app.stop());

const policy = {
  acts: { delegate: 'deny' },
  newRecipients: 'ask',
  denyRecipients: ['@*.evil.example'],
  messagesPerHour: 5,
  locked: ['newRecipients'],
};

describe('the policy of a tenant', () => {
  it('says nothing until it is set, is replaced as a whole, and shown to its operator', async () => {
    expect(await callers.asKey(tenant.apiKey, 'GET', '/api/policy')).toMatchObject({ status: 200, body: {} });
    expect((await app.api<{ policy: unknown }>('GET', `/api/tenants/${tenant.id}`)).body.policy).toBeNull();
    const put = await callers.asKey(writer, 'PUT', '/api/policy', policy);
    expect([put.status, put.body]).toEqual([200, policy]);
    expect((await callers.asKey(tenant.apiKey, 'GET', '/api/policy')).body).toEqual(policy);
    expect((await app.api<{ policy: unknown }>('GET', `/api/tenants/${tenant.id}`)).body.policy).toEqual(
      policy,
    );
    expect((await callers.asKey(writer, 'PUT', '/api/policy', { dryRun: true })).body).toEqual({
      dryRun: true,
    });
    const byOperator = await app.api<{ policy: unknown }>('PATCH', `/api/tenants/${tenant.id}`, { policy });
    expect(byOperator.body.policy).toEqual(policy);
    const taken = await app.api<{ policy: unknown; suspended: boolean }>(
      'PATCH',
      `/api/tenants/${tenant.id}`,
      {
        policy: null,
      },
    );
    expect(taken.body).toMatchObject({ policy: null, suspended: false });
  });

  it('is for keys that were given the right to it, which none has by itself', async () => {
    const { status, body } = await callers.asKey(tenant.apiKey, 'PUT', '/api/policy', policy);
    expect([status, body.errorCode]).toEqual([403, 'FORBIDDEN']);
    const session = await callers.login(tenant.apiKey);
    const inBrowser = { cookie: session, origin: app.url };
    expect((await callers.call('PUT', '/api/policy', inBrowser, policy)).status).toBe(403);
    const others = apiRights.filter((right) => right !== 'policy:write');
    const { apiKey } = await callers.key(tenant.id, { rights: others });
    expect((await callers.asKey(apiKey, 'PUT', '/api/policy', policy)).status).toBe(403);
    const blind = await callers.key(tenant.id, { rights: ['policy:write'] });
    expect((await callers.asKey(blind.apiKey, 'GET', '/api/policy')).status).toBe(403);
    const asOperator = await callers.asKey(writer, 'PATCH', `/api/tenants/${tenant.id}`, { policy });
    expect(asOperator.status).toBe(403);
  });

  it('is that of no other tenant', async () => {
    const other = await callers.tenant();
    await callers.asKey(writer, 'PUT', '/api/policy', policy);
    expect((await callers.asKey(other.apiKey, 'GET', '/api/policy')).body).toEqual({});
    const aimed = await callers.call(
      'PUT',
      '/api/policy',
      { authorization: `Bearer ${writer}`, 'x-evergrant-tenant': other.id },
      policy,
    );
    expect(aimed.status).toBe(404);
    expect((await callers.asKey(other.apiKey, 'GET', '/api/policy')).body).toEqual({});
  });

  it.each([
    ['acts.send', { acts: { send: 'maybe' } }],
    ['newRecipients', { newRecipients: 'block' }],
    ['denyRecipients.1', { denyRecipients: ['ada@example.com', 'Ada <ada@example.com>'] }],
    ['messagesPerDay', { messagesPerDay: 0 }],
    ['locked.0', { locked: ['all'] }],
    ['sendLimit', { sendLimit: 5 }],
  ])('is refused with the name of the field %s', async (field, input) => {
    const { status, body } = await callers.asKey(writer, 'PUT', '/api/policy', input);
    expect([status, body.errorCode, body.field]).toEqual([400, 'VALIDATION_FAILED', field]);
    const nested = await app.api('PATCH', `/api/tenants/${tenant.id}`, { policy: input });
    expect([nested.status, nested.body.field]).toEqual([400, `policy.${field}`]);
  });

  it('is a change that is recorded with who made it', async () => {
    const events = await eventsOf(app, () => callers.asKey(writer, 'PUT', '/api/policy', policy));
    expect(events).toMatchObject([
      {
        event: 'tenant.updated',
        actor: { kind: 'api-key', tenantId: tenant.id },
        subject: { kind: 'tenant', id: tenant.id },
      },
    ]);
  });
});

describe('the policy of an instance', () => {
  const own = { newRecipients: 'allow', allowRecipients: ['@example.com'] };

  it('is null unless it is given, and is changed and taken away as a whole', async () => {
    const plain = await callers.asKey(tenant.apiKey, 'POST', '/api/instances', { name: 'Plain' });
    expect([plain.status, plain.body.policy]).toEqual([201, null]);
    const made = await callers.asKey(tenant.apiKey, 'POST', '/api/instances', { name: 'Own', policy: own });
    expect(made.body.policy).toEqual(own);
    const path = `/api/instances/${made.body.id as string}`;
    const patch = (input: object) => callers.asKey(tenant.apiKey, 'PATCH', path, input);
    expect((await patch({ name: 'Renamed' })).body).toMatchObject({ name: 'Renamed', policy: own });
    expect((await patch({ policy: { dryRun: true } })).body.policy).toEqual({ dryRun: true });
    expect((await callers.asKey(tenant.apiKey, 'GET', path)).body.policy).toEqual({ dryRun: true });
    expect((await patch({ policy: null })).body.policy).toBeNull();
    const reader = await callers.key(tenant.id, { rights: ['instances:read', 'policy:write'] });
    expect((await callers.asKey(reader.apiKey, 'PATCH', path, { policy: own })).status).toBe(403);
  });

  it.each([
    ['policy.newRecipients', { newRecipients: 'block' }],
    ['policy.allowRecipients.0', { allowRecipients: ['example.com'] }],
    ['policy.locked', { locked: ['newRecipients'] }],
  ])('is refused with the name of the field %s', async (field, input) => {
    const { status, body } = await callers.asKey(tenant.apiKey, 'POST', '/api/instances', {
      ...{ name: 'Box', policy: input },
    });
    expect([status, body.errorCode, body.field]).toEqual([400, 'VALIDATION_FAILED', field]);
  });

  it('keeps an instance sending that did so before there were policies, and no other', async () => {
    const scopes = { sending: ['gmail.send'], writing: ['gmail.modify'], reading: ['gmail.readonly'] };
    const made = await Promise.all(
      Object.entries(scopes).map(async ([name, asked]) => {
        const { body } = await callers.asKey(tenant.apiKey, 'POST', '/api/instances', {
          name,
          scopes: asked,
        });
        return [name, body.id as string] as const;
      }),
    );
    const runner = app.dataSource.createQueryRunner();
    await runner.startTransaction();
    const found: Record<string, unknown> = {};
    try {
      const migration = new OutboundPolicies1796490000000();
      await migration.down(runner);
      await migration.up(runner);
      for (const [name, id] of made) {
        const [row] = (await runner.query('SELECT policy FROM mcp_instances WHERE id = $1', [id])) as {
          policy: unknown;
        }[];
        found[name] = row?.policy;
      }
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    const goesOn = { newRecipients: 'allow' };
    expect(found).toEqual({ sending: goesOn, writing: goesOn, reading: null });
  });
});
