import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { instanceId, McpEndpoint } from '../endpoint/mcp-endpoint.fixture.js';
import { changesCursor } from './changes/changes-cursor.js';

let endpoint: McpEndpoint;

/** Of two messages, each its own thread, Gmail refuses to give one or the other. */
function refusing(ids: readonly string[]): void {
  const { gmail } = endpoint;
  const limit = { error: { code: 403, errors: [{ reason: 'dailyLimitExceeded' }] } };
  const added = ['m1', 'm2'].map((id) => ({ message: { id, threadId: `t-${id}` } }));
  gmail.override = (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gmail');
    const answer = (status: number, body: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname.endsWith('/history'))
      answer(200, { history: [{ id: '4001', messagesAdded: added }], historyId: '4001' });
    else if (ids.some((id) => pathname.endsWith(`/${id}`) || pathname.endsWith(`/t-${id}`)))
      answer(403, limit);
    else void gmail.answerAsUsual(request, response);
  };
}

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  for (const id of ['m1', 'm2']) endpoint.gmail.messages.set(id, { subject: `About ${id}`, text: 'Hello' });
});
afterEach(() => endpoint.stop());

const cursor = changesCursor(instanceId, { historyId: '4000', atSeconds: 1_785_000_000 });

it.each<[tool: string, input: object, list: string, what: string]>([
  ['search_messages', {}, 'messages', 'message m2'],
  ['search_threads', {}, 'threads', 'thread t-m2'],
  ['list_changes', { cursor }, 'newMessages', 'message m2'],
])('%s tells what it has read, and of the rest why it has not', async (tool, input, list, what) => {
  refusing(['m2']);
  const { structuredContent } = await endpoint.callTool(tool, input);
  expect(structuredContent?.[list]).toEqual([expect.objectContaining({ subject: 'About m1' })]);
  const failed = [{ id: what.split(' ')[1], errorCode: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 3600 }];
  expect(structuredContent?.failed).toEqual(failed);

  const asText = await endpoint.askTool(tool, input);
  expect(asText.content[0]?.text).toContain(`${what}: failed, SERVICE_UNAVAILABLE, retry after 3600 seconds`);
  expect(asText.structuredContent).toMatchObject({ failed });
});

it.each<[tool: string, input: object]>([
  ['search_messages', {}],
  ['search_threads', {}],
  ['list_changes', { cursor }],
  ['get_messages', { messageIds: ['m1', 'm2'] }],
])('%s is refused where nothing could be read, and asks no one to sign in', async (tool, input) => {
  refusing(['m1', 'm2']);
  const { isError, content } = await endpoint.askTool(tool, input);
  expect(isError).toBe(true);
  expect(JSON.parse(content.at(-1)?.text ?? '{}')).toMatchObject({
    errorCode: 'SERVICE_UNAVAILABLE',
    reason: 'dailyLimitExceeded',
    requiresReauth: false,
  });
});
