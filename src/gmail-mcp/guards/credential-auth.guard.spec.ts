import { expect, it } from '@jest/globals';
import type { TokenBroker } from '../../credentials/index.js';
import type { CallerRateLimit } from '../../identity/index.js';
import { CredentialAuthGuard } from './credential-auth.guard.js';
import { CredentialOutcomes } from './credential-outcomes.js';
import type { McpCaller, McpRequest } from './mcp-request.js';

it('lets a call go on while the chain is at work, so that its connection can be kept alive', async () => {
  let grant: (token: unknown) => void = () => undefined;
  const broker = { accessToken: () => new Promise((resolve) => (grant = resolve)) };
  const guard = new CredentialAuthGuard(new CredentialOutcomes(broker as unknown as TokenBroker), {
    admitMcpToken: async () => undefined,
  } as unknown as CallerRateLimit);
  const switchedOn = { toolsets: ['core'], readOnly: false };
  const scopes = ['https://mail.google.com/'];
  const instance = { id: 'i', toolPrefix: null, credentialId: 'c', scopes, ...switchedOn };
  const params = { name: 'search_messages', arguments: {} };
  const request = {
    body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    caller: { instance, holder: { kind: 'mcp-token', tokenId: 't' }, overLimit: null },
  } as unknown as McpRequest;
  await guard.ask(request);
  grant({ accessToken: 'token' });
  expect(await (request.caller as McpCaller).credential).toMatchObject({
    status: 'ready',
    credentialId: 'c',
  });
});
