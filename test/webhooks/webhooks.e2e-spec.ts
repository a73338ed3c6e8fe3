import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebhooksOptions } from '../../src/webhooks/index.js';
import { holdMail, tenantOf } from '../approvals/held-acts.js';
import { refresh } from '../harness/access-tokens.js';
import { eventsOf } from '../harness/audit-events.js';
import { Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { advance, deleteHooks, deliveriesOf, logged, newHook, test, type Hook } from './hooks.js';
import { Receiver } from './receiver.js';

let app: TestApp;
let receiver: Receiver;
let callers: Callers;
/** What names of hosts resolve to. */
const addresses: Record<string, string> = {};
beforeAll(async () => {
  const resolver = async (host: string) => [{ address: addresses[host] ?? '127.0.0.1', family: 4 }];
  app = await TestApp.start({}, { webhooks: new WebhooksOptions(true, false, resolver, 2_000) });
  receiver = await Receiver.start();
  callers = new Callers(app);
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});
afterEach(async () => {
  await app.google.clearFaults();
  await deleteHooks(app);
  receiver.reset();
});

function newReceiverHook(events?: string[]): Promise<Hook> {
  return newHook(app, receiver.url, events);
}

describe('a webhook', () => {
  it('is made with a secret that is shown once, and told nothing of afterwards', async () => {
    const { secret, ...shown } = await newReceiverHook(['instance.connected']);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toMatchObject({ url: receiver.url, events: ['instance.connected'], enabled: true });
    expect((await app.api('GET', `/api/webhooks/${shown.id}`)).body).toEqual(shown);
    expect((await app.api('GET', '/api/webhooks')).body).toEqual({ items: [shown], nextCursor: null });
    const [row] = await app.dataSource.query<[{ secret: string }]>('SELECT secret FROM webhooks');
    expect(row.secret).not.toContain(secret.slice(6));
  });

  it.each([
    ['no URL', 'hook', 'url must be a URL'],
    ['plain http to another machine', 'http://example.com/', 'url must be https'],
    ['another scheme', 'ftp://localhost/', 'url must be https'],
    ['a private address', 'https://10.0.0.1/', 'url must be on the public Internet'],
    ['the metadata service', 'https://169.254.169.254/', 'url must be on the public Internet'],
    ['a mapped address', 'https://[::ffff:127.0.0.1]/', 'url must be on the public Internet'],
    ['a password', 'https://user:canary@example.com/', 'url must hold no user name and no password'],
  ])('is refused for %s', async (_what, url, error) => {
    const { status, body } = await app.api('POST', '/api/webhooks', { url });
    expect({ status, body }).toMatchObject({ status: 400, body: { error, field: 'url' } });
  });

  it('is changed, switched off and deleted, and each is in the audit log', async () => {
    const events = await eventsOf(app, async () => {
      const { id } = await newReceiverHook();
      const path = `/api/webhooks/${id}`;
      const { body } = await app.api('PATCH', path, { events: ['mailbox.changed'], enabled: false });
      expect(body).toMatchObject({ events: ['mailbox.changed'], enabled: false, url: receiver.url });
      expect((await app.api('PATCH', path, {})).status).toBe(400);
      expect((await app.api('DELETE', path)).status).toBe(204);
      expect((await app.api('GET', path)).status).toBe(404);
    });
    expect(events.map(({ event }) => event)).toEqual([
      'webhook.created',
      'webhook.updated',
      'webhook.deleted',
    ]);
  });

  it('is one of twenty at most, also for requests at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 22 }, () => app.api('POST', '/api/webhooks', { url: receiver.url })),
    );
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(made.filter(({ body }) => body.reason === 'too_many_webhooks')).toHaveLength(2);
  });

  it('is out of reach for another tenant, and for a key without the right', async () => {
    const { id } = await newReceiverHook();
    const tenant = await callers.tenant();
    const stranger = await callers.key(tenant.id, { rights: ['webhooks:read', 'webhooks:write'] });
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { enabled: false }],
      ['DELETE', ''],
      ['POST', '/secrets', {}],
      ['POST', '/test'],
      ['GET', '/deliveries'],
      ['POST', `/deliveries/${randomUUID()}/replay`],
    ] as const)
      expect((await callers.asKey(stranger.apiKey, method, `/api/webhooks/${id}${path}`, body)).status).toBe(
        404,
      );
    expect((await callers.asKey(stranger.apiKey, 'GET', '/api/webhooks')).body.items).toEqual([]);
    const reader = await callers.key(tenant.id, { rights: ['webhooks:read'] });
    const input = { url: receiver.url };
    expect((await callers.asKey(reader.apiKey, 'GET', '/api/webhooks')).status).toBe(200);
    expect((await callers.asKey(reader.apiKey, 'POST', '/api/webhooks', input)).status).toBe(403);
    const usual = await callers.key(tenant.id);
    expect((await callers.asKey(usual.apiKey, 'GET', '/api/webhooks')).status).toBe(403);
  });

  it('is told nothing of another tenant', async () => {
    await newReceiverHook();
    const stranger = await callers.tenant();
    const headers = { 'x-evergrant-tenant': stranger.name };
    const { body } = await app.api<CreatedInstance>('POST', '/api/instances', { name: 'Box' }, headers);
    await app.dataSource.query(
      `INSERT INTO mailbox_changes (tenant_id, instance_id, kind, history_id) VALUES ($1, $2, 'resync', 1)`,
      [stranger.id, body.id],
    );
    const ours = await newMailbox(app);
    await receiver.takes(ours.id, 1);
    expect(receiver.arrivals.map(({ instanceId }) => instanceId)).toEqual([ours.id]);
  });
});

describe('a test of a webhook', () => {
  it('is sent at once, signed, and says what the receiver answered', async () => {
    const hook = await newReceiverHook(['mailbox.changed']);
    const { status, body } = await test(app, hook);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { type: 'webhook.test', status: 'delivered', lastStatus: 204, attempts: 1, failure: null },
    });
    const [arrival] = receiver.arrivals;
    expect(arrival).toMatchObject({ id: body.eventId, type: 'webhook.test', data: { webhookId: hook.id } });
    expect(receiver.isGenuine(arrival!, hook.secret)).toBe(true);
    expect(await deliveriesOf(app, hook)).toEqual([body]);
  });

  it('carries a signature that no one else could have made', async () => {
    const hook = await newReceiverHook();
    await test(app, hook);
    const { body, headers } = receiver.arrivals[0]!;
    const other = await newReceiverHook();
    expect(receiver.isGenuine({ body, headers }, other.secret)).toBe(false);
    expect(receiver.isGenuine({ body: body.replace('test', 'pest'), headers }, hook.secret)).toBe(false);
    const later = { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) };
    expect(receiver.isGenuine({ body, headers: later }, hook.secret)).toBe(false);
    expect(
      receiver.isGenuine({ body, headers: { ...headers, 'webhook-id': randomUUID() } }, hook.secret),
    ).toBe(false);
  });

  it.each([
    ['an error of the receiver', 500, { lastStatus: 500, failure: 'receiver_error' }],
    [
      'a redirect to the metadata service, which is not followed',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } },
      { lastStatus: 302, failure: 'redirected' },
    ],
    ['a receiver that never answers', 'hang', { lastStatus: null, failure: 'deadline_exceeded' }],
  ] as const)('tells of %s', async (_what, reply, expected) => {
    const hook = await newReceiverHook();
    receiver.reply = () => reply;
    expect((await test(app, hook)).body).toMatchObject({ status: 'given_up', ...expected });
    expect(receiver.arrivals).toHaveLength(1);
  });

  it('does not reach a name that resolves to a private address, and takes nothing of it', async () => {
    const hook = await newHook(app, 'https://rebound.example.com/hook');
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '192.168.0.1']) {
      addresses['rebound.example.com'] = address;
      expect((await test(app, hook)).body).toMatchObject({ status: 'given_up', failure: 'not_public' });
    }
  });
});

describe('a rotated secret', () => {
  it('signs beside the one before for the overlap, and alone after it', async () => {
    const hook = await newReceiverHook();
    const { body } = await app.api<{ secret: string; formerSecretUntil: string }>(
      ...(['POST', `/api/webhooks/${hook.id}/secrets`, { overlapSeconds: 3_600 }] as const),
    );
    await test(app, hook);
    expect(receiver.arrivals[0]!.headers['webhook-signature']!.split(' ')).toHaveLength(2);
    for (const secret of [hook.secret, body.secret])
      expect(receiver.isGenuine(receiver.arrivals[0]!, secret)).toBe(true);
    await advance(app, receiver, 3_601);
    await test(app, hook);
    expect(receiver.isGenuine(receiver.arrivals[1]!, hook.secret)).toBe(false);
    expect(receiver.isGenuine(receiver.arrivals[1]!, body.secret)).toBe(true);
    expect((await app.api('GET', `/api/webhooks/${hook.id}`)).body.formerSecretUntil).toBeNull();
  });

  it('is alone at once where no overlap is asked for', async () => {
    const hook = await newReceiverHook();
    await app.api('POST', `/api/webhooks/${hook.id}/secrets`, { overlapSeconds: 0 });
    await test(app, hook);
    expect(receiver.isGenuine(receiver.arrivals[0]!, hook.secret)).toBe(false);
  });
});

describe('what is told', () => {
  it('is a consent, an approval and its decision, a change of the mailbox and the end, in this order', async () => {
    const hook = await newReceiverHook();
    const { id, account } = await newMailbox(app);
    const tenantId = await tenantOf(app, { id });
    const { id: approvalId } = await holdMail(app, { tenantId, id });
    await app.api('POST', `/api/approvals/${approvalId}`, { decision: 'reject' });
    await app.dataSource.query(
      `INSERT INTO mailbox_changes (tenant_id, instance_id, kind, history_id, message_ids, thread_ids)
       VALUES ($1, $2, 'changed', 7, '{m1}', '{t1}')`,
      [tenantId, id],
    );
    await app.api('DELETE', `/api/instances/${id}`);
    const arrivals = await receiver.takes(id, 5);
    expect(arrivals.map(({ type, data }) => ({ type, data }))).toMatchObject([
      {
        type: 'instance.connected',
        data: { email: account, requiresReauth: false, errorCode: null, reason: 'granted' },
      },
      { type: 'approval.requested', data: { approvalId, status: 'pending', recipients: 1, decidedAt: null } },
      { type: 'approval.decided', data: { approvalId, status: 'rejected', reasons: ['new_recipient'] } },
      {
        type: 'mailbox.changed',
        data: { kind: 'changed', historyId: '7', messageIds: ['m1'], threadIds: ['t1'] },
      },
      { type: 'instance.disconnected', data: { email: account, reason: 'deleted' } },
    ]);
    for (const arrival of arrivals) {
      expect(receiver.isGenuine(arrival, hook.secret)).toBe(true);
      // What the mail says is no one's business who may not decide on it.
      expect(arrival.body).not.toMatch(/canary|bea@example/i);
    }
  });

  it('is only what a webhook asks for', async () => {
    const narrow = await newReceiverHook(['instance.disconnected']);
    const { id } = await newMailbox(app);
    await app.api('DELETE', `/api/instances/${id}`);
    await receiver.takes(id, 1);
    expect((await deliveriesOf(app, narrow)).map(({ type }) => type)).toEqual(['instance.disconnected']);
  });

  it('is told again by a replay, under the same id', async () => {
    const hook = await newReceiverHook();
    const { id } = await newMailbox(app);
    const [first] = await receiver.takes(id, 1);
    const [delivered] = await logged(app, hook, 'it is logged', ([each]) => each?.status === 'delivered');
    const replay = `/api/webhooks/${hook.id}/deliveries/${delivered!.id}/replay`;
    const { status, body } = await app.api('POST', replay);
    expect({ status, body }).toMatchObject({ status: 201, body: { isReplay: true, eventId: first!.id } });
    const [, second] = await receiver.takes(id, 2);
    expect(second).toMatchObject({ id: first!.id, body: first!.body });
    expect((await deliveriesOf(app, hook)).map(({ isReplay }) => isReplay)).toEqual([true, false]);
  });
});

describe('the grant of an instance', () => {
  async function types(id: string, count: number): Promise<string[]> {
    await receiver.takes(id, count);
    return receiver.typesTaken(id);
  }

  it('is told degraded once in an outage, however many calls fail, and recovered once', async () => {
    await newReceiverHook();
    const { id } = await newMailbox(app);
    await app.google.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });
    for (let call = 0; call < 2; call += 1) await refresh(app, id);
    await app.google.clearFaults();
    await app.google.addFault({ target: 'token', fault: { kind: 'reset' } });
    await refresh(app, id);
    expect(await types(id, 2)).toEqual(['instance.connected', 'instance.degraded']);
    expect(receiver.taken(id)[1]!.data).toMatchObject({
      requiresReauth: false,
      errorCode: 'SERVICE_UNAVAILABLE',
    });
    await app.google.clearFaults();
    await refresh(app, id);
    expect(await types(id, 3)).toEqual(['instance.connected', 'instance.degraded', 'instance.connected']);
    expect(receiver.taken(id)[2]!.data).toMatchObject({ errorCode: null, reason: 'recovered' });
  });

  it('is told to need a person when Google has said so, once, and never degraded for that', async () => {
    await newReceiverHook();
    const { id, account } = await newMailbox(app);
    await app.google.revokeGrants({ account });
    await refresh(app, id);
    expect((await app.api('GET', `/api/instances/${id}`)).body.requiresReauth).toBe(true);
    expect(await types(id, 2)).toEqual(['instance.connected', 'instance.requires_reauth']);
    expect(receiver.taken(id)[1]!.data).toMatchObject({
      ...{ requiresReauth: true, errorCode: 'INVALID_REFRESH_TOKEN', reason: 'refusal_unconfirmed' },
    });
    await advance(app, receiver, 61);
    await refresh(app, id);
    await app.connect(id, { account });
    expect(await types(id, 3)).toEqual([
      'instance.connected',
      'instance.requires_reauth',
      'instance.connected',
    ]);
  });

  it('is told to all instances that share it, each of its own', async () => {
    const account = `shared-${randomUUID()}@sandbox.test`;
    await app.google.addAccount({ email: account });
    const one = await app.connectedInstance({ account });
    const other = await app.connectedInstance({ account });
    await newReceiverHook();
    await app.google.revokeGrants({ account });
    await refresh(app, one.id);
    expect(await types(other.id, 1)).toEqual(['instance.requires_reauth']);
    await app.connect(one.id, { account });
    for (const { id } of [one, other])
      expect(await types(id, 2)).toEqual(['instance.requires_reauth', 'instance.connected']);
  });
});
