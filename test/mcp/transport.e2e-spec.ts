import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawRequest, type RawAnswer } from '../harness/raw-request.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { readingToolNames } from '../harness/tool-names.js';

const publicName = 'mcp.example.com';
const toolsList = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const bothForms = 'application/json, text/event-stream';

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start({ PUBLIC_URL: `https://${publicName}`, MCP_ALLOWED_HOSTS: 'mcp.internal' });
  instance = await app.createInstance();
});
afterAll(() => app.stop());

type Headers = Record<string, string | undefined>;

/** One message to the endpoint, with these headers besides a client's; undefined leaves one out. */
function send(message: unknown, headers: Headers = {}, request: { method?: string; path?: string } = {}) {
  const all: Headers = {
    host: publicName,
    authorization: `Bearer ${instance.mcpToken}`,
    'content-type': 'application/json',
    accept: bothForms,
    ...headers,
  };
  const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return rawRequest(app.environment.PORT, {
    path: `/mcp/${instance.id}`,
    headers: Object.fromEntries(given),
    body: message === undefined ? '' : JSON.stringify(message),
    ...request,
  });
}

interface Message {
  id?: unknown;
  method?: string;
  params?: Record<string, unknown>;
  result?: { tools?: { name: string }[]; structuredContent?: object; resultType?: string };
  error?: { code: number };
}

function messagesIn({ headers, body }: RawAnswer): Message[] {
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
  const texts = isStream ? [...body.matchAll(/^data: (.+)$/gm)].map(([, data]) => data ?? '') : [body];
  return texts.flatMap((text) => JSON.parse(text) as Message | Message[]);
}

function expectTools(answer: RawAnswer): void {
  expect([answer.status, messagesIn(answer)[0]?.result?.tools?.length]).toEqual([
    200,
    readingToolNames.length,
  ]);
}

describe('a page of another origin', () => {
  const claude = 'https://claude.ai';

  it.each([claude, 'https://chatgpt.com', 'http://localhost:6274', 'https://a.example:8443'])(
    'may call the public name with a token from %s, and read the answer',
    async (origin) => {
      const preflight = await send(
        undefined,
        {
          ...{ origin, authorization: undefined, 'content-type': undefined },
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,mcp-protocol-version,mcp-session-id',
        },
        { method: 'OPTIONS' },
      );
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(
        'mcp-session-id',
      );
      const answer = await send(toolsList, { origin });
      expectTools(answer);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('vary')).toContain('Origin');
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    },
  );

  it.each<[string, Headers, string]>([
    ['its token is wrong', { authorization: 'Bearer wrong' }, `/mcp/`],
    ['it needs a token, and where to get one', { authorization: undefined }, `/mcp/`],
    ['the same of all mailboxes of a person', { authorization: undefined }, '/mcp'],
  ])('reads that %s', async (_what, headers, path) => {
    const own = path === '/mcp' ? path : path + instance.id;
    const answer = await send(toolsList, { origin: claude, ...headers }, { path: own });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain(
      `resource_metadata="https://${publicName}/.well-known/oauth-protected-resource${own}"`,
    );
    expect(answer.headers.get('access-control-allow-origin')).toBe(claude);
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  it.each<[string, Headers]>([
    ['to localhost', { host: 'localhost' }],
    ['to an address', { host: '127.0.0.1:3000' }],
    ['to another allowed name', { host: 'mcp.internal' }],
    ['that is none of the web', { origin: 'null' }],
    ['that is an extension', { origin: 'chrome-extension://abcdefgh' }],
    ['that is more than an origin', { origin: 'https://claude.ai/path' }],
  ])('is refused %s', async (_what, headers) => {
    const answer = await send(toolsList, { origin: claude, ...headers });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      403,
      expect.objectContaining({ errorCode: 'FORBIDDEN' }),
    ]);
  });

  it('may not call REST, nor localhost, as far as CORS knows', async () => {
    for (const [path, host] of [
      ['/api/instances', publicName],
      [`/mcp/${instance.id}`, 'localhost'],
    ]) {
      const headers = { origin: claude, host, 'access-control-request-method': 'POST' };
      const { headers: answered } = await send(undefined, headers, { method: 'OPTIONS', path: path! });
      expect(answered.has('access-control-allow-origin')).toBe(false);
    }
  });
});

describe('HTTP 401', () => {
  it('says that it is the token, in the words of RFC 6750', async () => {
    const { status, headers } = await send(toolsList, { authorization: 'Bearer wrong' });
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer .*, error="invalid_token", error_description="[^"]{10,}"$/),
    ]);
  });

  it('names no error where no token came', async () => {
    const { status, headers } = await send(toolsList, { authorization: undefined });
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer resource_metadata="https://${publicName}/.well-known/oauth-protected-resource/mcp/${instance.id}", ` +
        'scope="gmail:read gmail:write gmail:send gmail:settings"',
    ]);
  });
});

describe('the older revisions', () => {
  const initialize = {
    ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
    params: {
      ...{ protocolVersion: '2025-06-18', capabilities: {} },
      clientInfo: { name: 'client', version: '1' },
    },
  };
  const call = {
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name: 'get_connection_status', arguments: {} },
  };

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    [bothForms, 'text/event-stream'],
  ])('answer Accept: %s as %s', async (accept, mediaType) => {
    for (const message of [initialize, toolsList, call]) {
      const answer = await send(message, { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, mediaType]);
      expect(messagesIn(answer)).toEqual([expect.objectContaining({ id: 1, result: expect.anything() })]);
      expect(answer.headers.get('cache-control')).toContain('no-store');
    }
  });

  it('answer a batch in JSON as an array', async () => {
    const answer = await send([call, { ...toolsList, id: 2 }], { accept: 'application/json' });
    const messages = JSON.parse(answer.body) as Message[];
    expect(messages.map(({ id }) => id).sort()).toEqual([1, 2]);
  });

  it('take a notification from those who accept only JSON', async () => {
    const message = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect(await send(message, { accept: 'application/json' })).toMatchObject({ status: 202, body: '' });
  });

  it('refuse those who take neither form', async () => {
    expect((await send(toolsList, { accept: 'text/html' })).status).toBe(406);
  });

  it.each<[string, Headers]>([
    ['nothing else', { accept: undefined, 'content-type': undefined }],
    ['a stream wanted', { accept: 'text/event-stream', 'content-type': undefined }],
    ['everything accepted', { accept: '*/*', 'content-type': undefined }],
  ])('have no GET: 405 with %s', async (_what, headers) => {
    const { status, headers: answered } = await send(undefined, headers, { method: 'GET' });
    expect([status, answered.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('what clients write in their own way', () => {
  it.each<[string, unknown]>([
    ['an empty cursor', { ...toolsList, params: { cursor: '' } }],
    ['null for the cursor', { ...toolsList, params: { cursor: null } }],
    ['null for the parameters', { ...toolsList, params: null }],
    ['null for the metadata', { ...toolsList, params: { _meta: null } }],
  ])('is served: %s', async (_what, message) => {
    expectTools(await send(message));
  });

  it('does not make a bad cursor good', async () => {
    const answer = await send({ ...toolsList, params: { cursor: 'page-2' } });
    expect(messagesIn(answer)).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ code: -32602 }) }),
    ]);
  });

  it('is served: a trailing slash', async () => {
    expectTools(await send(toolsList, {}, { path: `/mcp/${instance.id}/` }));
  });

  it('is served: an absolute-form target, whose name is the one that counts', async () => {
    const target = (host: string) => ({ path: `http://${host}/mcp/${instance.id}` });
    expectTools(await send(toolsList, {}, target(publicName)));
    expectTools(await send(toolsList, { host: 'evil.example' }, target('localhost:3000')));
    const rebound = await send(toolsList, { host: publicName }, target('evil.example'));
    expect(rebound.status).toBe(403);
  });
});

describe('subscriptions/listen', () => {
  const prefix = 'io.modelcontextprotocol/';
  const listen = (notifications: object) => ({
    ...{ jsonrpc: '2.0', id: 'sub-1', method: 'subscriptions/listen' },
    params: {
      notifications,
      _meta: {
        [`${prefix}protocolVersion`]: '2026-07-28',
        [`${prefix}clientInfo`]: { name: 'client', version: '1' },
        [`${prefix}clientCapabilities`]: {},
      },
    },
  });
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' };

  it.each([{}, { toolsListChanged: true }])(
    'to %j is acknowledged, and ends at once: nothing here ever changes',
    async (notifications) => {
      const answer = await send(listen(notifications), headers);
      expect(answer.status).toBe(200);
      expect(messagesIn(answer)).toMatchObject([
        { method: 'notifications/subscriptions/acknowledged', params: { notifications: {} } },
        { id: 'sub-1', result: { resultType: 'complete' } },
      ]);
    },
  );

  it('is served to many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(listen({}), headers)));
    expect(answers.map((answer) => messagesIn(answer).length)).toEqual(answers.map(() => 2));
  });
});
