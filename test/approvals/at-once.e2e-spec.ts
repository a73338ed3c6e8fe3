import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { ActWork } from '../../src/policy/index.js';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { outbox, stranger } from '../policy/ways-out.js';
import { callTool } from '../scopes/mcp-agent.js';
import { DecidingBrowser, fieldsOf } from './deciding-browser.js';

let app: TestApp;
let beside: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  beside = await TestApp.start({}, { beside: app });
});
afterAll(async () => {
  await beside.stop();
  await app.stop();
});

async function heldMail() {
  const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify], policy: { newRecipients: 'ask' } });
  const mail = { to: [stranger], subject: `Offer ${randomUUID()}`, body: 'Hello' };
  const { structured } = await callTool(mailbox, 'send_message', mail);
  return { mailbox, mail, id: String(structured.approvalId) };
}

function decide(by: TestApp, id: string, decision: 'approve' | 'reject') {
  return by.api('POST', `/api/approvals/${id}`, { decision });
}

async function stateOf(id: string): Promise<string> {
  const [row] = await app.dataSource.query<[{ state: string }]>(
    'SELECT state FROM outbound_acts WHERE id = $1',
    [id],
  );
  return row.state;
}

async function eventsOf(id: string): Promise<string[]> {
  const events = await app.dataSource.query<{ event: string }[]>(
    `SELECT event FROM audit_events WHERE event IN ('act.approved', 'act.rejected', 'act.expired')
       AND (details::text || coalesce(subject::text, '')) LIKE '%' || $1 || '%'`,
    [id],
  );
  return events.map(({ event }) => event);
}

/** Waits till so many statements wait for others' locks. */
async function blocked(count: number): Promise<void> {
  await until(`${count} wait for the act`, async () => {
    const [row] = await app.dataSource.query<[{ waiting: number }]>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row.waiting >= count;
  });
}

/** Keeps the act from being decided on till the test says so: what begins meanwhile has come to the same moment. */
async function atOneMoment<Result>(
  id: string,
  begin: (waiting: (count: number) => Promise<void>) => Promise<Result>,
): Promise<Awaited<Result>> {
  const runner = app.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT FROM outbound_acts WHERE id = $1 FOR UPDATE', [id]);
  try {
    return await begin(async (count) => {
      await blocked(count);
      await runner.rollbackTransaction();
    });
  } finally {
    await runner.release();
  }
}

/** How often a mail has gone out when no process has anything left to do. */
async function sentInTheEnd({ mailbox, id }: Awaited<ReturnType<typeof heldMail>>): Promise<number> {
  await until('it has ended', async () => !['approved', 'intended'].includes(await stateOf(id)));
  await Promise.all([app, beside].map((each) => each.part(ActWork).sweep()));
  return (await outbox({ app, mailbox })).length;
}

describe('two decisions on an act at one moment, in two processes', () => {
  it.each([
    ['approve', 'approve'],
    ['approve', 'reject'],
    ['reject', 'approve'],
    ['reject', 'reject'],
  ] as const)('are one decision, of which the other is told: %s and %s', async (first, second) => {
    const held = await heldMail();
    const decisions = [first, second];
    const answers = await atOneMoment(held.id, async (waiting) => {
      const both = Promise.all([decide(app, held.id, first), decide(beside, held.id, second)]);
      await waiting(2);
      return both;
    });
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const made = answers.findIndex(({ status }) => status === 201);
    expect(answers[1 - made]!.body).toMatchObject({ errorCode: 'CONFLICT', reason: 'approval_decided' });
    const isApproved = decisions[made] === 'approve';
    expect(await sentInTheEnd(held)).toBe(isApproved ? 1 : 0);
    expect(await stateOf(held.id)).toBe(isApproved ? 'done' : 'rejected');
    expect(await eventsOf(held.id)).toEqual([isApproved ? 'act.approved' : 'act.rejected']);
  });

  it('are one on the page, which shows both people what was decided', async () => {
    const held = await heldMail();
    const link = `${app.url}/approvals/${held.id}`;
    const browser = new DecidingBrowser();
    const fields = fieldsOf((await browser.signsIn(link, { account: held.mailbox.account })).text);
    await atOneMoment(held.id, async (waiting) => {
      const both = Promise.all([
        browser.posts(link, { ...fields, decision: 'approve' }),
        browser.posts(link, { ...fields, decision: 'approve' }),
      ]);
      await waiting(2);
      expect((await both).map(({ status }) => status)).toEqual([303, 303]);
    });
    expect((await browser.opens(link)).text).toContain('Approved');
    expect(await sentInTheEnd(held)).toBe(1);
    expect(await eventsOf(held.id)).toEqual(['act.approved']);
  });
});

describe('an approval at the moment at which the time is over', () => {
  async function endsIn(seconds: number, id: string): Promise<void> {
    await app.dataSource.query(
      `UPDATE outbound_acts SET expires_at = evergrant_now() + make_interval(secs => $2),
         retry_at = evergrant_now() + make_interval(secs => $2) WHERE id = $1`,
      [id, seconds],
    );
  }

  it('holds where it came in time, and nothing expires any more', async () => {
    const held = await heldMail();
    await endsIn(60, held.id);
    const answer = await atOneMoment(held.id, async (waiting) => {
      const approval = decide(beside, held.id, 'approve');
      await blocked(1);
      await app.advance(61);
      const sweep = app.part(ActWork).sweep();
      await waiting(2);
      await sweep;
      return approval;
    });
    expect(answer).toMatchObject({ status: 201, body: { status: 'approved' } });
    expect(await sentInTheEnd(held)).toBe(1);
    expect(await eventsOf(held.id)).toEqual(['act.approved']);
  });

  it('is refused where it came late, though no process has ended the act yet', async () => {
    const held = await heldMail();
    await endsIn(60, held.id);
    const answer = await atOneMoment(held.id, async (waiting) => {
      await app.advance(61);
      const both = Promise.all([decide(beside, held.id, 'approve'), app.part(ActWork).sweep()]);
      await waiting(2);
      return (await both)[0];
    });
    expect(answer).toMatchObject({ status: 409, body: { reason: 'approval_expired' } });
    await until('it has ended', async () => (await stateOf(held.id)) === 'expired');
    expect(await sentInTheEnd(held)).toBe(0);
    expect(await eventsOf(held.id)).toEqual(['act.expired']);
  });
});
