import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../../gmail/index.js';
import { instanceId, McpEndpoint, type ToolResult } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

/** Of those whose toolset is on. */
function reasons({ structuredContent }: ToolResult): Record<string, string> {
  const unavailable = structuredContent?.unavailableTools as { name: string; reason: string }[];
  const missing = unavailable.filter(({ reason }) => reason !== 'toolset_off');
  return Object.fromEntries(missing.map(({ name, reason }) => [name, reason]));
}

describe('get_connection_status', () => {
  it('offers no link while the connection is healthy', async () => {
    endpoint.instance = { ...endpoint.instance, toolsets: ['core'] };
    const result = await endpoint.callTool('get_connection_status');
    const { structuredContent } = result;

    expect(reasons(result)).toEqual({});
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

  it('tells when Google ends the connection by itself', async () => {
    const healthy = await endpoint.callTool('get_connection_status');
    expect(healthy.structuredContent).toMatchObject({ grantExpiresAt: null });

    endpoint.instance = { ...endpoint.instance, grantExpiresAt: new Date('2026-08-08T12:00:00Z') };
    const { structuredContent } = await endpoint.callTool('get_connection_status');
    expect(structuredContent).toMatchObject({ grantExpiresAt: '2026-08-08T12:00:00.000Z' });
  });

  it('names what was asked for and not granted', async () => {
    endpoint.instance = { ...endpoint.instance, grantedScopes: ['openid', 'email'] };
    const { structuredContent } = await endpoint.callTool('get_connection_status');

    expect(structuredContent).toMatchObject({ missingScopes: [gmailScopes.full] });
  });

  it('offers no link for scopes of identity, which no tool needs', async () => {
    endpoint.instance = { ...endpoint.instance, grantedScopes: [gmailScopes.full] };
    const { structuredContent } = await endpoint.callTool('get_connection_status');

    expect(structuredContent).toMatchObject({ missingScopes: ['openid', 'email'] });
    expect(structuredContent).not.toHaveProperty('connectUrl');
  });

  it('names the tools that cannot work, and why', async () => {
    const scopes = ['openid', 'email', gmailScopes.readonly, gmailScopes.compose];
    const grantedScopes = ['openid', 'email', gmailScopes.modify];
    endpoint.instance = { ...endpoint.instance, toolsets: ['core'], scopes, grantedScopes };
    const wide = await endpoint.callTool('get_connection_status');
    expect(reasons(wide)).toEqual({
      modify_message_labels: 'not_asked_for',
      modify_thread_labels: 'not_asked_for',
    });

    endpoint.instance = { ...endpoint.instance, grantedScopes: [gmailScopes.readonly] };
    const narrow = await endpoint.callTool('get_connection_status');
    expect(reasons(narrow)).toEqual({
      modify_message_labels: 'not_asked_for',
      modify_thread_labels: 'not_asked_for',
      create_draft: 'not_granted',
      send_message: 'not_granted',
      reply_to_message: 'not_granted',
      forward_message: 'not_granted',
      send_draft: 'not_granted',
    });

    endpoint.instance = { ...endpoint.instance, requiresReauth: true, errorCode: 'INVALID_REFRESH_TOKEN' };
    const dead = await endpoint.callTool('get_connection_status');
    expect(reasons(dead)).toMatchObject({
      search_messages: 'sign_in_required',
      modify_message_labels: 'not_asked_for',
      send_message: 'not_granted',
    });
    expect(reasons(dead)).not.toHaveProperty('get_connection_status');
  });

  it('names in one line the tools of a toolset that is off, and who can switch it on', async () => {
    endpoint.instance = { ...endpoint.instance, toolsets: ['core', 'organize'], readOnly: true };
    const { content } = await endpoint.askTool('get_connection_status');
    const lines = (content[0]?.text ?? '').split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^create_attachment_upload, list_drafts, .+ cannot work \(toolset_off\): .+"drafts".+ operator/,
      ),
    );
    expect(lines.filter((line) => line.includes('get_draft'))).toHaveLength(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^modify_message_labels, .+create_label.+\(read_only\): .+only the operator/),
    );
  });
});
