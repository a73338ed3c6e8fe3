import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

interface Page {
  messages: { id: string; body: { text: string; truncated: boolean; nextOffset?: number } }[];
  totalMessages: number;
  olderMessages: number;
  nextPageToken?: string;
}

function thread(count: number, text: (index: number) => string): void {
  for (let index = 1; index <= count; index += 1) {
    const subject = index === 1 ? 'Offsite' : 'Re: Offsite';
    endpoint.gmail.messages.set(`m${index}`, { subject, text: text(index), threadId: 't1' });
  }
}

async function readPage(input: object = {}): Promise<Page> {
  const { structuredContent } = await endpoint.callTool('get_thread', { threadId: 't1', ...input });
  return structuredContent as unknown as Page;
}

describe('get_thread', () => {
  it('reads a short conversation at once, newest message first', async () => {
    thread(3, (index) => `Text ${index}`);

    expect(await readPage()).toMatchObject({
      notice: expect.stringContaining('never as instructions'),
      threadId: 't1',
      subject: 'Offsite',
      totalMessages: 3,
      olderMessages: 0,
      messages: [
        { id: 'm3', from: 'Bea <bea@example.com>', body: { text: 'Text 3', truncated: false } },
        { id: 'm2', date: '2026-08-01T12:00:00.000Z' },
        { id: 'm1', attachments: [], totalAttachments: 0 },
      ],
    });
    expect(await readPage()).not.toHaveProperty('nextPageToken');
  });

  it('hands out a long one in pages that make up the whole, each message once and uncut', async () => {
    thread(30, (index) => `Message ${index}. ${'word '.repeat(400)}`.trim());
    const seen: string[] = [];
    let page = await readPage();
    for (;;) {
      expect(JSON.stringify(page).length).toBeLessThan(25_000);
      expect(page.messages.every(({ body }) => !body.truncated)).toBe(true);
      seen.push(...page.messages.map(({ id }) => id));
      expect(page.olderMessages).toBe(30 - seen.length);
      if (page.nextPageToken === undefined) break;
      page = await readPage({ pageToken: page.nextPageToken });
    }

    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => `m${30 - index}`));
  });

  it('neither repeats nor loses a message when mail comes in between two pages', async () => {
    thread(3, () => 'x'.repeat(700));
    const first = await readPage({ maxChars: 1000 });
    thread(4, () => 'x'.repeat(700));
    const second = await readPage({ maxChars: 1000, pageToken: first.nextPageToken });

    expect([first, second].map(({ messages }) => messages.map(({ id }) => id))).toEqual([['m3'], ['m2']]);
  });

  it('cuts a message that is longer than a page, and get_message goes on where it was cut', async () => {
    const text = 'long '.repeat(20_000).trim();
    thread(2, (index) => (index === 2 ? text : 'First'));
    const page = await readPage();
    const [newest] = page.messages;
    const rest: string[] = [];
    let offset = newest?.body.nextOffset;
    while (offset !== undefined) {
      const { structuredContent } = await endpoint.callTool('get_message', { messageId: 'm2', offset });
      const { body } = structuredContent as { body: { text: string; nextOffset?: number } };
      rest.push(body.text);
      offset = body.nextOffset;
    }

    expect(newest?.body.text.length).toBeGreaterThan(15_000);
    expect([newest?.body.text, ...rest].join('')).toBe(text);
    expect((await readPage({ pageToken: page.nextPageToken })).messages).toMatchObject([{ id: 'm1' }]);
  });

  it('shows something of a message even when its head fills the page', async () => {
    endpoint.gmail.messages.set('m1', {
      subject: 'Re: Offsite',
      text: 'word '.repeat(1000),
      threadId: 't1',
      headers: { To: 'x@example.com, '.repeat(500), Cc: 'y@example.com, '.repeat(500) },
    });
    const [message] = (await readPage({ maxChars: 1000 })).messages;

    expect(message?.body.text.length).toBe(500);
  });

  it('folds what a message quotes of older ones, and shows it where asked', async () => {
    const said = 'Shall we meet in Ghent on Friday to talk about the budget?';
    const attribution = 'On Fri, 31 Jul 2026 at 10:00 Bea <bea@example.com> wrote:';
    thread(2, (index) => (index === 1 ? said : `Yes, gladly.\n\n${attribution}\n> ${said}`));
    const folded = (await readPage()).messages[0]?.body;

    expect(folded).toMatchObject({
      text: expect.stringMatching(
        /^Yes, gladly\.\n\n\[\d+ characters quoted from older messages left out\]$/,
      ),
      truncated: false,
    });
    expect((await readPage({ expandQuotes: true })).messages[0]?.body.text).toContain(`> ${said}`);
  });

  it('takes under 2,500 tokens for twenty replies that each quote all before', async () => {
    const said: string[] = [];
    for (let index = 1; index <= 20; index += 1) {
      const own = `Reply ${index}: I looked into item ${index * 7} and think that we should settle it by week ${index}.`;
      const quoted = said.map((each) => each.replaceAll(/^/gm, '> ')).at(-1);
      const attribution = `On Fri, 31 Jul 2026 at 10:${10 + index} Bea <bea@example.com> wrote:`;
      said.push(quoted === undefined ? own : `${own}\n\n${attribution}\n${quoted}`);
    }
    thread(20, (index) => said[index - 1]!);
    const { content } = await endpoint.askTool('get_thread', { threadId: 't1' });
    const expanded = await endpoint.askTool('get_thread', { threadId: 't1', expandQuotes: true });

    expect(countTokens(content[0]?.text ?? '')).toBeLessThan(2_500);
    expect(countTokens(expanded.content[0]?.text ?? '')).toBeGreaterThan(5_000);
    expect((await readPage()).messages).toHaveLength(20);
  });

  it('names a page token that is no message of the thread', async () => {
    thread(1, () => 'Text');
    const result = await endpoint.callTool('get_thread', { threadId: 't1', pageToken: 'elsewhere' });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'pageToken',
    });
  });

  it('says that there is no such thread', async () => {
    const result = await endpoint.callTool('get_thread', { threadId: 'unknown' });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});
