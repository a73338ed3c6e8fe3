import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvergrantError } from '../../errors/index.js';
import type { SignInQuestions } from '../elicitation/sign-in-questions.js';
import { McpOptions } from '../mcp-options.js';
import { McpFastPath } from './fast-path.js';
import { frontendOrigin, McpEndpoint, programHeaders } from './mcp-endpoint.fixture.js';
import type { AuditedToolRunner } from '../calls/audited-tool-runner.js';

const prefix = 'io.modelcontextprotocol/';
const eras = ['2026-07-28', '2025-11-25'] as const;
type Revision = (typeof eras)[number];

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start({ unitsPerMinute: 6_000 });
  endpoint.gmail.messages.set('m1', { subject: 'Grüße\u2028 "und" mehr', text: 'Zeile\n\u0000zwei 🚂' });
});
afterAll(() => endpoint.stop());

/** What is not plain in either era, and changes nothing about the answer: the SDK's way. */
const ordinaryMeta = { [`${prefix}logLevel`]: 'info' };

interface Asked {
  name: string;
  input: object;
  query?: string;
  origin?: string;
  agent?: string;
}

async function answerTo(
  revision: Revision,
  { name, input, query = '', origin, agent }: Asked,
  meta: object = {},
) {
  const isModern = revision === '2026-07-28';
  const envelope = {
    [`${prefix}protocolVersion`]: revision,
    [`${prefix}clientInfo`]: { name: 'client', version: '1' },
    [`${prefix}clientCapabilities`]: {},
  };
  const params = { name, arguments: input, _meta: { ...(isModern && envelope), ...meta } };
  const response = await fetch(new URL(query, endpoint.url), {
    method: 'POST',
    headers: {
      ...programHeaders,
      'mcp-protocol-version': revision,
      ...(isModern && { 'mcp-method': 'tools/call', 'mcp-name': name }),
      ...(origin !== undefined && { origin }),
      ...(agent !== undefined && { 'user-agent': agent }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 'ä"1', method: 'tools/call', params }),
  });
  // How an answer is cut into pieces is no part of it.
  const {
    date: _date,
    'content-length': _length,
    'transfer-encoding': _encoding,
    ...headers
  } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

const calls: [what: string, name: string, input: object][] = [
  ['what a tool has found', 'get_message', { messageId: 'm1' }],
  ['what needs no Google', 'get_connection_status', {}],
  ['a refusal of Gmail', 'get_message', { messageId: 'gone' }],
  ['arguments that are not valid', 'get_message', { messageId: 'm1', maxChars: 0 }],
  ['a scope that was not granted', 'send_message', { to: 'a@example.com', subject: 's', body: 'b' }],
];

describe.each(eras)('the fast path of revision %s', (revision) => {
  it.each(calls)('answers as the SDK does, byte by byte: %s', async (_what, name, input) => {
    for (const query of ['', '?answers=text', '?answers=structure']) {
      const fast = await answerTo(revision, { name, input, query });
      const ordinary = await answerTo(revision, { name, input, query }, ordinaryMeta);
      expect(fast.status).toBe(200);
      expect(withoutChance(fast)).toEqual(withoutChance(ordinary));
    }
  });

  it.each([
    ['fast', {}],
    ['ordinary', ordinaryMeta],
  ])('gives a client on the %s path what it shows its model, by its name', async (_path, meta) => {
    const asked = { name: 'get_message', input: { messageId: 'm1' } };
    const isStructure = async (agent: string, query = ''): Promise<boolean> =>
      (await answerTo(revision, { ...asked, agent, query }, meta)).body.includes('is in structuredContent.');
    expect(await isStructure('claude-code/2.1.204 (cli)')).toBe(true);
    expect(await isStructure('python-httpx/0.28.1')).toBe(false);
    expect(await isStructure('claude-code/2.1.204 (cli)', '?answers=text')).toBe(false);
  });

  it('refuses a form of results that there is not, as the SDK does', async () => {
    const asked = { name: 'get_connection_status', input: {}, query: '?answers=xml' };
    const fast = await answerTo(revision, asked);
    expect([fast.status, fast.body]).toEqual([400, expect.stringContaining('"field":"answers"')]);
    expect(fast).toEqual(await answerTo(revision, asked, ordinaryMeta));
  });

  it.each([
    ['what it has found', 'm1'],
    ['a refusal', 'gone'],
  ])('tells beside %s what is left of the quota', async (_what, messageId) => {
    const left = async (meta: object) => {
      const { body } = await answerTo(revision, { name: 'get_message', input: { messageId } }, meta);
      const json = /^data: (.*)$/m.exec(body)?.[1] ?? body;
      const { result } = JSON.parse(json) as { result: { _meta: Record<string, unknown> } };
      return result._meta['evergrant/quota'] as { unitsLeft: number; resetsAt: string };
    };
    const [fast, ordinary] = [await left({}), await left(ordinaryMeta)];
    expect(fast).toMatchObject({ unitsPerMinute: 6_000 });
    expect(fast.unitsLeft).toBeLessThan(6_000);
    expect(fast.unitsLeft - ordinary.unitsLeft).toBe(20);
    expect(Math.abs(Date.parse(fast.resetsAt) - Date.now() - 65_000)).toBeLessThan(10_000);
  });

  it('answers a page of an allowed origin as the SDK does', async () => {
    const asked = { name: 'get_connection_status', input: {}, origin: frontendOrigin };
    const fast = await answerTo(revision, asked);
    expect(fast.headers['access-control-allow-origin']).toBe(frontendOrigin);
    expect(fast).toEqual(await answerTo(revision, asked, ordinaryMeta));
  });

  it('tells of a dead grant as the SDK does, each time with a link of its own', async () => {
    endpoint.broker.failure = new EvergrantError('INVALID_REFRESH_TOKEN');
    const asked = { name: 'get_message', input: { messageId: 'm1' } };
    const fast = await answerTo(revision, asked);
    const ordinary = await answerTo(revision, asked, ordinaryMeta);
    endpoint.broker.failure = null;
    expect(fast.body).toContain('/connect/ticket-');
    expect(withoutChance(fast)).toEqual(withoutChance(ordinary));
  });
});

/** What is drawn or counted anew for each answer. */
function withoutChance<Answer extends { body: string }>(answer: Answer): Answer {
  const body = answer.body
    .replace(/ticket-\d+/g, 'ticket')
    .replace(/\[[\da-f]{8}\]/g, '[mark]')
    // Each call spends some of it.
    .replace(/"unitsLeft":\d+/, '"unitsLeft":0')
    .replace(/"resetsAt":"[\w:.-]+"/, '"resetsAt":""');
  return { ...answer, body };
}

describe('a call that takes long', () => {
  const run = { status: 'ok' as const, output: { a: 1 }, content: [], structure: { a: 1 }, quota: null };
  const name = 'get_connection_status';
  const request = (revision: Revision, accept?: string) => {
    const isModern = revision === '2026-07-28';
    const meta = {
      [`${prefix}protocolVersion`]: revision,
      [`${prefix}clientInfo`]: { name: 'client', version: '1' },
      [`${prefix}clientCapabilities`]: {},
    };
    return {
      method: 'POST',
      headers: {
        accept,
        'mcp-protocol-version': revision,
        ...(isModern && { 'mcp-method': 'tools/call', 'mcp-name': name }),
      },
      body: {
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
        params: { name, ...(isModern && { _meta: meta }) },
      },
      caller: { instance: { name: 'Sales', email: null, toolPrefix: null } },
    } as unknown as FastifyRequest;
  };
  const stream = 'application/json, text/event-stream';

  /** The call, of whose connection only what is written matters. */
  function begin(revision: Revision, accept?: string) {
    const written: string[] = [];
    const listeners: (() => void)[] = [];
    const raw = {
      writableEnded: false,
      once: (_event: string, listener: () => void) => listeners.push(listener),
      setHeader: () => undefined,
      writeHead: (status: number, headers: Record<string, string>) =>
        written.push(`${status} ${headers['content-type']}`),
      write: (text: string) => written.push(text),
      end: (text: string) => written.push(text),
    };
    const reply = { sent: false, raw, getHeaders: () => ({}), hijack: () => (reply.sent = true) };
    let finish: (value: typeof run) => void = () => undefined;
    const runner = { run: jest.fn(() => new Promise((resolve) => (finish = resolve))) };
    const options = new McpOptions('http://localhost', [], [], '1');
    const path = new McpFastPath(runner as unknown as AuditedToolRunner, options, {} as SignInQuestions);
    path.preHandler(request(revision, accept), reply as unknown as FastifyReply, () => undefined);
    const call = runner.run.mock.calls[0] as unknown as [unknown, unknown, unknown, { signal: AbortSignal }];
    const { signal } = call[3];
    return {
      written,
      raw,
      signal,
      finish: () => finish(run),
      close: () => listeners.forEach((each) => each()),
    };
  }

  it.each<[Revision, string | undefined, string, string, RegExp]>([
    ['2025-11-25', stream, 'text/event-stream', ': keepalive\n\n', /^event: message\ndata: \{.*\}\n\n$/],
    ['2025-11-25', undefined, 'application/json', '\n', /^\{"result":.*\}$/],
    ['2026-07-28', stream, 'text/event-stream', ': keepalive\n\n', /^event: message\ndata: \{.*\}\n\n$/],
    ['2026-07-28', 'application/json', 'application/json', '\n', /^\{"result":.*\}$/],
  ])(
    'in revision %s of a client that accepts %s shows life every 10 seconds until it has been answered',
    async (revision, accept, mediaType, sign, answer) => {
      jest.useFakeTimers();
      try {
        const { written, finish } = begin(revision, accept);
        jest.advanceTimersByTime(9_999);
        expect(written).toEqual([]);
        jest.advanceTimersByTime(10_001);
        expect(written).toEqual([`200 ${mediaType}`, sign, sign]);
        finish();
        await jest.advanceTimersByTimeAsync(60_000);
        expect(written.slice(3)).toEqual([expect.stringMatching(answer)]);
      } finally {
        jest.useRealTimers();
      }
    },
  );

  it('is aborted when its client hangs up, and not when it has been answered', () => {
    const [hungUp, answered] = [begin('2025-11-25', stream), begin('2025-11-25', stream)];
    hungUp.close();
    expect(hungUp.signal.aborted).toBe(true);
    answered.raw.writableEnded = true;
    answered.close();
    expect(answered.signal.aborted).toBe(false);
    for (const { finish } of [hungUp, answered]) finish();
  });
});
