import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { WebhooksOptions } from '../../src/webhooks/index.js';
import { DeliveryPruning } from '../../src/webhooks/log/delivery-pruning.js';
import { tenantOf } from '../approvals/held-acts.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { advance, deleteHooks, deliveriesOf, logged, newHook, type Hook } from './hooks.js';
import { Receiver } from './receiver.js';

let app: TestApp;
let receiver: Receiver;
beforeAll(async () => {
  app = await TestApp.start({}, { webhooks: new WebhooksOptions(true, false, undefined, 1_000) });
  receiver = await Receiver.start();
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});
afterEach(async () => {
  await deleteHooks(app);
  receiver.reset();
});

/** An instance that is not connected: its mailbox changes when a test says so. */
async function silentInstance(headers: Record<string, string> = {}): Promise<string> {
  const { body } = await app.api<CreatedInstance>('POST', '/api/instances', { name: 'Box' }, headers);
  return body.id;
}

/** One transaction for each, as watching a mailbox makes them. */
async function changes(id: string, historyIds: readonly number[]): Promise<void> {
  const tenantId = await tenantOf(app, { id });
  for (const historyId of historyIds)
    await app.dataSource.query(
      `INSERT INTO mailbox_changes (tenant_id, instance_id, kind, history_id) VALUES ($1, $2, 'changed', $3)`,
      [tenantId, id, historyId],
    );
}

function historyIds(id: string): string[] {
  return receiver.taken(id).map(({ data }) => String(data.historyId));
}

/** What had to wait comes due. */
async function untilFailed(hook: Hook, attempts: number): Promise<void> {
  await logged(app, hook, `${attempts} attempts have failed`, (deliveries) =>
    deliveries.some((each) => each.status === 'failed' && each.attempts >= attempts),
  );
}

describe('events of an instance', () => {
  it('come in their order, once each, after an hour in which the receiver was down', async () => {
    const hook = await newHook(app, receiver.url);
    const [one, other] = [await silentInstance(), await silentInstance()];
    receiver.reply = () => 503;
    await changes(one, [1, 2]);
    await untilFailed(hook, 1);
    for (let minute = 10; minute <= 60; minute += 10) {
      await advance(app, receiver, 600);
      await changes(one, [minute]);
      await changes(other, [minute + 1]);
    }
    expect(receiver.taken(one)).toEqual([]);
    receiver.reply = () => 204;
    await advance(app, receiver, 7_200);
    await receiver.takes(one, 8);
    await receiver.takes(other, 6);
    expect(historyIds(one)).toEqual(['1', '2', '10', '20', '30', '40', '50', '60']);
    expect(historyIds(other)).toEqual(['11', '21', '31', '41', '51', '61']);
    for (const arrival of receiver.taken(one)) expect(receiver.isSigned(arrival, hook.secret)).toBe(true);
    expect(new Set(receiver.taken(one).map(({ id }) => id)).size).toBe(8);
  });

  it('wait behind one that fails, and those of another instance do not', async () => {
    await newHook(app, receiver.url);
    const [stuck, free] = [await silentInstance(), await silentInstance()];
    receiver.reply = ({ data }) => (data.instanceId === stuck && data.historyId === '1' ? 500 : 204);
    await changes(stuck, [1, 2, 3]);
    await changes(free, [1, 2, 3]);
    await receiver.takes(free, 3);
    expect(historyIds(stuck)).toEqual([]);
    const tried = receiver.arrivals.filter(({ instanceId }) => instanceId === stuck);
    expect(new Set(tried.map(({ data }) => data.historyId))).toEqual(new Set(['1']));
    receiver.reply = () => 204;
    await advance(app, receiver, 60);
    await receiver.takes(stuck, 3);
    expect(historyIds(stuck)).toEqual(['1', '2', '3']);
    // The same event under the same id, so that a receiver can tell.
    const ids = receiver.arrivals.filter(({ data }) => data.instanceId === stuck && data.historyId === '1');
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it('are given up after three days, each after an attempt, and then the next ones are told', async () => {
    const hook = await newHook(app, receiver.url);
    const id = await silentInstance();
    receiver.reply = ({ data }) => (data.historyId === '1' ? 500 : 204);
    await changes(id, [1, 2]);
    await untilFailed(hook, 1);
    await advance(app, receiver, 86_400);
    await untilFailed(hook, 2);
    expect(historyIds(id)).toEqual([]);
    await advance(app, receiver, 2 * 86_400);
    await receiver.takes(id, 1);
    expect(historyIds(id)).toEqual(['2']);
    const deliveries = await logged(app, hook, 'both have ended', (found) =>
      found.every(({ status }) => status === 'delivered' || status === 'given_up'),
    );
    expect(deliveries.map(({ status }) => status).sort()).toEqual(['delivered', 'given_up']);
    expect(deliveries.find(({ status }) => status === 'given_up')).toMatchObject({
      ...{ failure: 'receiver_error', lastStatus: 500, nextAttemptAt: null },
    });
  });

  it('are told to a receiver that hangs as to one that fails, and hold no other one meanwhile', async () => {
    const hanging = await Receiver.start();
    hanging.reply = () => 'hang';
    try {
      const hook = await newHook(app, hanging.url);
      await newHook(app, receiver.url);
      const ids = await Promise.all(Array.from({ length: 12 }, () => silentInstance()));
      for (const id of ids) await changes(id, [1]);
      for (const id of ids) await receiver.takes(id, 1);
      const failed = await logged(app, hook, 'it is seen to hang', (found) =>
        found.some(({ failure }) => failure === 'deadline_exceeded'),
      );
      expect(failed.every(({ status }) => status !== 'delivered')).toBe(true);
    } finally {
      await hanging.stop();
    }
  });
});

describe('an answer', () => {
  it('of 410 switches the webhook off, and what happens then is not told', async () => {
    const hook = await newHook(app, receiver.url);
    const id = await silentInstance();
    receiver.reply = () => 410;
    await changes(id, [1]);
    await logged(app, hook, 'it is given up', ([first]) => first?.failure === 'gone');
    const path = `/api/webhooks/${hook.id}`;
    expect((await app.api('GET', path)).body).toMatchObject({ enabled: false, disabledReason: 'gone' });
    await changes(id, [2]);
    receiver.reply = () => 204;
    const { body } = await app.api('PATCH', path, { enabled: true });
    expect(body).toMatchObject({ enabled: true, disabledReason: null });
    await changes(id, [3]);
    await receiver.takes(id, 1);
    expect(historyIds(id)).toEqual(['3']);
  });

  it('with Retry-After is heeded', async () => {
    const hook = await newHook(app, receiver.url);
    const id = await silentInstance();
    receiver.reply = () => ({ status: 429, headers: { 'retry-after': '1800' } });
    await changes(id, [1]);
    await untilFailed(hook, 1);
    const [delivery] = await deliveriesOf(app, hook);
    const [{ seconds }] = await app.dataSource.query<[{ seconds: number }]>(
      'SELECT extract(epoch FROM $1::timestamptz - evergrant_now())::float8 AS seconds',
      [delivery!.nextAttemptAt],
    );
    expect(seconds).toBeGreaterThan(1_700);
    expect(seconds).toBeLessThanOrEqual(1_800);
  });

  it('that redirects is not followed', async () => {
    const elsewhere = await Receiver.start();
    const hook = await newHook(app, receiver.url);
    receiver.reply = () => ({ status: 307, headers: { location: elsewhere.url } });
    await changes(await silentInstance(), [1]);
    const [delivery] = await logged(app, hook, 'it has failed', ([first]) => first?.status === 'failed');
    expect(delivery).toMatchObject({ failure: 'redirected', lastStatus: 307 });
    expect(elsewhere.arrivals).toEqual([]);
    await elsewhere.stop();
  });

  it('is nowhere kept', async () => {
    const hook = await newHook(app, receiver.url);
    receiver.reply = () => 500;
    await changes(await silentInstance(), [1]);
    await untilFailed(hook, 1);
    const found = await app.dataSource.query<unknown>('SELECT to_jsonb(d) FROM webhook_deliveries d');
    expect(JSON.stringify(found)).not.toContain('canary-answer');
    expect(app.log.join('\n')).not.toContain('canary-answer');
  });
});

describe('what waits', () => {
  it('for a suspended tenant is told when it is resumed', async () => {
    const name = `suspended-${randomUUID()}`;
    const { body: tenant } = await app.api<{ id: string }>('POST', '/api/tenants', { name });
    const headers = { 'x-evergrant-tenant': name };
    await app.api('POST', '/api/webhooks', { url: receiver.url }, headers);
    const [theirs, ours] = [await silentInstance(headers), await silentInstance()];
    await newHook(app, receiver.url);
    await app.api('PATCH', `/api/tenants/${tenant.id}`, { suspended: true });
    await changes(theirs, [1, 2]);
    await changes(ours, [1]);
    await receiver.takes(ours, 1);
    expect(historyIds(theirs)).toEqual([]);
    await app.api('PATCH', `/api/tenants/${tenant.id}`, { suspended: false });
    await receiver.takes(theirs, 2);
    expect(historyIds(theirs)).toEqual(['1', '2']);
    await app.api('DELETE', `/api/tenants/${tenant.id}`);
    const left = await app.dataSource.query<unknown[]>(
      'SELECT id FROM webhook_events WHERE tenant_id = $1 UNION ALL SELECT id FROM webhooks WHERE tenant_id = $1',
      [tenant.id],
    );
    expect(left).toEqual([]);
  });

  it('for a process that died is taken over when its lease has ended', async () => {
    const hook = await newHook(app, receiver.url);
    const id = await silentInstance();
    receiver.reply = () => 500;
    await changes(id, [1, 2]);
    await untilFailed(hook, 1);
    // As one leaves it that is killed while its request is under way.
    await app.dataSource.query(
      `UPDATE webhook_deliveries SET lease_id = gen_random_uuid(), next_attempt_at = evergrant_now() + interval '60 s'
       WHERE webhook_id = $1 AND status = 'failed'`,
      [hook.id],
    );
    receiver.reply = () => 204;
    await advance(app, receiver, 61);
    await receiver.takes(id, 2);
    expect(historyIds(id)).toEqual(['1', '2']);
  });
});

it('the log goes back fourteen days, and events with it', async () => {
  const hook = await newHook(app, receiver.url);
  const id = await silentInstance();
  await changes(id, [1]);
  await logged(app, hook, 'it is delivered', ([first]) => first?.status === 'delivered');
  const pruning = app.part(DeliveryPruning);
  await advance(app, receiver, 13 * 86_400);
  await pruning.prune();
  expect(await deliveriesOf(app, hook)).toHaveLength(1);
  await advance(app, receiver, 2 * 86_400);
  await pruning.prune();
  expect(await deliveriesOf(app, hook)).toEqual([]);
  expect(await app.dataSource.query('SELECT id FROM webhook_events')).toEqual([]);
});
