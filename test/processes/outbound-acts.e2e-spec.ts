import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { FaultRuleInput } from '../../sandbox/faults/fault.js';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { callTool, type ToolAnswer } from '../scopes/mcp-agent.js';
import { Deployment, type Member } from './deployment.js';

// Processes take their time to start.
jest.setTimeout(300_000);

/** An act a round at each point; docs/security.md tells the figures of ten rounds. */
const rounds = Number(process.env.EVERGRANT_ACT_ROUNDS ?? 1);

const sendPath = '/gmail/v1/users/me/messages/send';
/** Longer than a lease. */
const leaseOverSeconds = 80;
const heldBegin = 7_316;
/** So that it ends in the test's time. */
const requestTimeoutMs = 3_000;

/** Where an act is when something happens to it. */
interface Point {
  /** Also the key's beginning, and the account's. */
  name: string;
  /** What Google does with its first request. */
  fault?: FaultRuleInput['fault'];
  /** Whether the process is killed that has it in hand. */
  isKilled: boolean;
  scopes?: string[];
  /** What its caller is told at last; `sent` unless said otherwise. */
  end?: 'unknown';
}

const hang = { kind: 'hang' } as const;
const [send, modify] = [gmailScopes.send, gmailScopes.modify];
const points: readonly Point[] = [
  { name: 'intended-only', isKilled: true },
  { name: 'sent-not-recorded', fault: { kind: 'hold' }, isKilled: true },
  { name: 'carried-out-after-death', fault: { kind: 'hold' }, isKilled: true },
  { name: 'lost-with-its-process', fault: hang, isKilled: true },
  { name: 'lost-without-a-look', fault: hang, isKilled: true, scopes: [send], end: 'unknown' },
  { name: 'timed-out', fault: hang, isKilled: false },
  { name: 'timed-out-after', fault: { kind: 'drip', everyMs: 2_000 }, isKilled: false },
  { name: 'cut-before', fault: { kind: 'reset' }, isKilled: false },
  { name: 'cut-after', fault: { kind: 'reset-after' }, isKilled: false },
  { name: 'refused', fault: { kind: 'error', status: 503, body: {} }, isKilled: false },
  { name: 'half-answered', fault: { kind: 'truncated' }, isKilled: false },
];

let deployment: Deployment;
let members: [Member, Member];
let database: pg.Client;
const mailboxes = new Map<string, { id: string; mcpToken: string; account: string }>();

beforeAll(async () => {
  deployment = await Deployment.start();
  await deployment.oauthService();
  members = [await deployment.publicApi(), await livingReplica()];
  database = new pg.Client({ connectionString: deployment.databaseUrl });
  await database.connect();
  // Stops an act between its intent and its sending, as a slow database would, until the test lets it go.
  await database.query(
    `CREATE FUNCTION hold_begin() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.begun_at IS NOT NULL AND OLD.begun_at IS NULL AND NEW.idempotency_key LIKE '%intended-only%' THEN
         PERFORM pg_advisory_xact_lock_shared(${heldBegin});
       END IF;
       RETURN NEW;
     END $$`,
  );
  await database.query(
    'CREATE TRIGGER hold_begin BEFORE UPDATE ON outbound_acts FOR EACH ROW EXECUTE FUNCTION hold_begin()',
  );
  for (const { name, scopes = [send, modify] } of points) mailboxes.set(name, await mailbox(name, scopes));
}, 300_000);
afterAll(async () => {
  await database.end();
  await deployment.stop();
});

/** One whose requests to Gmail end while the test runs, whatever Gmail does. */
function livingReplica(): Promise<Member> {
  return deployment.replica({ GMAIL_REQUEST_TIMEOUT_MS: String(requestTimeoutMs) });
}

async function mailbox(name: string, scopes: string[]) {
  const account = `${name}@sandbox.test`;
  const settings = { scopes, policy: { newRecipients: 'allow' } };
  const id = await deployment.mailbox(members[0], account, undefined, settings);
  const path = `/api/instances/${id}/mcp-tokens`;
  const { mcpToken } = await deployment.request<{ mcpToken: string }>(members[0], 'POST', path, {});
  return { id, mcpToken, account };
}

function call(member: Member, name: string, key: string, body = 'Hello'): Promise<ToolAnswer> {
  const { id, mcpToken } = mailboxes.get(name)!;
  const agent = { id, name, mcpToken, mcpUrl: `${member.url}/mcp/${id}` };
  const input = { to: ['bea@example.com'], subject: key, body, idempotencyKey: key };
  return callTool(agent, 'send_message', input);
}

/** How many of these acts are there, and of how many the request may have gone out. */
async function standing(keys: readonly string[]): Promise<{ there: number; begun: number }> {
  const { rows } = await database.query<{ there: number; begun: number }>(
    `SELECT count(*)::int AS there, count(begun_at)::int AS begun FROM outbound_acts
     WHERE idempotency_key = ANY ($1)`,
    [keys.map((key) => `given:${key}`)],
  );
  return rows[0]!;
}

async function sentUnder(subject: string): Promise<number> {
  return (await deployment.google.outbox()).filter((mail) => mail.subject === subject).length;
}

/** One act at each point; half of them die with their process. */
async function round(number: number): Promise<{ point: Point; key: string; sent: number; told: string }[]> {
  const [doomed, survivor] = members;
  const acts = points.map((point) => ({ point, key: `${point.name}-${number}-${randomUUID()}` }));
  const keyOf = (name: string) => acts.find(({ point }) => point.name === name)!.key;
  await fault(acts.map(({ point }) => point));
  await database.query('SELECT pg_advisory_lock($1)', [heldBegin]);
  // Held requests are let go in the order in which they came.
  const calls: Promise<unknown>[] = [attempt(doomed, keyOf, 'sent-not-recorded')];
  await deployment.google.heldRequests({ atLeast: 1 });
  for (const { point, key } of acts)
    if (point.name !== 'sent-not-recorded')
      calls.push(call(point.isKilled ? doomed : survivor, point.name, key).catch(() => undefined));
  await deployment.google.heldRequests({ atLeast: 2 });
  await until('all are put, and all but one have begun', async () => {
    const { there, begun } = await standing(acts.map(({ key }) => key));
    return there === acts.length && begun === acts.length - 1;
  });
  await database.query('BEGIN');
  await database.query('SELECT * FROM audit_heads FOR UPDATE');
  await deployment.google.release(1);
  await until('it is sent and not recorded', async () => (await sentUnder(keyOf('sent-not-recorded'))) === 1);
  await doomed.process.stop('SIGKILL');
  await database.query('ROLLBACK');
  await database.query('SELECT pg_advisory_unlock($1)', [heldBegin]);
  await deployment.google.clearFaults();
  await deployment.google.release();
  await Promise.all(calls);
  await deployment.advance(leaseOverSeconds);
  const again = number + 1 < rounds ? restart() : Promise.resolve();
  const settled = await Promise.all(acts.map(({ key, point }) => settledAnswer(survivor, point.name, key)));
  await again;
  const outbox = (await deployment.google.outbox()).map(({ subject }) => subject);
  return acts.map((act, index) => ({
    ...act,
    sent: outbox.filter((subject) => subject === act.key).length,
    told: settled[index]!,
  }));
}

function attempt(member: Member, keyOf: (name: string) => string, name: string): Promise<unknown> {
  return call(member, name, keyOf(name)).catch(() => undefined);
}

async function fault(all: readonly Point[]): Promise<void> {
  for (const { name, fault: first } of all)
    if (first !== undefined)
      await deployment.google.addFault({
        ...{ target: 'gmail', times: 1, fault: first },
        match: { path: sendPath, account: mailboxes.get(name)!.account },
      });
}

/** What its caller is told who calls again until it is told for good. */
async function settledAnswer(member: Member, name: string, key: string): Promise<string> {
  const { isError, error, structured } = await call(member, name, key);
  return isError ? String(error.reason) : String(structured.status);
}

async function restart(): Promise<void> {
  members[0] = await deployment.publicApi();
}

describe('acts of two processes, of which one is killed', () => {
  it(`are each done once, or unknown where no one can know (${rounds * points.length} acts)`, async () => {
    const figures = { acts: 0, once: 0, twice: 0, never: 0, unknown: 0 };
    for (let number = 0; number < rounds; number += 1) {
      for (const { point, key, sent, told } of await round(number)) {
        figures.acts += 1;
        if (told === 'outcomeUnknown') figures.unknown += 1;
        if (sent > 1) figures.twice += 1;
        else figures[sent === 1 ? 'once' : 'never'] += 1;
        expect({ key, told, sent }).toEqual({
          key,
          told: point.end === 'unknown' ? 'outcomeUnknown' : 'sent',
          sent: point.end === 'unknown' ? 0 : 1,
        });
      }
    }
    if (rounds > 1) process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(figures).toMatchObject({ twice: 0, acts: rounds * points.length });
  });

  it('send one mail for calls with one key at both processes at once', async () => {
    if (!members[0].process.running) await restart();
    const key = randomUUID();
    const answers = await Promise.all(
      [0, 1, 0, 1, 0, 1].map((index) => call(members[index]!, 'timed-out', key)),
    );
    expect(await sentUnder(key)).toBe(1);
    expect(new Set(answers.map(({ structured }) => structured.id)).size).toBe(1);
    expect(answers.filter(({ structured }) => structured.earlier !== true)).toHaveLength(1);
  });

  it('refuse another content under a key that was given', async () => {
    const key = randomUUID();
    await call(members[1], 'timed-out', key);
    for (const body of ['Hello!', '', 'Hello ', 'hello'])
      expect((await call(members[1], 'timed-out', key, body)).error).toMatchObject({
        errorCode: 'CONFLICT',
        field: 'idempotencyKey',
      });
    expect(await sentUnder(key)).toBe(1);
  });
});
