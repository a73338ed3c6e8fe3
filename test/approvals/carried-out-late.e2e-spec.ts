import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { ActWork } from '../../src/policy/index.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { outbox, stranger } from '../policy/ways-out.js';
import { told } from '../policy/told.js';
import { callTool } from '../scopes/mcp-agent.js';
import { tenantOf } from './held-acts.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

const daySeconds = 86_400;

interface Stored {
  id: string;
  state: string;
  reason: string | null;
}

async function stored(id: string): Promise<Stored> {
  const [row] = await app.dataSource.query<[Stored]>(
    "SELECT id, state, result ->> 'reason' AS reason FROM outbound_acts WHERE id = $1",
    [id],
  );
  return row;
}

/** A mail that a person has approved, and that Gmail did not take at once. */
async function approvedAndWaiting(policy: object = {}) {
  const scopes = [gmailScopes.send, gmailScopes.modify];
  const mailbox = await newMailbox(app, { scopes, policy: { newRecipients: 'ask', ...policy } });
  const mail = { to: [stranger], subject: `Offer ${randomUUID()}`, body: 'Hello' };
  const held = await callTool(mailbox, 'send_message', mail);
  const id = String(held.structured.approvalId);
  await app.google.addFault({
    target: 'gmail',
    times: 1,
    match: { path: '/gmail/v1/users/me/messages/send', account: mailbox.account },
    fault: { kind: 'error', status: 429, body: {} },
  });
  expect((await app.api('POST', `/api/approvals/${id}`, { decision: 'approve' })).status).toBe(201);
  await until('it was tried in vain', async () => (await stored(id)).reason === 'rateLimitExceeded');
  return { mailbox, mail, id };
}

async function change({ id }: TestMailbox, changes: object): Promise<void> {
  expect((await app.api('PATCH', `/api/instances/${id}`, changes)).status).toBe(200);
}

async function swept(seconds = 60): Promise<void> {
  await app.advance(seconds);
  await app.part(ActWork).sweep();
}

describe('an act that was approved a while ago', () => {
  it.each<[string, object, string]>([
    ['the policy denies its kind', { policy: { acts: { send: 'deny' } } }, 'policy_denied'],
    ['the policy denies its recipient', { policy: { denyRecipients: [stranger] } }, 'policy_denied'],
    ['the policy allows known people only', { policy: { onlyKnownRecipients: true } }, 'policy_denied'],
    ['a person decides on its kind', { policy: { acts: { send: 'ask' } } }, 'policy_changed'],
    ['the policy lets nothing leave', { policy: { dryRun: true } }, 'dry_run'],
    ['the connection is read-only', { readOnly: true }, 'read_only'],
    ['its toolset is off', { toolsets: ['drafts'] }, 'toolset_off'],
    ['the connection may not send', { scopes: [gmailScopes.readonly] }, 'not_asked_for'],
  ])('is not carried out where %s by now, and says so', async (_case, changes, reason) => {
    const { mailbox, mail, id } = await approvedAndWaiting();
    await change(mailbox, changes);
    await swept();
    await until('it has ended', async () => (await stored(id)).state === 'not_sent');
    expect(await stored(id)).toMatchObject({ reason });
    expect(await outbox({ app, mailbox })).toEqual([]);
    const { body } = await app.api('GET', `/api/approvals/${id}`);
    expect(body).toMatchObject({ status: 'approved', outcome: { status: 'not_sent' } });

    await change(mailbox, {
      ...{ policy: { newRecipients: 'ask' }, readOnly: false, toolsets: ['core'] },
      scopes: [gmailScopes.send, gmailScopes.modify],
    });
    expect(told(await callTool(mailbox, 'send_message', mail))).toBe('held');
  });

  it('is carried out where the policy only asks for what was approved', async () => {
    const { mailbox, id } = await approvedAndWaiting({ conversations: 'allow' });
    await change(mailbox, { policy: { newRecipients: 'ask', messagesPerHour: 5 } });
    await swept();
    await until('it has gone out', async () => (await stored(id)).state === 'done');
    expect(await outbox({ app, mailbox })).toHaveLength(1);
  });

  it('waits where what left since has reached a cap, and goes out when that is over', async () => {
    const { mailbox, mail, id } = await approvedAndWaiting();
    await change(mailbox, { policy: { newRecipients: 'allow', messagesPerHour: 1 } });
    // Another one leaves at the moment at which it is tried again.
    await app.dataSource.query(
      `INSERT INTO send_reservations (tenant_id, instance_id, recipients, reserved_at)
       SELECT tenant_id, id, 1, evergrant_now() + interval '3700 seconds' FROM mcp_instances WHERE id = $1`,
      [mailbox.id],
    );
    await swept(3_700);
    await until('it was looked at', async () => (await stored(id)).reason === 'messages_per_hour');
    expect(await stored(id)).toMatchObject({ state: 'approved' });
    expect((await callTool(mailbox, 'send_message', mail)).error).toMatchObject({
      reason: 'messages_per_hour',
    });
    expect(await outbox({ app, mailbox })).toEqual([]);
    await swept(3_700);
    await until('it has gone out', async () => (await stored(id)).state === 'done');
    const [counted] = await app.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM send_reservations WHERE instance_id = $1
         AND reserved_at > evergrant_now() - interval '10 minutes'`,
      [mailbox.id],
    );
    expect(counted).toEqual({ count: 1 });
  });
});

describe('acts of a suspended tenant', () => {
  async function suspend(tenantId: string, suspended: boolean): Promise<void> {
    expect((await app.api('PATCH', `/api/tenants/${tenantId}`, { suspended })).status).toBe(200);
  }

  it('wait, and are carried out when it is resumed', async () => {
    const { mailbox, id } = await approvedAndWaiting();
    const tenantId = await tenantOf(app, mailbox);
    await suspend(tenantId, true);
    try {
      await swept();
      expect(await stored(id)).toMatchObject({ state: 'approved', reason: 'rateLimitExceeded' });
      expect(await outbox({ app, mailbox })).toEqual([]);
    } finally {
      await suspend(tenantId, false);
    }
    await swept(1);
    await until('it has gone out', async () => (await stored(id)).state === 'done');
  });

  it('are not carried out at once either where the operator approves one, and end after a day', async () => {
    const { mailbox, mail, id } = await approvedAndWaiting();
    const other = await callTool(mailbox, 'send_message', { ...mail, subject: 'Another' });
    const otherId = String(other.structured.approvalId);
    const tenantId = await tenantOf(app, mailbox);
    await suspend(tenantId, true);
    try {
      const headers = { 'x-evergrant-tenant': tenantId };
      const path = `/api/approvals/${otherId}`;
      const decided = await app.api('POST', path, { decision: 'approve' }, headers);
      expect([201, 403]).toContain(decided.status);
      // As an approval would be that came in at the same moment.
      await app.dataSource.query(
        `UPDATE outbound_acts SET state = 'approved', retry_at = evergrant_now() WHERE id = $1`,
        [otherId],
      );
      await swept();
      expect(await outbox({ app, mailbox })).toEqual([]);
      await app.advance(2 * daySeconds);
    } finally {
      await suspend(tenantId, false);
    }
    await swept(1);
    for (const each of [id, otherId])
      await until('it has ended', async () => (await stored(each)).reason === 'not_carried_out_in_time');
    expect(await outbox({ app, mailbox })).toEqual([]);
  });
});

describe('an act that a dead process has left behind', () => {
  it('is not carried out where the policy denies it by now, though it was allowed', async () => {
    const mailbox = await newMailbox(app, {
      scopes: [gmailScopes.modify],
      policy: { newRecipients: 'allow' },
    });
    await app.google.addFault({
      target: 'gmail',
      times: 1,
      match: { path: '/gmail/v1/users/me/messages/send', account: mailbox.account },
      fault: { kind: 'error', status: 503, body: {} },
    });
    const mail = { to: [stranger], subject: 'Left', body: 'Hello' };
    await callTool(mailbox, 'send_message', mail);
    const [{ id }] = await app.dataSource.query<[Stored]>(
      'SELECT id FROM outbound_acts WHERE instance_id = $1',
      [mailbox.id],
    );
    // As its process would have left it that died before the request went out.
    await app.dataSource.query(
      `UPDATE outbound_acts SET state = 'intended', begun_at = NULL, lease_id = gen_random_uuid(), ended_at = NULL,
         leased_until = evergrant_now() + interval '75 seconds', retry_at = evergrant_now() + interval '75 seconds'
       WHERE id = $1`,
      [id],
    );
    await change(mailbox, { policy: { newRecipients: 'allow', denyRecipients: [stranger] } });
    await swept(80);
    await until('it has ended', async () => (await stored(id)).state === 'not_sent');
    expect(await stored(id)).toMatchObject({ reason: 'policy_denied' });
    expect(await outbox({ app, mailbox })).toEqual([]);
  });
});

describe('an act whose sealed text does not open any more', () => {
  async function tampered(field: 'reading' | 'request', id: string): Promise<void> {
    await app.dataSource.query(
      `UPDATE outbound_acts SET ${field} = overlay(${field} placing 'AAAA' from length(${field}) - 20) WHERE id = $1`,
      [id],
    );
  }

  async function alarms(): Promise<number> {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    return Number(/^evergrant_unreadable_secrets_total\{secret="outbound_act"\} (\d+)$/m.exec(text)?.[1]);
  }

  it.each(['reading', 'request'] as const)(
    'ends as not sent, with one alarm, and is not tried again: its %s',
    async (field) => {
      const { mailbox, id } = await approvedAndWaiting();
      await tampered(field, id);
      const before = await alarms();
      await swept();
      await until('it has ended', async () => (await stored(id)).state === 'not_sent');
      expect(await stored(id)).toMatchObject({ reason: 'act_unreadable' });
      for (let round = 0; round < 3; round += 1) await swept(100);
      expect(await alarms()).toBe(before + 1);
      expect(await outbox({ app, mailbox })).toEqual([]);
    },
  );

  it('stays unknown where it may have gone out, and is not looked for again', async () => {
    const { id } = await approvedAndWaiting();
    await app.dataSource.query(
      "UPDATE outbound_acts SET state = 'unknown', begun_at = evergrant_now() WHERE id = $1",
      [id],
    );
    await tampered('request', id);
    await swept();
    await until('it is left', async () => {
      const [row] = await app.dataSource.query<[{ left: boolean }]>(
        "SELECT state = 'unknown' AND retry_at IS NULL AS left FROM outbound_acts WHERE id = $1",
        [id],
      );
      return row.left;
    });
  });

  it('is shown as what it is while it waits for a person, and can only be rejected', async () => {
    const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify], policy: { newRecipients: 'ask' } });
    const mail = { to: [stranger], subject: 'Held', body: 'Hello' };
    const held = await callTool(mailbox, 'send_message', mail);
    const path = `/api/approvals/${String(held.structured.approvalId)}`;
    await tampered('reading', String(held.structured.approvalId));
    const { body } = await app.api('GET', path);
    expect(body).toMatchObject({ readable: false, message: null, status: 'pending' });
    expect(told(await callTool(mailbox, 'send_message', mail))).toBe('held');
    const refused = await app.api('POST', path, { decision: 'approve' });
    expect(refused).toMatchObject({ status: 409, body: { reason: 'approval_unreadable' } });
    const rejected = await app.api('POST', path, { decision: 'reject' });
    expect(rejected).toMatchObject({ status: 201, body: { status: 'rejected' } });
  });
});
