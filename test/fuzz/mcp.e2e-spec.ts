import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { hostileHeader, hostileText, hostileValue } from './hostile.js';
import { assertInoffensive } from './inoffensive.js';
import { brokenValueOf, valueOf, type JsonSchema } from './schema-values.js';

const atOnce = 20;
const rounds = 5;
const mayTakeMs = 15_000;

let app: TestApp;
let mailbox: CreatedInstance;
let secrets: string[];
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'warn' });
  const scope = (name: string) => `https://www.googleapis.com/auth/gmail.${name}`;
  mailbox = await app.createInstance({ scopes: [scope('modify'), scope('send')] });
  await app.connect(mailbox.id);
  const path = `/api/instances/${mailbox.id}/access-token`;
  const { body } = await app.api<{ accessToken: string }>('GET', path);
  secrets = [body.accessToken, mailbox.mcpToken];
});
afterAll(() => app.stop());

interface Seen {
  status: number;
  text: string;
}

async function post(body: string, headers: Record<string, string> = {}): Promise<Seen> {
  const response = await fetch(mailbox.mcpUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${mailbox.mcpToken}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    body,
    signal: AbortSignal.timeout(mayTakeMs),
  });
  return { status: response.status, text: await response.text() };
}

function expectInoffensive(body: string, { status, text }: Seen): void {
  if (status >= 500) throw new Error(`${body.slice(0, 400)} answered ${status} ${text.slice(0, 400)}`);
  assertInoffensive(app, secrets, text);
  if (text.includes('UNKNOWN_ERROR')) throw new Error(`${body.slice(0, 400)} answered ${text.slice(0, 600)}`);
}

interface Answer {
  error?: { code: number; message: string };
  result?: { isError?: boolean; content: { text: string }[] };
}

function answerOf(text: string): Answer {
  const data = /^data: (.+)$/m.exec(text)?.[1] ?? text;
  return JSON.parse(data) as Answer;
}

async function all<Input>(input: fc.Arbitrary<Input>, check: (input: Input) => Promise<void>): Promise<void> {
  const together = fc.array(input, { minLength: atOnce, maxLength: atOnce });
  await fc.assert(
    fc.asyncProperty(together, async (inputs) => {
      await Promise.all(inputs.map(check));
    }),
    { numRuns: rounds, endOnFailure: true },
  );
}

function callOf(name: unknown, input: unknown) {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } });
}

describe.each(gmailTools.map((tool) => [tool.name, tool.listing.inputSchema as JsonSchema] as const))(
  '%s',
  (name, schema) => {
    it('takes whatever its schema lets pass', () =>
      all(valueOf(schema), async (input) => {
        const body = callOf(name, input);
        const seen = await post(body);
        expectInoffensive(body, seen);
        expect(seen.status).toBe(200);
        expect(answerOf(seen.text)).toHaveProperty('result');
      }));

    it('refuses anything else in words that name the argument', () =>
      all(brokenValueOf(schema), async (input) => {
        const body = callOf(name, input);
        const seen = await post(body);
        expectInoffensive(body, seen);
        const { result, error } = answerOf(seen.text);
        // What is refused before any JSON-RPC is read, is refused as anywhere else.
        if (seen.status === 400) expect(JSON.parse(seen.text)).toMatchObject({ field: 'body' });
        else if (error) expect(error.code).toBe(-32602);
        const refusal = result?.isError
          ? (JSON.parse(result.content[1]?.text ?? '{}') as Record<string, unknown>)
          : {};
        if (refusal.errorCode === 'VALIDATION_FAILED') expect(refusal.field).toEqual(expect.any(String));
      }));
  },
);

describe('the endpoint', () => {
  const method = fc.oneof(
    fc.constantFrom(
      'initialize',
      'ping',
      'tools/list',
      'tools/call',
      'server/discover',
      'resources/list',
      'notifications/initialized',
    ),
    hostileText,
  );
  const message = fc.record(
    {
      jsonrpc: fc.oneof(fc.constant('2.0'), hostileValue),
      id: hostileValue,
      method: fc.oneof(method, hostileValue),
      params: hostileValue,
    },
    { requiredKeys: ['jsonrpc', 'method'] },
  );

  it('takes any message', () =>
    all(message, async (given) => {
      const body = JSON.stringify(given);
      expectInoffensive(body, await post(body));
    }));

  it('takes any number of messages at once, and refuses too many', () =>
    all(fc.array(message, { maxLength: 25 }), async (batch) => {
      const body = JSON.stringify(batch);
      const seen = await post(body);
      expectInoffensive(body, seen);
      if (batch.length > 20) expect(seen.status).toBe(400);
    }));

  it('takes what is no JSON-RPC at all', () =>
    all(
      fc.oneof(
        hostileText,
        hostileValue.map((value) => JSON.stringify(value)),
      ),
      async (body) => expectInoffensive(body, await post(body)),
    ));

  it('takes any headers', () => {
    const headers = fc.record(
      {
        'mcp-protocol-version': fc.oneof(
          fc.constantFrom('2026-07-28', '2025-11-25', '2024-11-05'),
          hostileHeader,
        ),
        'mcp-method': fc.oneof(fc.constantFrom('tools/list', 'tools/call'), hostileHeader),
        'mcp-name': hostileHeader,
        'mcp-session-id': hostileHeader,
        accept: fc.oneof(fc.constantFrom('*/*', 'text/event-stream'), hostileHeader),
        'content-type': fc.oneof(fc.constantFrom('application/json', 'text/plain'), hostileHeader),
        'last-event-id': hostileHeader,
      },
      { requiredKeys: [] },
    );
    return all(fc.tuple(headers, message), async ([given, body]) =>
      expectInoffensive(JSON.stringify([given, body]), await post(JSON.stringify(body), given)),
    );
  });
});

it('serves on after all of that', async () => {
  const { status, text } = await post(callOf('get_connection_status', {}));
  expect(status).toBe(200);
  expect(answerOf(text).result?.isError).toBeUndefined();
  expect(app.log.filter((line) => line.includes('UNKNOWN_ERROR'))).toEqual([]);
});
