import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminApiKey, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { operations } from '../openapi/operations.js';
import { startBareApp, type BareApp } from './bare-app.js';
import { rawExchange } from './raw-exchange.js';

const frontend = 'https://app.example.com';
const toolsList = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });

let app: TestApp;
let mailbox: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start({
    MCP_ALLOWED_HOSTS: 'mcp.internal, Other.Internal',
    TRUST_PROXY: '127.0.0.1,::1',
  });
  mailbox = await app.connectedInstance();
});
afterAll(() => app.stop());

interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** Unlike fetch, it lets a test say what is in the Host header. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(app.url + path, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(Object.fromEntries(pairs) as Record<string, string>),
          body: text,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function mcp(headers: Record<string, string> = {}, message = toolsList): Promise<Answer> {
  const defaults = {
    authorization: `Bearer ${mailbox.mcpToken}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  return send('POST', `/mcp/${mailbox.id}`, { ...defaults, ...headers }, message);
}

const key = { authorization: `Bearer ${adminApiKey}` };

/** One answer of each kind: REST, errors of every layer, pages, redirects, MCP (which answers by itself), preflights. */
const kinds: [kind: string, answer: (headers?: Record<string, string>) => Promise<Answer>, status: number][] =
  [
    ['an answer of REST', (headers) => send('GET', '/api/instances', { ...key, ...headers }), 200],
    ['a missing key', (headers) => send('GET', '/api/instances', headers), 401],
    ['an unknown route', (headers) => send('GET', '/nowhere', headers), 404],
    ['a path that is none', (headers) => send('GET', '/%zz', headers), 400],
    [
      'a body that is no JSON',
      (headers) =>
        send('POST', '/api/instances', { ...key, 'content-type': 'application/json', ...headers }, '{'),
      400,
    ],
    ['a probe', (headers) => send('GET', '/health/live', headers), 200],
    ['the metrics', (headers) => send('GET', '/metrics', headers), 200],
    ['a redirect', (headers) => send('GET', '/connect/unknown', headers), 303],
    ['a page', (headers) => send('GET', '/oauth/done?connected=1', headers), 200],
    ['an answer of MCP', (headers) => mcp(headers), 200],
    ['a wrong MCP token', (headers) => mcp({ authorization: 'Bearer wrong', ...headers }), 401],
    [
      'a preflight',
      (headers) =>
        send('OPTIONS', '/api/instances', {
          origin: frontend,
          'access-control-request-method': 'POST',
          ...headers,
        }),
      204,
    ],
  ];

describe('security headers', () => {
  it.each(kinds.filter(([kind]) => kind !== 'a preflight'))('come with %s', async (_kind, answer, status) => {
    const answered = await answer();
    expect(answered.status).toBe(status);
    expect(Object.fromEntries(answered.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
    });
    expect(answered.headers.get('content-security-policy')).not.toContain('unsafe');
    // PUBLIC_URL is http here.
    expect(answered.headers.has('strict-transport-security')).toBe(false);
  });

  it.each(kinds.filter(([kind]) => !['a preflight', 'a path that is none'].includes(kind)))(
    'keep frames and referrers out of %s',
    async (_kind, answer) => {
      const { headers } = await answer();
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.has('x-powered-by')).toBe(false);
    },
  );

  it('allow the page at the end of a consent its own style, and nothing else', async () => {
    const { headers, body } = await send('GET', '/oauth/done?error=access_denied');
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(body) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style.length).toBeGreaterThan(0);
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(body).not.toContain('<script');
  });
});

describe('pages of other origins', () => {
  const preflight = (path: string, origin: string, method: string, headers = '') =>
    send('OPTIONS', path, {
      origin,
      'access-control-request-method': method,
      ...(headers === '' ? {} : { 'access-control-request-headers': headers }),
    });
  const listed = (headers: Headers, name: string) => (headers.get(name) ?? '').toLowerCase().split(/, */);

  it.each([
    ['/api/instances', ['GET', 'POST'], ['authorization', 'content-type', 'x-evergrant-tenant']],
    ['/api/instances/1', ['PATCH', 'DELETE'], ['authorization', 'content-type', 'x-request-id']],
    ['/api/instances/1/credentials', ['PUT'], ['authorization', 'content-type']],
    ['/api/events', ['GET'], ['authorization', 'last-event-id']],
    ['/mcp/1', ['POST'], ['authorization', 'content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name']],
  ])('may call %s from an origin of FRONTEND_ORIGINS', async (path, methods, needed) => {
    for (const method of methods) {
      const { status, headers } = await preflight(path, frontend, method, needed.join(','));
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(frontend);
      expect(listed(headers, 'access-control-allow-methods')).toContain(method.toLowerCase());
      expect(listed(headers, 'access-control-allow-headers')).toEqual(expect.arrayContaining(needed));
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    }
  });

  it.each([
    'https://evil.example.com',
    'http://app.example.com',
    'https://app.example.com.evil.example',
    'null',
  ])('are not let in from %s', async (origin) => {
    for (const path of ['/api/instances', `/mcp/${mailbox.id}`]) {
      const { headers } = await preflight(path, origin, 'POST', 'authorization');
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
    const { headers } = await send('GET', '/api/instances', { ...key, origin });
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('may read when to retry, what to authenticate with, and the request id', async () => {
    for (const { headers } of [
      await send('GET', '/api/instances', { origin: frontend }),
      await mcp({ origin: frontend }),
    ]) {
      expect(headers.get('access-control-allow-origin')).toBe(frontend);
      expect(listed(headers, 'access-control-expose-headers')).toEqual([
        'retry-after',
        'www-authenticate',
        'x-request-id',
      ]);
      expect(headers.get('vary')).toContain('Origin');
    }
  });
});

describe('the Host header of MCP', () => {
  it.each([
    ['localhost', {}],
    ['LOCALHOST:3000', {}],
    ['127.0.0.1:8080', {}],
    ['[::1]:3000', {}],
    ['10.1.2.3', {}],
    ['mcp.internal', {}],
    ['other.internal:8080', {}],
    ['pod-7', { 'x-forwarded-host': 'mcp.internal' }],
  ])('may be %s %j', async (host, forwarded: Record<string, string>) => {
    expect((await mcp({ host, ...forwarded })).status).toBe(200);
  });

  it.each([
    ['evil.example', {}],
    ['localhost.evil.example', {}],
    ['127.0.0.1.evil.example', {}],
    ['mcp.internal.evil.example', {}],
    ['sub.mcp.internal', {}],
    ['localhost', { 'x-forwarded-host': 'evil.example' }],
  ])('must not be %s %j, whatever the token', async (host, forwarded: Record<string, string>) => {
    for (const authorization of [`Bearer ${mailbox.mcpToken}`, 'Bearer wrong']) {
      const { status, body } = await mcp({ host, authorization, ...forwarded });
      expect(status).toBe(403);
      expect(JSON.parse(body)).toEqual({
        error: expect.stringContaining('MCP_ALLOWED_HOSTS'),
        instanceId: null,
        errorCode: 'FORBIDDEN',
        requiresReauth: false,
        reason: 'host_not_allowed',
      });
    }
  });
});

it('a refused host is named in the log, for whom it belongs to, and what else was sent is not', async () => {
  await mcp({ host: 'Forgotten.example:8443' });
  expect(app.log.find((line) => line.includes('forgotten.example:8443'))).toContain('MCP_ALLOWED_HOSTS');
  expect(app.log.join('')).not.toContain('Forgotten.example');
});

describe('Cache-Control', () => {
  it.each(operations.map(({ method, path }) => [method, path]))(
    'forbids to store %s %s',
    async (method, path) => {
      // What is not there is not deleted either.
      const id = method === 'DELETE' ? randomUUID() : mailbox.id;
      const abort = new AbortController();
      const response = await fetch(app.url + path.replace(/\{\w+\}/g, id), {
        method,
        headers: key,
        redirect: 'manual',
        signal: abort.signal,
      });
      const { headers } = response;
      // A stream of events has no end.
      if (headers.get('content-type') === 'text/event-stream') abort.abort();
      else await response.text();
      expect(headers.get('cache-control')).toContain('no-store');
    },
  );

  it.each(kinds)('forbids to store %s', async (_kind, answer) => {
    expect((await answer()).headers.get('cache-control')).toContain('no-store');
  });

  it('forbids to store what carries secrets', async () => {
    const path = { id: mailbox.id };
    const answers = [
      await app.client.POST('/api/instances', { body: { name: 'New' } }),
      await app.client.POST('/api/instances/{id}/start-oauth', { params: { path } }),
      await app.client.GET('/api/instances/{id}/access-token', { params: { path } }),
    ];
    expect(answers.map(({ response }) => response.status)).toEqual([201, 200, 200]);
    for (const { response } of answers) expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('X-Request-Id', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it.each(kinds)('comes with %s, and is the caller’s if there is one', async (_kind, answer) => {
    expect((await answer()).headers.get('x-request-id')).toMatch(uuid);
    expect((await answer({ 'x-request-id': 'Trace_1.a-b' })).headers.get('x-request-id')).toBe('Trace_1.a-b');
  });

  it.each(['', 'two words', 'a'.repeat(65), 'tab\there', '<script>', 'a,b'])(
    'is not taken over as %j',
    async (given) => {
      expect(
        (await send('GET', '/health/live', { 'x-request-id': given })).headers.get('x-request-id'),
      ).toMatch(uuid);
    },
  );

  it('is on every line that is logged for the request, and in no error body', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `parallel-${n}`);
    const json = { ...key, 'content-type': 'application/json' };
    await Promise.all(
      ids.map(async (id, n) => {
        // Three layers that fail: the parser of bodies, their schema, and a handler behind the database.
        const [path, body] = [
          ['/api/instances', '{'],
          ['/api/instances', '{}'],
          ['/api/instances/unknown/refresh', '{}'],
        ][n % 3] as [string, string];
        const answer = await send('POST', path, { ...json, 'x-request-id': id }, body);
        expect(answer.body).not.toContain(id);
      }),
    );
    for (const [n, id] of ids.entries()) {
      const refreshes = n % 3 === 2;
      const route = refreshes ? '/api/instances/:id/refresh' : '/api/instances';
      const status = refreshes ? 404 : 400;
      expect(linesOf(id)).toMatchObject([{ msg: 'Request failed', method: 'POST', route, status }]);
    }
  });

  it('is on the lines of MCP as well', async () => {
    const params = { name: 'get_message', arguments: { messageId: 'ffffffffffffffff' } };
    const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    expect((await mcp({ 'x-request-id': 'mcp-1' }, call)).body).toContain('NOT_FOUND');
    expect(linesOf('mcp-1')).toEqual([
      expect.objectContaining({ msg: 'Tool call failed', tool: 'get_message' }),
    ]);
  });

  function linesOf(requestId: string): object[] {
    const lines = app.log.map((line) => JSON.parse(line) as { requestId?: string });
    return lines.filter((line) => line.requestId === requestId);
  }
});

describe('clients that take too long', () => {
  const limits = { headersMs: 400, requestMs: 800, idleMs: 400, checkEveryMs: 50 };
  let bare: BareApp;
  beforeAll(async () => void (bare = await startBareApp('https://evergrant.example.com', limits)));
  afterAll(() => bare.stop());

  const post = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  it.each([
    ['anything at all', '', '', limits.headersMs],
    ['their headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', '', limits.headersMs],
    [
      'their headers, byte by byte',
      'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ',
      'a'.repeat(200),
      limits.headersMs,
    ],
    ['their body', `${post}Content-Length: 500\r\n\r\n{`, '', limits.requestMs],
    ['their body, byte by byte', `${post}Content-Length: 500\r\n\r\n{`, ' '.repeat(200), limits.requestMs],
    ['the next request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n', '', limits.headersMs],
  ])('over %s are cut', async (_case, text, drip, limitMs) => {
    const { received, openMs } = await rawExchange(bare.port, text, { drip });
    expect(received).toContain('HTTP/1.1 408 Request Timeout\r\n');
    expectContractError(received);
    expect(openMs).toBeGreaterThan(limitMs * 0.9);
    expect(openMs).toBeLessThan(limitMs + 5000);
  });

  it('over nothing at all are cut, after the answer to what they asked', async () => {
    const { received, openMs } = await rawExchange(bare.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(openMs).toBeLessThan(limits.idleMs + 5000);
  });

  it.each([
    ['no HTTP', 'nonsense\r\n\r\n', 400],
    [
      'more headers than any client needs',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
  ])('or speak %s are told so in the contract’s words', async (_case, text, status) => {
    const { received } = await rawExchange(bare.port, text);
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expectContractError(received);
  });

  it('are no fault of ours to be logged as one', () => {
    const loud = bare.log
      .map((line) => JSON.parse(line) as { level: number })
      .filter(({ level }) => level > 30);
    expect(loud).toEqual([]);
  });

  it('would find https demanded, since PUBLIC_URL is', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${bare.port}/`);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  function expectContractError(received: string): void {
    expect(received).toMatch(/\r\nX-Request-Id: [0-9a-f-]{36}\r\n/);
    const body = JSON.parse(received.slice(received.lastIndexOf('\r\n\r\n'))) as object;
    expect(Object.keys(body)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
    expect(body).toMatchObject({ instanceId: null, errorCode: 'VALIDATION_FAILED', requiresReauth: false });
  }
});
