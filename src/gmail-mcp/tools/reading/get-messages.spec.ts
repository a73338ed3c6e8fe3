import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

interface Answer {
  messages: { id: string; status: string; errorCode?: string; body?: { text: string } }[];
  remainingIds: string[];
}

async function read(messageIds: readonly string[], input: object = {}): Promise<Answer> {
  const { structuredContent } = await endpoint.callTool('get_messages', { messageIds, ...input });
  return structuredContent as unknown as Answer;
}

function mail(count: number, text = 'Hello'): string[] {
  return Array.from({ length: count }, (_, index) => {
    endpoint.gmail.messages.set(`m${index}`, { subject: `About ${index}`, text: `${index}: ${text}` });
    return `m${index}`;
  });
}

/** Answers so to one message, and as usual to others. */
function failing(id: string, status: number, body: object): void {
  const { gmail } = endpoint;
  gmail.override = (request, response) => {
    if (new URL(request.url ?? '', 'http://gmail').pathname.endsWith(`/${id}`))
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    else void gmail.answerAsUsual(request, response);
  };
}

describe('get_messages', () => {
  it('reads fifty in the order asked for, each once', async () => {
    const ids = mail(49).toReversed();
    const { messages, remainingIds } = await read([...ids, ids[0]!]);

    expect(messages.map(({ id }) => id)).toEqual(ids);
    expect(messages[0]).toMatchObject({
      status: 'ok',
      threadId: 't-m48',
      subject: 'About 48',
      body: { text: '48: Hello', truncated: false },
    });
    expect(messages.filter(({ status }) => status === 'ok').length).toBe(49 - remainingIds.length);
  });

  it('tells of each message how its reading ended', async () => {
    const ids = mail(3);
    failing('m1', 403, { error: { code: 403, errors: [{ reason: 'dailyLimitExceeded' }] } });

    expect(await read([...ids, 'gone'])).toMatchObject({
      messages: [
        { id: 'm0', status: 'ok' },
        { id: 'm1', status: 'failed', errorCode: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 3600 },
        { id: 'm2', status: 'ok' },
        { id: 'gone', status: 'not_found' },
      ],
      remainingIds: ['m1'],
    });
  });

  it('says what did not fit, and asks Gmail for no more of it than it began', async () => {
    const ids = mail(30, 'word '.repeat(1000));
    const first = await read(ids);
    const shown = first.messages.filter(({ status }) => status === 'ok');

    expect(shown.length).toBeGreaterThan(1);
    expect(first.messages).toHaveLength(30);
    expect(first.remainingIds).toEqual(ids.slice(shown.length));
    expect(endpoint.gmail.requests.length).toBeLessThanOrEqual(8);
    expect((await read(first.remainingIds)).messages[0]).toMatchObject({ status: 'ok' });
  });

  it('fails as a whole when nothing could be read', async () => {
    mail(1);
    failing('m0', 403, { error: { code: 403, errors: [{ reason: 'domainPolicy' }] } });
    const result = await endpoint.callTool('get_messages', { messageIds: ['m0', 'gone'] });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({ errorCode: 'ADMIN_BLOCKED' });
  });

  it('takes no more than fifty', async () => {
    const messageIds = Array.from({ length: 51 }, (_, index) => `m${index}`);
    const result = await endpoint.callTool('get_messages', { messageIds });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({ field: 'messageIds' });
  });
});
