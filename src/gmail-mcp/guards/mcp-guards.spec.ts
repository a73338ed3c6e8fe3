import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  foreignInstanceId,
  frontendOrigin,
  McpEndpoint,
  mcpToken,
  toolCall,
} from '../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };

describe('McpTokenGuard', () => {
  it.each([
    ['no token', { headers: { authorization: '' } }],
    ['a wrong token', { headers: { authorization: 'Bearer wrong' } }],
    ['another scheme', { headers: { authorization: 'Basic bWNwLXRva2Vu' } }],
    ['an instance the token was not made for', { path: foreignInstanceId }],
    ['an instance that is no uuid', { path: 'nonsense' }],
  ])(
    'answers 401 to %s',
    async (_case, { headers, path }: { headers?: Record<string, string>; path?: string }) => {
      const url = path === undefined ? endpoint.url : endpoint.urlOf(path);
      const answer = await endpoint.post(listTools, { url, ...(headers === undefined ? {} : { headers }) });

      expect(answer.status).toBe(401);
      const challenge = answer.headers.get('www-authenticate');
      expect(challenge).toMatch(/^Bearer /);
      expect(challenge?.includes('error="invalid_token"')).toBe(headers?.authorization !== '');
      expect(answer.answers[0]).toEqual({
        error: 'The MCP token is missing or wrong',
        instanceId: null,
        errorCode: 'UNAUTHENTICATED',
        requiresReauth: false,
      });
    },
  );

  it('answers 401 once the instance is gone, as it does to a wrong token', async () => {
    endpoint.instance = { ...endpoint.instance, id: foreignInstanceId };

    expect((await endpoint.post(listTools)).status).toBe(401);
  });
});

describe('a body', () => {
  const postText = async (authorization: string): Promise<number> => {
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(endpoint.url, { method: 'POST', headers, body: '{' });
    await answer.text();
    return answer.status;
  };

  it('is not parsed for a request without the token', async () => {
    expect(await postText('Bearer wrong')).toBe(401);
    expect(await postText(`Bearer ${mcpToken}`)).toBe(400);
  });
});

describe('McpOriginGuard', () => {
  it.each(['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null'])(
    'answers 403 to a page of %s',
    async (origin) => {
      const answer = await endpoint.post(listTools, { headers: { origin } });

      expect(answer.status).toBe(403);
      expect(answer.answers[0]).toMatchObject({ errorCode: 'FORBIDDEN', requiresReauth: false });
    },
  );

  it('lets a page of an allowed origin in, which can read the answer', async () => {
    const answer = await endpoint.post(listTools, { headers: { origin: frontendOrigin } });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(frontendOrigin);
  });

  it('leaves a preflight to CORS, since it carries no token', async () => {
    const headers = { origin: frontendOrigin, 'access-control-request-method': 'POST' };

    expect((await fetch(endpoint.url, { method: 'OPTIONS', headers })).status).toBe(204);
  });
});

describe('CredentialAuthGuard', () => {
  it.each([
    ['tools/list', listTools],
    ['ping', { jsonrpc: '2.0', id: 1, method: 'ping' }],
    ['get_connection_status', toolCall(1, 'get_connection_status')],
    ['a tool that does not exist', toolCall(1, 'search')],
  ])('does not ask for a token for %s', async (_case, message) => {
    endpoint.broker.failure = new Error('must not be reached');

    expect((await endpoint.post(message)).status).toBe(200);
    expect(endpoint.broker.asked).toEqual([]);
  });

  it('asks once for an array of calls', async () => {
    endpoint.gmail.messages.set('m1', { subject: 'One', text: 'First' });
    const calls = [1, 2, 3].map((id) => toolCall(id, 'get_message', { messageId: 'm1' }));
    const { answers } = await endpoint.post(calls);

    expect(answers.flat()).toHaveLength(3);
    expect(endpoint.broker.asked).toEqual([{ credentialId: 'credential' }]);
  });

  it('refuses an array of more than 20 messages before anything is asked', async () => {
    const answer = await endpoint.post(
      Array.from({ length: 21 }, (_, id) => toolCall(id, 'search_messages')),
    );

    expect(answer.status).toBe(400);
    expect(answer.answers[0]).toMatchObject({ errorCode: 'VALIDATION_FAILED', requiresReauth: false });
    expect(endpoint.broker.asked).toEqual([]);
  });

  it('is not fooled by a false Mcp-Name header', async () => {
    const headers = { 'mcp-method': 'tools/call', 'mcp-name': 'get_connection_status' };
    await endpoint.post(toolCall(1, 'search_messages'), { headers });

    expect(endpoint.broker.asked).toHaveLength(1);
  });

  it('does not ask for what only the Mcp-Name header names', async () => {
    const headers = { 'mcp-method': 'tools/call', 'mcp-name': 'search_messages' };
    await endpoint.post(toolCall(1, 'get_connection_status'), { headers });

    expect(endpoint.broker.asked).toEqual([]);
  });
});
