import { describe, expect, it } from '@jest/globals';
import { type Continuation, matchingMessages, readContinuation } from './matching-messages.js';

interface Asked {
  query?: string | undefined;
  maxResults?: number;
  pageToken?: string | undefined;
}

/** Messages from the newest to the oldest, so many in a second. */
class Box {
  readonly queries: (string | undefined)[] = [];
  constructor(
    private readonly count: number,
    private readonly perSecond = 3,
  ) {}

  private secondOf(id: string): number {
    return 1_000_000 - Math.floor(Number(id.slice(1)) / this.perSecond);
  }

  async listMessages({ query = '', maxResults = 100, pageToken = '0' }: Asked = {}) {
    this.queries.push(query);
    const before = Number(/before:(\d+)/.exec(query)?.[1] ?? Infinity);
    const ids = Array.from({ length: this.count }, (_, index) => `m${index}`);
    const found = ids.filter((id) => this.secondOf(id) < before);
    const start = Number(pageToken);
    const end = start + maxResults;
    return {
      messages: found.slice(start, end).map((id) => ({ id, threadId: id })),
      ...(end < found.length && { nextPageToken: String(end) }),
    };
  }

  async getMessage(id: string) {
    const internalDate = String(this.secondOf(id) * 1000 + 999);
    return { id, threadId: id, labelIds: [], snippet: '', internalDate };
  }
}

const signal = new AbortController().signal;

describe('the messages that match', () => {
  it('are all read, page by page, before anything else is done', async () => {
    const mailbox = new Box(1_200);
    const { ids, next } = await matchingMessages(
      { query: 'x', from: null, most: 5_000 },
      { mailbox, signal },
    );
    expect([ids.length, new Set(ids).size, next]).toEqual([1_200, 1_200, null]);
    expect(mailbox.queries).toEqual(['x', 'x', 'x']);
  });

  it('go on where the last call ended, and none is left out whatever was changed meanwhile', async () => {
    const mailbox = new Box(1_000);
    const seen = new Set<string>();
    let from: Continuation | null = null;
    let calls = 0;
    do {
      const { ids, next } = await matchingMessages(
        { query: 'in:inbox OR x', from, most: 100 },
        { mailbox, signal },
      );
      for (const id of ids) seen.add(id);
      from = next === null ? null : readContinuation(next);
      calls += 1;
    } while (from !== null && calls < 20);
    expect(seen.size).toBe(1_000);
    expect(calls).toBeLessThanOrEqual(11);
    expect(mailbox.queries.at(-1)).toMatch(/^\(in:inbox OR x\) before:\d+$/);
  });

  it('go on also where a second has more of them than a call may change', async () => {
    const mailbox = new Box(4_000, 4_000);
    const seen: string[] = [];
    let from: Continuation | null = null;
    for (let calls = 0; calls < 4; calls += 1) {
      const found = await matchingMessages({ query: 'x', from, most: 1_000 }, { mailbox, signal });
      seen.push(...found.ids);
      from = found.next === null ? null : readContinuation(found.next);
    }
    expect([seen.length, new Set(seen).size, from]).toEqual([4_000, 4_000, null]);
  });

  it('are no more than were asked for', async () => {
    const mailbox = new Box(2_000);
    const { ids, next } = await matchingMessages({ query: 'x', from: null, most: 700 }, { mailbox, signal });
    expect(ids).toHaveLength(700);
    expect(next).toBe(`before:${1_000_000 - 233 + 1}~m699`);
  });

  it('are not read on when the client has hung up', async () => {
    const client = new AbortController();
    client.abort(new Error('hung up'));
    const mailbox = new Box(10);
    const reading = matchingMessages(
      { query: 'x', from: null, most: 10 },
      { mailbox, signal: client.signal },
    );
    await expect(reading).rejects.toThrow('hung up');
    expect(mailbox.queries).toEqual([]);
  });
});

it.each([
  '',
  'before:',
  'before:x',
  'before:1 OR in:anywhere~m1',
  '~m1~',
  'before:1234567890123~m1',
  'before:1',
])('no continuation is %j', (token) => {
  expect(readContinuation(token)).toBeNull();
});
