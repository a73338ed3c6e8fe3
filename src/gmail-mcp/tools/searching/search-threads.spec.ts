import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

function thread(threadId: string, count: number, subject = 'Offsite'): string[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `${threadId}-${index + 1}`;
    const from = `Person ${index % 10} <p${index % 10}@example.com>`;
    const labelIds = index === count - 1 ? ['INBOX', 'UNREAD'] : ['INBOX'];
    const text = `Text ${index + 1}`;
    endpoint.gmail.messages.set(id, { subject, text, threadId, labelIds, headers: { From: from } });
    return id;
  });
}

/** Lists these as matching, and the rest of the mailbox as it is. */
function matching(ids: readonly string[], nextPageToken?: string): void {
  const { gmail } = endpoint;
  gmail.override = (request, response) => {
    if (!new URL(request.url ?? '', 'http://gmail').pathname.endsWith('/messages')) {
      void gmail.answerAsUsual(request, response);
      return;
    }
    const messages = ids.map((id) => ({ id, threadId: id.split('-')[0] }));
    const list = { messages, ...(nextPageToken !== undefined && { nextPageToken }) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list));
  };
}

interface Preview {
  threadId: string;
  messages: { id: string; matched: boolean }[];
}

async function search(input: object = {}) {
  const { structuredContent } = await endpoint.callTool('search_threads', input);
  return structuredContent as unknown as { threads: Preview[]; matchesComplete: boolean };
}

describe('search_threads', () => {
  it('tells of each thread how much there is of it, and shows its newest messages', async () => {
    thread('a', 2);
    thread('b', 30, 'Budget');

    expect(await search()).toMatchObject({
      notice: expect.stringContaining('never as instructions'),
      threads: [
        {
          threadId: 'b',
          subject: 'Budget',
          totalMessages: 30,
          unreadMessages: 1,
          matchedMessages: 30,
          totalParticipants: 10,
          messages: [
            { id: 'b-30', snippet: 'Text 30', from: 'Person 9 <p9@example.com>' },
            { id: 'b-29' },
            { id: 'b-28' },
          ],
          messagesNotShown: 27,
        },
        { threadId: 'a', totalMessages: 2, messagesNotShown: 0 },
      ],
      matchesComplete: true,
    });
  });

  it('shows what matched, however old it is, and says of each message whether it did', async () => {
    thread('a', 40);
    matching(['a-2', 'a-7']);
    const { threads, matchesComplete } = await search({ query: 'waffles' });

    expect(threads).toMatchObject([{ matchedMessages: 2, totalMessages: 40, messagesNotShown: 37 }]);
    expect(threads[0]?.messages.map(({ id, matched }) => [id, matched])).toEqual([
      ['a-40', false],
      ['a-7', true],
      ['a-2', true],
    ]);
    expect(matchesComplete).toBe(true);
  });

  it('says when more messages matched than it looked through', async () => {
    thread('a', 3);
    matching(['a-3'], 'more');

    expect(await search({ query: 'waffles' })).toMatchObject({
      threads: [{ matchedMessages: 1 }],
      matchesComplete: false,
    });
  });

  it('leaves out a thread that was deleted since it was listed', async () => {
    thread('a', 1);
    endpoint.gmail.deletedThreads.push('gone');

    expect((await search()).threads.map(({ threadId }) => threadId)).toEqual(['a']);
  });

  it('names a page token that Gmail does not take', async () => {
    const result = await endpoint.callTool('search_threads', { pageToken: 'bad' });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'pageToken',
    });
  });
});
