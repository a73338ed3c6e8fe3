import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type FaultRuleInput, until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { countedStatements } from '../harness/database/counted-statements.js';
import { startOutage } from '../harness/database/database-outage.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { callTool, callTools, type ToolAnswer } from '../scopes/mcp-agent.js';

const limit = 600;
const costOfRead = 20;

let app: TestApp;
let replica: TestApp;
/** Made so early that what its making has changed is known to all. */
let oldMailbox: TestMailbox & { ids: string[] };
beforeAll(async () => {
  const variables = { GMAIL_QUOTA_UNITS_PER_MINUTE: String(limit), LOG_LEVEL: 'info' };
  app = await TestApp.start(variables);
  replica = await TestApp.start(variables, { beside: app });
  await app.google.configure({ gmailUnitsPerMinute: limit });
  oldMailbox = await mailboxWith(1);
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});
afterEach(() => app.google.clearFaults());

interface Items {
  messages: { id: string; status: string; errorCode?: string; retryAfterSeconds?: number }[];
  remainingIds: string[];
}

async function mailboxWith(count: number): Promise<TestMailbox & { ids: string[] }> {
  const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify] });
  const mails = Array.from({ length: count }, (_, n) =>
    app.google.deliver(mailbox.account, {
      from: 'ada@x.test',
      subject: `Mail ${n}`,
      body: { contentType: 'text/plain', text: 'Hello' },
    }),
  );
  return { ...mailbox, ids: (await Promise.all(mails)).map(({ id }) => id) };
}

function atReplica<Box extends TestMailbox>(mailbox: Box): Box {
  return { ...mailbox, mcpUrl: mailbox.mcpUrl.replace(app.url, replica.url) };
}

async function spentAtGoogle({ account }: TestMailbox) {
  const { quota } = await app.google.ledger();
  return (
    quota.find((each) => each.account === account) ?? { units: 0, mostPerMinute: 0, refused: 0, requests: 0 }
  );
}

/** Reads one message again and again, at both replicas in turn or at one alone, until one read is refused. */
async function spendAll(
  mailbox: TestMailbox & { ids: string[] },
  other = atReplica(mailbox),
): Promise<ToolAnswer> {
  for (let n = 0; n < limit; n += 1) {
    const answer = await callTool(n % 2 === 0 ? mailbox : other, 'get_message', {
      messageId: mailbox.ids[0],
    });
    if (answer.isError) return answer;
  }
  throw new Error('No read was refused');
}

describe("a mailbox's quota", () => {
  it('is never exceeded by two replicas that read at once, and what is refused says when to come again', async () => {
    const mailbox = await mailboxWith(50);
    const reads = [mailbox, atReplica(mailbox)].map(async (each) => {
      const { structured } = await callTool(each, 'get_messages', { messageIds: mailbox.ids });
      return structured as unknown as Items;
    });
    const items = (await Promise.all(reads)).flatMap(({ messages }) => messages);
    const read = items.filter(({ status }) => status === 'ok');
    const failed = items.filter(({ status }) => status === 'failed');

    expect(read.length + failed.length).toBe(100);
    expect(read.length).toBeGreaterThanOrEqual((limit * 0.7) / costOfRead);
    for (const { errorCode, retryAfterSeconds } of failed) {
      expect(errorCode).toBe('RATE_LIMITED');
      expect(retryAfterSeconds).toBeGreaterThan(20);
      expect(retryAfterSeconds).toBeLessThanOrEqual(65);
    }
    expect(await spentAtGoogle(mailbox)).toMatchObject({ units: read.length * costOfRead, refused: 0 });
  });

  it('that is spent is told with the time at which it is there again, and no other mailbox feels it', async () => {
    const [mailbox, other] = [await mailboxWith(1), await mailboxWith(1)];
    const beforeMs = Date.now();
    const refusal = await spendAll(mailbox);

    expect(refusal.error).toEqual({
      error: "Gmail's quota for this mailbox is used up for the moment",
      instanceId: mailbox.id,
      errorCode: 'RATE_LIMITED',
      requiresReauth: false,
      reason: 'mailbox_quota',
      retryAfterSeconds: expect.any(Number),
      retryAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const { retryAfterSeconds, retryAt } = refusal.error as { retryAfterSeconds: number; retryAt: string };
    expect(Date.parse(retryAt)).toBeGreaterThanOrEqual(beforeMs + retryAfterSeconds * 1000);
    expect(refusal.text).toContain(`Try again in ${retryAfterSeconds} seconds`);
    expect((await spentAtGoogle(mailbox)).refused).toBe(0);

    const neighbour = await callTool(other, 'get_message', { messageId: other.ids[0] });
    expect(neighbour.isError).toBe(false);
  });

  it('is there again a minute later', async () => {
    const mailbox = await mailboxWith(1);
    await spendAll(mailbox);
    await app.advance(66);
    expect((await callTool(mailbox, 'get_message', { messageId: mailbox.ids[0] })).isError).toBe(false);
    expect((await spentAtGoogle(mailbox)).refused).toBe(0);
  });

  it('is one for all instances of the account', async () => {
    const mailbox = await mailboxWith(1);
    const second = await app.connectedInstance({ account: mailbox.account });
    await spendAll(mailbox);
    const refusal = await callTool(second, 'get_message', { messageId: mailbox.ids[0] });
    expect(refusal.error).toMatchObject({ errorCode: 'RATE_LIMITED', reason: 'mailbox_quota' });
  });

  it('leaves room for a single read beside a call that asks for all of it', async () => {
    const mailbox = await mailboxWith(50);
    const many = callTool(mailbox, 'get_messages', { messageIds: mailbox.ids });
    expect(((await many).structured as unknown as Items).remainingIds).not.toEqual([]);
    expect((await callTool(mailbox, 'get_message', { messageId: mailbox.ids[0] })).isError).toBe(false);
  });

  it('is spent on no send that it does not hold: nothing leaves, and the permit is given back', async () => {
    const mailbox = await mailboxWith(1);
    await spendAll(mailbox);
    const before = await spentAtGoogle(mailbox);
    const mail = { to: ['a@example.com'], subject: 's', body: 'b' };
    expect((await callTool(mailbox, 'send_message', mail)).error).toMatchObject({
      errorCode: 'RATE_LIMITED',
    });
    expect(await spentAtGoogle(mailbox)).toEqual(before);
    const reserved = 'SELECT id FROM send_reservations WHERE instance_id = $1';
    expect(await app.dataSource.query(reserved, [mailbox.id])).toEqual([]);
  });

  it('that a send waits for is not spent once its client has hung up: nothing leaves, then or later', async () => {
    const mailbox = await mailboxWith(1);
    await spendAll(mailbox);
    // So that there will be units while a call may still wait for them.
    await app.advance(50);
    const before = await spentAtGoogle(mailbox);
    const reserved = async () =>
      app.dataSource.query<unknown[]>('SELECT id FROM send_reservations WHERE instance_id = $1', [
        mailbox.id,
      ]);
    const client = new AbortController();
    const mail = { to: ['a@example.com'], subject: 's', body: 'b' };
    const sending = callTool(mailbox, 'send_message', mail, client.signal);
    await until('the send to wait', async () => (await reserved()).length === 1);
    client.abort();
    await expect(sending).rejects.toThrow('aborted');
    await until('the permit to be given back', async () => (await reserved()).length === 0);
    await app.advance(66);
    expect((await callTool(mailbox, 'list_labels')).isError).toBe(false);
    expect(await spentAtGoogle(mailbox)).toMatchObject({ requests: before.requests + 1 });
  });

  it('is not kept from all for as long as the clock of the database was set back', async () => {
    const mailbox = await mailboxWith(1);
    await spendAll(mailbox);
    await app.dataSource.query(
      "UPDATE rate_limit_slices SET expires_at = expires_at + interval '1 hour', ends_at = ARRAY(SELECT each + interval '1 hour' FROM unnest(ends_at) AS each)",
    );
    await app.advance(66);
    const read = () => callTool(mailbox, 'get_message', { messageId: mailbox.ids[0] });
    const { error } = await read();
    expect(error).toMatchObject({ reason: 'mailbox_quota' });
    expect(Number(error.retryAfterSeconds)).toBeLessThanOrEqual(65);
    await app.advance(66);
    expect((await read()).isError).toBe(false);
  });

  it('costs a query now and then, not one for each request', async () => {
    const mailbox = await mailboxWith(1);
    const reads = Array.from({ length: 20 }, (): [string, object] => ['list_labels', {}]);
    const { statements: slices } = await countedStatements(app.dataSource, /rate_limit_slices/, () =>
      callTools(mailbox, ...reads),
    );
    expect(slices.length).toBeGreaterThan(0);
    expect(slices.length).toBeLessThanOrEqual(4);
    expect((await spentAtGoogle(mailbox)).requests).toBe(20);
  });

  it('is counted by each process alone while the database is away, and reads go on', async () => {
    const mailbox = oldMailbox;
    const read = () => callTool(mailbox, 'get_message', { messageId: mailbox.ids[0] });
    expect((await read()).isError).toBe(false);
    const endOutage = await startOutage(app.environment.DATABASE_URL ?? '');
    try {
      for (let n = 0; n < 5; n += 1) expect((await read()).isError).toBe(false);
      await expect(spendAll(mailbox, mailbox)).resolves.toMatchObject({
        error: { reason: 'mailbox_quota' },
      });
    } finally {
      await endOutage();
    }
  });

  it('is told by metrics that name no mailbox', async () => {
    const all = await (await fetch(`${app.url}/metrics`)).text();
    const text = all
      .split('\n')
      .filter((each) => each.startsWith('evergrant_gmail_quota'))
      .join('\n');
    for (const line of [
      /^evergrant_gmail_quota_units_total\{method="messages\.get"\} [1-9]\d+$/m,
      /^evergrant_gmail_quota_refusals_total [1-9]\d*$/m,
      /^evergrant_gmail_quota_slices_total\{counting="shared"\} [1-9]\d*$/m,
      /^evergrant_gmail_quota_slices_total\{counting="alone"\} [1-9]\d*$/m,
      /^evergrant_gmail_quota_wait_seconds_count [1-9]\d*$/m,
    ])
      expect(text).toMatch(line);
  });
});

describe("a rate limit of Gmail's", () => {
  function refusal(
    status: number,
    reason: string,
    { message = '', headers = {} } = {},
  ): FaultRuleInput['fault'] {
    const body = { error: { code: status, message, errors: [{ domain: 'usageLimits', reason }] } };
    return { kind: 'error', status, body, headers };
  }
  const path = '/gmail/v1/users/me/labels';

  it.each<[string, FaultRuleInput['fault']]>([
    ['a 429 that does not say how long', refusal(429, 'rateLimitExceeded')],
    ['a 429 with Retry-After', refusal(429, 'rateLimitExceeded', { headers: { 'retry-after': '1' } })],
    ['a 403 rateLimitExceeded', refusal(403, 'rateLimitExceeded')],
    ['a 403 userRateLimitExceeded', refusal(403, 'userRateLimitExceeded')],
  ])('is waited out: %s, four times', async (_case, fault) => {
    const mailbox = await mailboxWith(0);
    await app.google.addFault({
      target: 'gmail',
      match: { path, account: mailbox.account },
      times: 4,
      fault,
    });
    expect((await callTool(mailbox, 'list_labels')).isError).toBe(false);
    expect(await app.google.faults()).toEqual([]);
  });

  it('is waited out until the time that its text names', async () => {
    const mailbox = await mailboxWith(0);
    // Its clock, which tests have moved, to the second.
    const { headers } = await fetch(app.environment.GMAIL_API_URL);
    const until = new Date(Date.parse(headers.get('date') ?? '') + 3_000);
    const fault = refusal(403, 'userRateLimitExceeded', {
      message: `User-rate limit exceeded.  Retry after ${until.toISOString()}`,
    });
    await app.google.addFault({ target: 'gmail', match: { account: mailbox.account }, times: 1, fault });
    const startedAtMs = Date.now();
    expect((await callTool(mailbox, 'list_labels')).isError).toBe(false);
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(1_900);
  });

  it.each<[string, FaultRuleInput['fault'], string, number]>([
    [
      'lasts longer than the call',
      refusal(429, 'rateLimitExceeded', { headers: { 'retry-after': '120' } }),
      'rateLimitExceeded',
      120,
    ],
    ['lasts for the day', refusal(403, 'dailyLimitExceeded'), 'dailyLimitExceeded', 3600],
  ])(
    'that %s is told with the time, after one request, and asks nobody to sign in',
    async (_case, fault, reason, seconds) => {
      const mailbox = await mailboxWith(0);
      const match = { account: mailbox.account };
      await app.google.addFault({ target: 'gmail', match, fault });
      const { error } = await callTool(mailbox, 'list_labels');

      expect(error).toMatchObject({
        errorCode: 'SERVICE_UNAVAILABLE',
        requiresReauth: false,
        reason,
        retryAfterSeconds: seconds,
      });
      expect(Date.parse(String(error.retryAt))).toBeGreaterThan(Date.now() + (seconds - 20) * 1000);
      expect((await app.google.faults())[0]?.hits).toBe(1);
    },
  );

  it('never has a mail sent twice', async () => {
    const mailbox = await mailboxWith(0);
    const fault = refusal(429, 'rateLimitExceeded');
    await app.google.addFault({ target: 'gmail', match: { account: mailbox.account }, fault });
    const mail = { to: ['a@example.com'], subject: 's', body: 'b' };
    expect((await callTool(mailbox, 'send_message', mail)).error).toMatchObject({
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'rateLimitExceeded',
    });
    expect((await app.google.faults())[0]?.hits).toBe(1);
  });
});
