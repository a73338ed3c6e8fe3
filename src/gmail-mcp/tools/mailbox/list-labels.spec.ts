import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

describe('list_labels', () => {
  it('tells ids, names and whose they are', async () => {
    expect((await endpoint.callTool('list_labels')).structuredContent).toEqual({
      labels: [
        { id: 'INBOX', name: 'INBOX', type: 'system' },
        { id: 'Label_1', name: 'Travel plans', type: 'user' },
      ],
      totalLabels: 2,
    });
  });

  it('hands out many labels in pages that make up the whole', async () => {
    for (let label = 2; label <= 299; label += 1)
      endpoint.gmail.labels.push({ id: `Label_${label}`, name: `Project ${label}`, type: 'user' });
    const first = await endpoint.callTool('list_labels');
    const second = await endpoint.callTool('list_labels', { offset: first.structuredContent?.nextOffset });

    const listed = [first, second].map(({ structuredContent }) => structuredContent?.labels as object[]);
    expect(first.structuredContent).toMatchObject({ totalLabels: 300, nextOffset: listed[0]?.length });
    expect(listed[0]?.length).toBeGreaterThan(150);
    expect(listed.flat()).toEqual(endpoint.gmail.labels);
    expect(second.structuredContent).not.toHaveProperty('nextOffset');
  });

  it.each(['labels', 'metadata', 'readonly', 'modify', 'full'] as const)(
    'is content with %s',
    async (name) => {
      endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes[name]] };

      expect((await endpoint.callTool('list_labels')).isError).toBeUndefined();
    },
  );

  it.each(['send', 'compose', 'insert'] as const)('is refused with no more than %s', async (name) => {
    endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes[name]] };

    expect((await endpoint.callTool('list_labels')).isError).toBe(true);
    expect(endpoint.gmail.requests).toEqual([]);
  });
});
