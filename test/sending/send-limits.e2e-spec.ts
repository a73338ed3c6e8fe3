import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { gmailScopes } from '../../src/gmail/index.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool, callTools, type ToolAnswer } from '../scopes/mcp-agent.js';

let app: TestApp;
let replica: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  replica = await TestApp.start({}, { beside: app });
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});
beforeEach(() => app.google.clearLedger());
afterEach(() => app.google.clearFaults());

const sendPath = '/gmail/v1/users/me/messages/send';

async function sender(): Promise<CreatedInstance> {
  const account = `sender-${randomUUID()}@sandbox.test`;
  await app.google.addAccount({ email: account });
  const instance = await app.createInstance({ scopes: [gmailScopes.send] });
  await app.connect(instance.id, { account });
  return instance;
}

/** The same endpoint at the other process. */
function atReplica(instance: CreatedInstance): CreatedInstance {
  return { ...instance, mcpUrl: instance.mcpUrl.replace(app.url, replica.url) };
}

function people(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `person${number}@example.com`);
}

/** Each another one: the same content would be sent once. */
function mail(recipients = 1): Record<string, unknown> {
  return { bcc: people(recipients), subject: `Hello ${randomUUID()}`, body: 'Hello' };
}

/** Sends that came to Gmail; a mail without a reply makes no other request. */
async function sentAtGoogle(): Promise<number> {
  return (await app.google.ledger()).counters.gmail;
}

function sends(answers: readonly ToolAnswer[]): number {
  return answers.filter(({ isError }) => !isError).length;
}

/** Mail that left this long ago, as if it had been sent. */
async function leftBefore({ id }: CreatedInstance, mails: number, recipients: number, seconds: number) {
  await app.dataSource.query(
    `INSERT INTO send_reservations (tenant_id, instance_id, recipients, reserved_at)
     SELECT tenant_id, id, $2, evergrant_now() - make_interval(secs => $3)
     FROM mcp_instances, generate_series(1, $4) WHERE id = $1`,
    [id, recipients, seconds, mails],
  );
}

async function counted({ id }: CreatedInstance): Promise<number> {
  const [row] = await app.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM send_reservations WHERE instance_id = $1',
    [id],
  );
  return row!.count;
}

async function reached(limit: string): Promise<number> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(
    new RegExp(`^evergrant_send_limits_reached_total\\{limit="${limit}"\\} (\\d+)$`, 'm').exec(text)?.[1],
  );
}

describe('an agent that sends without end', () => {
  it('gets out nothing of 300 mails to 500 blind copies each', async () => {
    const instance = await sender();
    const before = await reached('recipients_per_message');
    for (let batch = 0; batch < 15; batch += 1) {
      const calls = Array.from({ length: 20 }, () => ['send_message', mail(500)] as const);
      const answers = await callTools(
        instance,
        ...calls.map(([name, input]): [string, object] => [name, input]),
      );
      for (const { error } of answers) {
        expect(error).toMatchObject({
          errorCode: 'VALIDATION_FAILED',
          field: 'to',
          reason: 'recipients_per_message',
          error: expect.stringContaining('to 50 recipients in one message'),
        });
        expect(error.retryAfterSeconds).toBeUndefined();
      }
    }
    expect(await sentAtGoogle()).toBe(0);
    expect(await reached('recipients_per_message')).toBe(before + 300);
  }, 120_000);

  it('reaches 200 people an hour, whatever it divides them into', async () => {
    const instance = await sender();
    const answers: ToolAnswer[] = [];
    for (let call = 0; call < 6; call += 1) answers.push(await callTool(instance, 'send_message', mail(50)));
    expect(answers.map(({ isError }) => isError)).toEqual([false, false, false, false, true, true]);
    expect(answers[5]!.error).toMatchObject({
      instanceId: instance.id,
      errorCode: 'RATE_LIMITED',
      reason: 'recipients_per_hour',
      requiresReauth: false,
      error: expect.stringContaining('Nothing was sent'),
    });
    expect(answers[5]!.error.retryAfterSeconds).toBeGreaterThan(3_500);
    expect(answers[5]!.error.retryAfterSeconds).toBeLessThanOrEqual(3_600);
    expect(await sentAtGoogle()).toBe(4);
  });

  it('sends exactly 60 mails an hour from two processes at once, in calls and in arrays', async () => {
    const instance = await sender();
    await leftBefore(instance, 40, 1, 60);
    const [here, there] = [instance, atReplica(instance)];
    const array = () => Array.from({ length: 5 }, (): [string, object] => ['send_message', mail()]);
    const answers = await Promise.all(
      [here, there].flatMap((endpoint) => [
        callTools(endpoint, ...array()),
        ...Array.from({ length: 15 }, () => callTools(endpoint, ['send_message', mail()])),
      ]),
    );
    expect(sends(answers.flat())).toBe(20);
    expect(await sentAtGoogle()).toBe(20);
    expect(await counted(instance)).toBe(60);
    const refused = answers.flat().filter(({ isError }) => isError);
    expect(new Set(refused.map(({ error }) => error.reason))).toEqual(new Set(['messages_per_hour']));
  });

  it('is not hindered by what another instance has sent', async () => {
    const [busy, other] = [await sender(), await sender()];
    await leftBefore(busy, 300, 1, 60);
    expect((await callTool(busy, 'send_message', mail())).error).toMatchObject({
      reason: 'messages_per_day',
    });
    expect((await callTool(other, 'send_message', mail())).isError).toBe(false);
  });
});

describe('a limit that was reached', () => {
  it('frees when it said so: after an hour by the database, in every process', async () => {
    const instance = await sender();
    await leftBefore(instance, 60, 1, 600);
    const { error } = await callTool(instance, 'send_message', mail());
    expect(error).toMatchObject({ errorCode: 'RATE_LIMITED', reason: 'messages_per_hour' });
    const seconds = error.retryAfterSeconds as number;
    expect(seconds).toBeGreaterThan(2_980);
    expect(seconds).toBeLessThanOrEqual(3_000);
    await app.advance(seconds - 60);
    expect((await callTool(atReplica(instance), 'send_message', mail())).isError).toBe(true);
    await app.advance(60);
    expect((await callTool(atReplica(instance), 'send_message', mail())).isError).toBe(false);
  });

  it('of a day holds after the hour has passed, and frees after a day', async () => {
    const instance = await sender();
    await leftBefore(instance, 20, 50, 7_200);
    const { error } = await callTool(instance, 'send_message', mail());
    expect(error).toMatchObject({ errorCode: 'RATE_LIMITED', reason: 'recipients_per_day' });
    await app.advance(error.retryAfterSeconds as number);
    expect((await callTool(instance, 'send_message', mail())).isError).toBe(false);
    // What is a day old is of no use any more.
    expect(await counted(instance)).toBe(1);
  });
});

describe('what is counted', () => {
  it('are people, each once, however they are written', async () => {
    const instance = await sender();
    await leftBefore(instance, 4, 49, 60);
    const twice = {
      ...{ to: people(2), cc: ['Person 1 <person1@EXAMPLE.com>'], bcc: ['person0@example.com'] },
      ...{ subject: 'Hello', body: 'Hello' },
    };
    expect((await callTool(instance, 'send_message', twice)).isError).toBe(false);
    expect((await callTool(instance, 'send_message', mail(3))).error).toMatchObject({
      reason: 'recipients_per_hour',
    });
    expect((await callTool(instance, 'send_message', mail(2))).isError).toBe(false);
  });

  it.each(['a@example.com, b@example.com', 'Friends: a@example.com, b@example.com;'])(
    'is never fewer than there are: "%s" is no recipient',
    async (smuggled) => {
      const instance = await sender();
      const input = { to: [smuggled], subject: 'Hello', body: 'Hello' };
      expect((await callTool(instance, 'send_message', input)).error).toMatchObject({
        errorCode: 'VALIDATION_FAILED',
      });
      expect([await sentAtGoogle(), await counted(instance)]).toEqual([0, 0]);
    },
  );

  it.each([
    ['Gmail refuses it', { kind: 'error', status: 400, body: { error: { code: 400 } } }],
    ['Gmail is busy', { kind: 'error', status: 429, body: { error: { code: 429 } } }],
  ] as const)('is not a mail that provably did not leave: %s', async (_case, fault) => {
    const instance = await sender();
    await app.google.addFault({ target: 'gmail', match: { path: sendPath }, fault });
    expect((await callTool(instance, 'send_message', mail())).isError).toBe(true);
    expect(await counted(instance)).toBe(0);
  });

  it('is a mail of which nothing is known', async () => {
    const instance = await sender();
    await app.google.addFault({ target: 'gmail', match: { path: sendPath }, fault: { kind: 'reset' } });
    expect((await callTool(instance, 'send_message', mail())).error).toMatchObject({
      reason: 'outcomeUnknown',
    });
    expect(await counted(instance)).toBe(1);
  });

  it('is no draft', async () => {
    const instance = await app.createInstance({ scopes: [gmailScopes.compose] });
    await app.connect(instance.id, { account: 'demo@sandbox.test' });
    expect((await callTool(instance, 'create_draft', mail(500))).isError).toBe(false);
    expect(await counted(instance)).toBe(0);
  });
});
