import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint, toolCall } from '../../endpoint/mcp-endpoint.fixture.js';
import { structureUrl } from '../../endpoint/structured-answers.fixture.js';

const query = { query: 'older_than:1y', addLabelIds: ['STARRED'], maxMessages: 10_000 };

let endpoint: McpEndpoint;
/** How many ids each batchModify had that Gmail took. */
let batches: number[];
/** What Gmail answers to a batchModify; 204 else. */
let refusals: Map<number, [status: number, reason: string]>;
let attempts: number;
/** Makes the client hang up while Gmail has a batchModify, which is not answered then. */
let hangUp: (() => void) | null;
/** Settles when a request that was not answered is given up. */
let abandoned: Promise<void>;

/** So many messages match, in pages of what is asked for. */
function matching(count: number): void {
  endpoint.gmail.override = (request, response) => {
    const url = new URL(request.url ?? '', 'http://gmail');
    const answer = (body: object, status = 200): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname.endsWith('/batchModify')) {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { ids } = JSON.parse(Buffer.concat(chunks).toString()) as { ids: string[] };
        const refusal = refusals.get(batches.length);
        attempts += 1;
        if (hangUp !== null) {
          abandoned = new Promise((resolve) => response.once('close', resolve));
          hangUp();
          return;
        }
        if (refusal) answer({ error: { code: refusal[0], errors: [{ reason: refusal[1] }] } }, refusal[0]);
        else {
          batches.push(ids.length);
          response.writeHead(204).end();
        }
      });
    } else if (url.pathname.endsWith('/messages')) {
      const start = Number(url.searchParams.get('pageToken') ?? 0);
      const end = Math.min(count, start + Number(url.searchParams.get('maxResults')));
      const messages = Array.from({ length: end - start }, (_, index) => ({
        ...{ id: `m${start + index}`, threadId: 't' },
      }));
      answer({ messages, ...(end < count && { nextPageToken: String(end) }) });
    } else answer({ id: 'm1', threadId: 't', internalDate: '1785585600999' });
  };
}

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.modify] };
  batches = [];
  refusals = new Map();
  attempts = 0;
  hangUp = null;
  abandoned = Promise.resolve();
});
afterEach(() => endpoint.stop());

async function refusal(input: object): Promise<unknown> {
  const result = await endpoint.callTool('batch_modify_messages', input);
  expect(result.isError).toBe(true);
  return JSON.parse(result.content[1]?.text ?? '');
}

describe('batch_modify_messages', () => {
  it('changes a thousand messages by a request', async () => {
    matching(2_300);
    const { structuredContent } = await endpoint.callTool('batch_modify_messages', query);
    expect(structuredContent).toMatchObject({ modified: 2_300, matched: 2_300 });
    expect(batches).toEqual([1_000, 1_000, 300]);
  });

  it('tells how far it is', async () => {
    matching(2_300);
    const call = toolCall(1, 'batch_modify_messages', query) as { params: object };
    const message = { ...call, params: { ...call.params, _meta: { progressToken: 'p' } } };
    const { answers } = await endpoint.post(message, { url: structureUrl(endpoint.url) });
    const told = answers.flatMap(({ params }) => (params === undefined ? [] : [params]));
    expect(told).toMatchObject([
      { progress: 1_000, total: 2_300 },
      { progress: 2_000, total: 2_300 },
      { progress: 2_300, total: 2_300 },
    ]);
  });

  it('tells what it has done when Gmail takes no more, and when to go on', async () => {
    matching(2_300);
    refusals.set(1, [403, 'dailyLimitExceeded']);
    const { isError, structuredContent } = await endpoint.callTool('batch_modify_messages', query);
    expect(isError).toBeUndefined();
    expect(structuredContent).toMatchObject({
      ...{ modified: 1_000, matched: 2_300 },
      stopped: { errorCode: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 3_600 },
    });
    batches = [];
    const asText = await endpoint.askTool('batch_modify_messages', query);
    expect(asText.content[0]?.text).toContain('the same call again goes on');
  });

  it('is refused where nothing was done', async () => {
    matching(10);
    refusals.set(0, [403, 'dailyLimitExceeded']);
    expect(await refusal(query)).toMatchObject({ errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false });
  });

  it('begins no further thousand when the client has hung up', async () => {
    matching(2_300);
    const client = new AbortController();
    hangUp = () => client.abort();
    const call = endpoint.post(toolCall(1, 'batch_modify_messages', query), { signal: client.signal });
    await expect(call).rejects.toThrow();
    await abandoned;
    const { isError } = await endpoint.callTool('search_messages', { maxResults: 1 });
    expect(isError).toBeUndefined();
    expect([attempts, batches]).toEqual([1, []]);
  });

  it('tells how to go on where there are more than were asked for', async () => {
    matching(50);
    const input = { ...query, maxMessages: 20 };
    const { structuredContent } = await endpoint.callTool('batch_modify_messages', input);
    expect(structuredContent).toMatchObject({ modified: 20, nextPageToken: 'before:1785585601~m19' });
  });

  it('changes each of the named messages once', async () => {
    matching(0);
    const input = { messageIds: ['m1', 'm2', 'm1'], removeLabelIds: ['UNREAD'] };
    const { structuredContent } = await endpoint.callTool('batch_modify_messages', input);
    expect(structuredContent).toMatchObject({ modified: 2, matched: 2 });
  });

  it.each([
    ['neither messages nor a query', { addLabelIds: ['STARRED'] }, 'query'],
    ['both', { messageIds: ['m1'], query: 'x', addLabelIds: ['STARRED'] }, 'query'],
    ['a query for everything', { query: '  ', addLabelIds: ['STARRED'] }, 'query'],
    ['nothing to change', { query: 'x' }, 'addLabelIds'],
    ['a page token of another tool', { ...query, pageToken: '~m1~' }, 'pageToken'],
    [
      'more than 1,000 ids',
      { ...query, query: undefined, messageIds: Array.from({ length: 1_001 }, (_, n) => `m${n}`) },
      'messageIds',
    ],
  ])('refuses %s before Gmail is asked', async (_what, input, field) => {
    expect(await refusal(input)).toMatchObject({ errorCode: 'VALIDATION_FAILED', field });
    expect(endpoint.gmail.requests).toEqual([]);
  });
});
