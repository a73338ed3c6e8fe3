import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../../gmail/index.js';
import { instanceId, McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

describe('get_connection_status', () => {
  it('offers no link while the connection is healthy', async () => {
    const { structuredContent } = await endpoint.callTool('get_connection_status');

    expect(structuredContent).toMatchObject({
      instanceId,
      email: 'ada@example.com',
      oauthStatus: 'completed',
      requiresReauth: false,
      errorCode: null,
      missingScopes: [],
      tokenExpiresAt: '2026-08-01T12:00:00.000Z',
    });
    expect(structuredContent).not.toHaveProperty('connectUrl');
    expect(endpoint.issuedLinks).toEqual([]);
  });

  it.each([
    [
      'must sign in again',
      { oauthStatus: 'failed', requiresReauth: true, errorCode: 'INVALID_REFRESH_TOKEN' },
    ],
    ['has yet to connect', { oauthStatus: 'pending', credentialId: null, email: null, tokenExpiresAt: null }],
    ['left out a scope', { grantedScopes: ['openid', 'email', gmailScopes.metadata] }],
  ] as const)('offers a link when the owner %s', async (_case, state) => {
    endpoint.instance = { ...endpoint.instance, ...(state as Partial<typeof endpoint.instance>) };
    const { structuredContent } = await endpoint.callTool('get_connection_status');

    expect(structuredContent).toMatchObject({ connectUrl: endpoint.issuedLinks[0] });
  });

  it('names what was asked for and not granted', async () => {
    endpoint.instance = { ...endpoint.instance, grantedScopes: ['openid', 'email'] };
    const { structuredContent } = await endpoint.callTool('get_connection_status');

    expect(structuredContent).toMatchObject({ missingScopes: [gmailScopes.readonly] });
  });
});
