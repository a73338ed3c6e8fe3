import { expect, it } from '@jest/globals';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

it.each([gmailScopes.metadata, gmailScopes.compose])('tells address and counts under %s', async (scope) => {
  const endpoint = await McpEndpoint.start();
  endpoint.broker.grant.scopes = [scope];
  const { structuredContent } = await endpoint.callTool('get_profile');
  await endpoint.stop();

  expect(structuredContent).toEqual({
    email: 'ada@example.com',
    messagesTotal: 3_000_000_000,
    threadsTotal: 12,
  });
});
