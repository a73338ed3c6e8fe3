import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;
beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.instance = { ...endpoint.instance, toolsets: ['core', 'settings'] };
});
afterEach(() => endpoint.stop());

interface Page {
  sendAs: { email: string }[];
  totalSendAs: number;
  nextOffset?: number;
}

async function page(input: object): Promise<{ structure: Page; chars: number }> {
  const { content, structuredContent } = await endpoint.callTool('list_send_as', input);
  return {
    structure: structuredContent as unknown as Page,
    chars: content.reduce((sum, { text }) => sum + text.length, 0),
  };
}

describe('hundreds of send-as addresses', () => {
  beforeEach(() => {
    endpoint.gmail.sendAs = Array.from({ length: 300 }, (_, index) => ({
      ...{ sendAsEmail: `alias-${index}@example.com`, displayName: `Alias ${index}` },
      ...{ signature: '<p>Yours</p>'.repeat(60), isPrimary: index === 0 },
    }));
  });

  it('come in pages that an answer has room for, each once', async () => {
    const seen: string[] = [];
    let offset: number | undefined = 0;
    let pages = 0;
    while (offset !== undefined) {
      const { structure, chars } = await page({ offset });
      expect(chars).toBeLessThan(25_000);
      expect(structure.totalSendAs).toBe(300);
      seen.push(...structure.sendAs.map(({ email }) => email));
      offset = structure.nextOffset;
      pages += 1;
    }
    expect(pages).toBeGreaterThan(5);
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => `alias-${index}@example.com`));
  });

  it('come in smaller pages for who asks for that', async () => {
    expect((await page({ maxChars: 2_000 })).structure.sendAs.length).toBeLessThan(4);
  });
});

it('tells a few in one page', async () => {
  const { structure } = await page({});
  expect(structure).toEqual({
    sendAs: [expect.objectContaining({ email: 'ada@example.com', isPrimary: true })],
    totalSendAs: 1,
  });
});
