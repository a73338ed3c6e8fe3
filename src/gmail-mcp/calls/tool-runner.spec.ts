import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { gmailScopes } from '../../gmail/index.js';
import {
  instanceId,
  McpEndpoint,
  programHeaders,
  toolCall,
  type ToolResult,
} from '../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.gmail.messages.set('m1', { subject: 'One', text: 'First' });
});
afterEach(() => endpoint.stop());

/** The error contract's fields, from the second block of a failed result. */
function errorOf(result: ToolResult): unknown {
  expect(result.isError).toBe(true);
  return JSON.parse(result.content[1]?.text ?? '');
}

describe('a grant that Google has ended', () => {
  it('becomes a result with the error fields in their order and a fresh link', async () => {
    endpoint.broker.failure = new EvergrantError('INVALID_REFRESH_TOKEN', { reason: 'revoked' });
    const result = await endpoint.callTool('search_messages');

    expect(errorOf(result)).toEqual({
      error: 'Token refresh failed - please re-authenticate',
      instanceId,
      errorCode: 'INVALID_REFRESH_TOKEN',
      requiresReauth: true,
      reason: 'revoked',
      connectUrl: endpoint.issuedLinks[0],
    });
    expect(result.content[1]?.text).toMatch(/^\{"error":.+"instanceId":.+"errorCode":.+"requiresReauth":/);
    expect(result.content[0]?.text).toContain(`has to open it: ${String(endpoint.issuedLinks[0])}`);
  });

  it('is still told when no link can be made', async () => {
    endpoint.broker.failure = new EvergrantError('INVALID_REFRESH_TOKEN');
    endpoint.linkFailure = new Error('the database is away');
    const result = await endpoint.callTool('search_messages');

    expect(errorOf(result)).toMatchObject({ errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true });
    expect(JSON.stringify(result)).not.toContain('database');
  });
});

it('tells an instance that was never connected to complete the consent flow', async () => {
  endpoint.instance = { ...endpoint.instance, credentialId: null, oauthStatus: 'pending' };

  expect(errorOf(await endpoint.callTool('search_messages'))).toMatchObject({
    errorCode: 'OAUTH_FLOW_REQUIRED',
    connectUrl: endpoint.issuedLinks[0],
  });
});

it('tells an outage as such, with the time to wait and without asking for a sign-in', async () => {
  endpoint.broker.failure = new EvergrantError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 7 });
  const result = await endpoint.callTool('search_messages');

  expect(errorOf(result)).toEqual({
    error: 'The service is temporarily unavailable - try again shortly',
    instanceId,
    errorCode: 'SERVICE_UNAVAILABLE',
    requiresReauth: false,
    retryAfterSeconds: 7,
  });
  expect(result.content[0]?.text).toContain('Try again in 7 seconds');
  expect(endpoint.issuedLinks).toEqual([]);
});

it('takes a database that is away for an outage, not for an unknown error', async () => {
  endpoint.broker.failure = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

  expect(errorOf(await endpoint.callTool('search_messages'))).toMatchObject({
    errorCode: 'SERVICE_UNAVAILABLE',
    reason: 'database_unavailable',
    requiresReauth: false,
  });
});

it('keeps the text of an unexpected error from the model', async () => {
  endpoint.broker.failure = new Error('canary-secret');
  const result = await endpoint.callTool('search_messages');

  expect(errorOf(result)).toMatchObject({ errorCode: 'UNKNOWN_ERROR', instanceId, requiresReauth: false });
  expect(JSON.stringify(result)).not.toContain('canary-secret');
});

describe('a grant that covers less than the tool needs', () => {
  it('is refused with a link before Gmail is called', async () => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: ['openid', gmailScopes.metadata] };
    const result = await endpoint.callTool('search_messages');

    expect(errorOf(result)).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      requiresReauth: true,
      connectUrl: endpoint.issuedLinks[0],
    });
    expect(endpoint.gmail.requests).toEqual([]);
  });

  it('is not suspected when a wider scope was granted', async () => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.modify] };

    expect((await endpoint.callTool('search_messages')).isError).toBeUndefined();
  });
});

describe('a token that Gmail rejects', () => {
  it('is replaced once, naming the rejected one', async () => {
    endpoint.gmail.acceptedToken = 'second-token';
    const result = await endpoint.callTool('search_messages');

    expect(result.structuredContent).toMatchObject({ messages: [{ id: 'm1' }] });
    expect(endpoint.broker.asked).toEqual([
      { credentialId: 'credential' },
      { credentialId: 'credential', rejectedToken: 'first-token' },
    ]);
  });

  it('is no reason to sign in again when its successor is rejected too', async () => {
    endpoint.gmail.acceptedToken = 'neither';

    expect(errorOf(await endpoint.callTool('search_messages'))).toMatchObject({
      errorCode: 'SERVICE_UNAVAILABLE',
      requiresReauth: false,
    });
    expect(endpoint.broker.asked).toHaveLength(2);
  });

  it('is not used again in the same call', async () => {
    endpoint.gmail.acceptedToken = 'second-token';
    await endpoint.callTool('search_messages');

    expect(endpoint.gmail.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer first-token',
      'Bearer second-token',
      'Bearer second-token',
    ]);
  });
});

it('aborts the call to Gmail when the client hangs up', async () => {
  const call = request(endpoint.url, { method: 'POST', headers: programHeaders });
  const hungUp = once(call, 'error');
  const gmailCallEnded = new Promise<void>((resolve) => {
    endpoint.gmail.override = (gmailCall) => {
      gmailCall.socket.once('close', () => resolve());
      call.destroy(new Error('hung up'));
    };
  });
  call.end(JSON.stringify(toolCall(1, 'search_messages')));

  expect(await hungUp).toMatchObject([{ message: 'hung up' }]);
  await expect(gmailCallEnded).resolves.toBeUndefined();
});
