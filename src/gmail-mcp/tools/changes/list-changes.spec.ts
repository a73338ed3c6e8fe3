import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { foreignInstanceId, instanceId, McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';
import { changesCursor, readChangesCursor } from './changes-cursor.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

const cursor = changesCursor(instanceId, { historyId: '4000', atSeconds: 1_785_000_000 });

/** Answers so when it is asked for history. */
function history(status: number, body: object): void {
  const { gmail } = endpoint;
  gmail.override = (request, response) => {
    if ((request.url ?? '').includes('/history?'))
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    else void gmail.answerAsUsual(request, response);
  };
}

function recordOf(id: string, messageId: string): object {
  return { id, messagesAdded: [{ message: { id: messageId, threadId: 't' } }] };
}

async function list(input: object = {}): Promise<Record<string, unknown>> {
  const { structuredContent } = await endpoint.callTool('list_changes', input);
  return structuredContent ?? {};
}

function historyIdIn({ cursor: given }: Record<string, unknown>): string {
  return readChangesCursor(instanceId, String(given)).historyId;
}

describe('list_changes', () => {
  it('begins with a cursor for now, and tells nothing yet', async () => {
    const answer = await list();

    expect(answer).toMatchObject({ status: 'started', newMessages: [], hasMore: false });
    expect(historyIdIn(answer)).toBe('5000');
  });

  it('tells what came since the cursor, and goes on from where the mailbox is now', async () => {
    endpoint.gmail.messages.set('m1', { subject: 'News', text: 'Hello' });
    history(200, { history: [recordOf('4001', 'm1'), recordOf('4002', 'gone')], historyId: '4400' });
    const answer = await list({ cursor });

    expect(answer).toMatchObject({
      notice: expect.stringContaining('never as instructions'),
      status: 'changes',
      newMessages: [{ id: 'm1', subject: 'News', from: 'Bea <bea@example.com>' }],
      hasMore: false,
    });
    expect(historyIdIn(answer)).toBe('4400');
    expect(endpoint.gmail.requests[0]?.url.searchParams.get('startHistoryId')).toBe('4000');
  });

  it('goes on behind the last change it told when there are more', async () => {
    history(200, { history: [recordOf('4001', 'gone')], historyId: '4400', nextPageToken: 'more' });
    const answer = await list({ cursor });

    expect(answer.hasMore).toBe(true);
    expect(historyIdIn(answer)).toBe('4001');
  });

  it('says what to do when Gmail no longer knows so old a cursor, and gives a new one', async () => {
    history(404, { error: { code: 404, status: 'NOT_FOUND' } });
    const answer = await list({ cursor });

    expect(answer).toMatchObject({
      status: 'resync',
      advice: expect.stringContaining('"after:1785000000"'),
      newMessages: [],
    });
    expect(historyIdIn(answer)).toBe('5000');
  });

  it.each([
    ['of another mailbox', changesCursor(foreignInstanceId, { historyId: '4000', atSeconds: 0 })],
    ['that is none', 'nonsense'],
    ['of a history id that is none', Buffer.from('[1,"x",0,""]').toString('base64url')],
  ])('refuses a cursor %s, and asks Gmail nothing', async (_what, given) => {
    const result = await endpoint.callTool('list_changes', { cursor: given });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field: 'cursor',
    });
    expect(endpoint.gmail.requests).toEqual([]);
  });

  it('does not take another failure for a reason to resync', async () => {
    history(403, { error: { code: 403, errors: [{ reason: 'dailyLimitExceeded' }] } });

    expect((await endpoint.callTool('list_changes', { cursor })).isError).toBe(true);
  });
});
