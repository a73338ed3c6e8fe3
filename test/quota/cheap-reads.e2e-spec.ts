import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';

const limit = 600;
const costs = { listHistory: 2, list: 5, threadList: 10, message: 20, thread: 40 };

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ GMAIL_QUOTA_UNITS_PER_MINUTE: String(limit) });
  await app.google.configure({ gmailUnitsPerMinute: limit });
});
afterAll(() => app.stop());

interface Found {
  messages?: { id: string }[];
  newMessages?: { id: string }[];
  threads?: { threadId: string }[];
  failed?: { id: string; errorCode: string; retryAfterSeconds: number }[];
  cursor?: string;
}

async function deliver({ account }: TestMailbox, count: number, inOneThread: boolean): Promise<string[]> {
  const ids: string[] = [];
  const messageId = '<first@x.test>';
  for (let n = 0; n < count; n += 1) {
    const { id } = await app.google.deliver(account, {
      ...{ from: 'ada@x.test', subject: 'Mail', body: { contentType: 'text/plain', text: 'Hi' } },
      ...(inOneThread && (n === 0 ? { messageId } : { inReplyTo: messageId })),
    });
    ids.push(id);
  }
  return ids;
}

/** The answer, and the units that Gmail counted for it. */
async function call(
  mailbox: TestMailbox,
  name: string,
  input: object,
): Promise<{ found: Found; units: number }> {
  const spent = async () => {
    const { quota } = await app.google.ledger();
    return quota.find(({ account }) => account === mailbox.account)?.units ?? 0;
  };
  const before = await spent();
  const { structured: found } = await callTool(mailbox, name, input);
  return { found, units: (await spent()) - before };
}

describe('several messages of one thread', () => {
  it('are found for the price of the thread', async () => {
    const mailbox = await newMailbox(app);
    await deliver(mailbox, 6, true);
    const { found, units } = await call(mailbox, 'search_messages', { query: 'Mail' });
    expect(found.messages).toHaveLength(6);
    expect(units).toBe(costs.list + costs.thread);
  });

  it('are read for the price of the thread, once they have been listed', async () => {
    const mailbox = await newMailbox(app);
    const ids = await deliver(mailbox, 6, true);
    await call(mailbox, 'search_messages', { query: 'Mail' });
    const { found, units } = await call(mailbox, 'get_messages', { messageIds: ids });
    expect(found.messages).toMatchObject(ids.map((id) => ({ id, status: 'ok' })));
    expect(units).toBe(costs.thread);
  });

  it('are told as new for the price of the thread', async () => {
    const mailbox = await newMailbox(app);
    const { found: start } = await call(mailbox, 'list_changes', {});
    await deliver(mailbox, 4, true);
    const { found, units } = await call(mailbox, 'list_changes', { cursor: start.cursor });
    expect(found.newMessages).toHaveLength(4);
    expect(units).toBe(costs.listHistory + costs.thread);
  });

  it('are read one by one when they are two', async () => {
    const mailbox = await newMailbox(app);
    await deliver(mailbox, 2, true);
    const { units } = await call(mailbox, 'search_messages', { query: 'Mail' });
    expect(units).toBe(costs.list + 2 * costs.message);
  });
});

describe('what the quota is not enough for', () => {
  it.each([
    ['search_messages', 'messages', 50],
    ['search_threads', 'threads', 25],
  ] as const)('is told by %s item by item, beside what was read', async (name, list, maxResults) => {
    const mailbox = await newMailbox(app);
    await deliver(mailbox, 50, false);
    const { found } = await call(mailbox, name, { query: 'Mail', maxResults });

    expect(found[list]?.length).toBeGreaterThan(5);
    expect(found[list]!.length + (found.failed?.length ?? 0)).toBe(maxResults);
    expect(found.failed?.length).toBeGreaterThan(0);
    for (const { errorCode, retryAfterSeconds } of found.failed ?? []) {
      expect(errorCode).toBe('RATE_LIMITED');
      expect(retryAfterSeconds).toBeGreaterThan(20);
    }
  });
});
