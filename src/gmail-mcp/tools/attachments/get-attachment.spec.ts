import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { McpEndpoint, type ToolResult } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

const png = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');

function attach(filename: string, mimeType: string, content: string | Buffer, size?: number): void {
  const bytes = Buffer.from(content);
  const body = { size: size ?? bytes.length, data: bytes.toString('base64url') };
  endpoint.gmail.messages.set('m1', {
    subject: 'Files',
    text: 'See the file',
    files: [{ filename, mimeType, body }],
  });
}

function call(input: object = {}): Promise<ToolResult> {
  return endpoint.callTool('get_attachment', { messageId: 'm1', partId: '1', ...input });
}

async function read(input: object = {}): Promise<Record<string, unknown>> {
  return (await call(input)).structuredContent ?? {};
}

describe('get_attachment', () => {
  it('tells what a file is, and gives a link of ours to it, also as a resource', async () => {
    attach('Übersicht.pdf', 'application/pdf', '%PDF-1.7', 5_000);
    const { content, structuredContent } = await call();
    const { url } = structuredContent as { url: string };

    expect(structuredContent).toEqual({
      notice: expect.any(String),
      threadId: 't-m1',
      filename: 'Übersicht.pdf',
      mimeType: 'application/pdf',
      sizeBytes: 5_000,
      url: expect.stringMatching(/^https:\/\/mcp\.example\/api\/attachments\/eg1\.k1\.[\w-]+$/),
      expiresAt: expect.stringMatching(/^\d{4}-.+Z$/),
      noText: { reason: 'damaged', message: expect.stringContaining('The text could not be read: ') },
    });
    expect(content[1]).toEqual({
      type: 'resource_link',
      ...{ uri: url, name: 'Übersicht.pdf', mimeType: 'application/pdf', size: 5_000 },
    });
    expect(JSON.stringify(content)).not.toContain(Buffer.from('%PDF-1.7').toString('base64'));
    const lifeMs = Date.parse(structuredContent?.expiresAt as string) - Date.now();
    expect(lifeMs / 60_000).toBeCloseTo(10, 0);
  });

  it.each([
    ['text', 'notes.txt', 'text/plain', 'Grüße 🌍', 'Grüße 🌍'],
    ['text under the type of any bytes', 'a.CSV', 'application/octet-stream', 'a,b', 'a,b'],
    ['JSON', 'a', 'application/ld+json', '{"a":1}', '{"a":1}'],
    ['HTML', 'a.html', 'text/html', '<p>Seen<i hidden>not seen</i></p>', 'Seen'],
    ['what only a machine reads in text', 'a.txt', 'text/plain', 'In\u200bvoice\u{e0049}', 'Invoice'],
  ])('reads %s', async (_what, filename, mimeType, content, text) => {
    attach(filename, mimeType, content);

    expect(await read()).toMatchObject({ filename, text: { text, truncated: false } });
  });

  it('hands out a long text in pages that make up the whole', async () => {
    const text = 'äöü🌍 '.repeat(200).trim();
    attach('a.txt', 'text/plain', text);
    let [whole, offset] = ['', 0 as number | undefined];
    while (offset !== undefined) {
      const { text: page } = await read({ offset, maxChars: 100 });
      const { text: part, nextOffset } = page as { text: string; nextOffset?: number };
      whole += part;
      offset = nextOffset;
    }

    expect(whole).toBe(text);
  });

  it.each([
    ['too_large', 'a.txt', 'text/plain', 256_001],
    ['too_large', 'a.pdf', 'application/pdf', 25 * 1024 * 1024 + 1],
    ['unsupported', 'a.bin', 'application/octet-stream', 1],
  ])(
    'says %s of what it does not read, and fetches nothing of it',
    async (reason, filename, mimeType, size) => {
      attach(filename, mimeType, 'x', size);
      const { content, structuredContent } = await endpoint.askTool('get_attachment', {
        ...{ messageId: 'm1', partId: '1' },
      });
      expect(structuredContent).toMatchObject({ noText: { reason } });
      expect(structuredContent).not.toHaveProperty('text');
      expect(content[0]?.text).toMatch(/^\[[\da-f]{8}\] The text could not be read: /m);
      expect(endpoint.gmail.requests.filter(({ url }) => url.pathname.includes('/attachments/'))).toEqual([]);
    },
  );

  it('shows a picture where asked, by what its bytes are', async () => {
    attach('a.jpg', 'image/jpeg', png);
    expect((await call()).content.map(({ type }) => type)).toEqual(['text', 'resource_link']);
    const { content, structuredContent } = await call({ showImage: true });

    expect(structuredContent).toMatchObject({ image: 'shown' });
    expect(content[2]).toEqual({ type: 'image', mimeType: 'image/png', data: png.toString('base64') });
  });

  it.each([
    ['no_image', 'image/png', '<svg onload="x()">', undefined],
    ['too_large', 'image/png', png, 1_000_001],
    ['too_large', 'image/png', Buffer.concat([png, Buffer.alloc(1_000_000)]), 10],
  ])('says %s of what it does not show', async (image, mimeType, content, size) => {
    attach('a.png', mimeType, content, size);
    const result = await call({ showImage: true });

    expect(result.structuredContent).toMatchObject({ image });
    expect(result.content.map(({ type }) => type)).not.toContain('image');
  });

  it('refuses a part that is not there', async () => {
    attach('a.txt', 'text/plain', 'x');
    for (const partId of ['7', '../1', '1.0']) {
      const { content } = await call({ partId });
      expect(JSON.parse(content[1]?.text ?? '')).toMatchObject({
        errorCode: 'VALIDATION_FAILED',
        field: 'partId',
      });
    }
  });
});
