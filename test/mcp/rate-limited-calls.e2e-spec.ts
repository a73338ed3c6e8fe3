import { afterAll, beforeEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rawRequest } from '../harness/raw-request.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';

const limit = 5;
const prefix = 'io.modelcontextprotocol/';

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => void (app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: String(limit) })));
afterAll(() => app.stop());
beforeEach(async () => {
  await app.advance(61);
  instance = await app.createInstance();
});

type Revision = '2026-07-28' | '2025-11-25';

function call(name: string, revision: Revision = '2025-11-25', input: object = {}) {
  const envelope = {
    [`${prefix}protocolVersion`]: revision,
    [`${prefix}clientInfo`]: { name: 'client', version: '1' },
    [`${prefix}clientCapabilities`]: {},
  };
  const params = { name, arguments: input, ...(revision === '2026-07-28' && { _meta: envelope }) };
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
}

const ping = { jsonrpc: '2.0', id: 2, method: 'ping' };

function post(body: unknown, headers: Record<string, string> = {}) {
  return rawRequest(app.environment.PORT, {
    path: `/mcp/${instance.id}`,
    headers: {
      authorization: `Bearer ${instance.mcpToken}`,
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': String(Buffer.byteLength(JSON.stringify(body))),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

async function spend(calls: number): Promise<void> {
  for (let spent = 0; spent < calls; spent += 1) expect((await post(ping)).status).toBe(200);
}

interface ToolResult {
  isError?: boolean;
  content: { text: string }[];
}

function expectLimited(result: ToolResult): void {
  expect(result.isError).toBe(true);
  const error = JSON.parse(result.content.at(-1)!.text) as { retryAfterSeconds: number };
  expect(error).toMatchObject({ errorCode: 'RATE_LIMITED', requiresReauth: false, instanceId: instance.id });
  expect(error.retryAfterSeconds).toBeGreaterThan(0);
  expect(error.retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(result.content[0]!.text).toContain(`Try again in ${error.retryAfterSeconds} seconds`);
}

describe('a tool call beyond the limit of its token', () => {
  it.each<Revision>(['2026-07-28', '2025-11-25'])(
    'is answered with a result that says when to come back, in revision %s',
    async (revision) => {
      await spend(limit);
      const message = call('get_connection_status', revision);
      const headers = { 'mcp-method': 'tools/call', 'mcp-name': 'get_connection_status' };
      const { status, body } = await post(message, { 'mcp-protocol-version': revision, ...headers });
      expect(status).toBe(200);
      expectLimited((JSON.parse(body) as { result: ToolResult }).result);
    },
  );

  it('calls nothing, and is counted but no event', async () => {
    await app.google.clearLedger();
    await spend(limit);
    const eventsBefore = events().length;
    await post(
      call('send_message', '2025-11-25', { to: 'ada@example.com', subject: 'Hello', body: 'Hello' }),
    );
    const { tokenRequests } = await app.google.ledger();
    expect([tokenRequests, events().slice(eventsBefore)]).toEqual([[], []]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('evergrant_mcp_tool_calls_total{tool="send_message",outcome="RATE_LIMITED"} 1');
  });

  it('is served again when the minute is over', async () => {
    await spend(limit);
    await app.advance(61);
    const { body } = await post(call('get_connection_status'));
    expect((JSON.parse(body) as { result: ToolResult }).result.isError).not.toBe(true);
  });

  it('is told so for each call of an array that is longer than what is left, and none of them is begun', async () => {
    await spend(limit - 2);
    const { status, body } = await post([1, 2, 3].map((id) => ({ ...call('get_connection_status'), id })));
    const answers = JSON.parse(body) as { id: number; result: ToolResult }[];
    expect([status, answers.map(({ id }) => id).sort()]).toEqual([200, [1, 2, 3]]);
    for (const { result } of answers) expectLimited(result);
  });
});

describe('HTTP 429 says the same', () => {
  it.each<[string, () => Promise<{ status: number; headers: Headers }>]>([
    ['of other methods', () => post(ping)],
    ['of an array with one of them', () => post([call('get_connection_status'), ping])],
    [
      'of a body that is not worth to be read',
      () => post(call('get_message', '2025-11-25', { messageId: 'a'.repeat(300_000) })),
    ],
    [
      'of a request without a body',
      () =>
        rawRequest(app.environment.PORT, {
          method: 'GET',
          path: `/mcp/${instance.id}`,
          headers: { authorization: `Bearer ${instance.mcpToken}` },
        }),
    ],
  ])('%s', async (_what, ask) => {
    await spend(limit);
    const { status, headers } = await ask();
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

/** The lines of events that were logged. */
function events(): string[] {
  return app.log.filter((line) => line.includes('"event":"tool.called"'));
}
