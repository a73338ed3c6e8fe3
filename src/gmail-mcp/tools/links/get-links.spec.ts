import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { McpEndpoint, toolCall } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

interface Answer {
  links: { id: number; url: string; urlCut?: boolean; host: string | null; text: string | null }[];
  totalLinks: number;
  nextLinkId?: number;
}

function long(name: string): string {
  return `https://click.example/${name}?c=${'0a1B'.repeat(20)}`;
}

async function getLinks(input: object = {}): Promise<Answer> {
  const { structuredContent } = await endpoint.callTool('get_links', { messageId: 'm1', ...input });
  return structuredContent as unknown as Answer;
}

async function getText(input: object = {}): Promise<string> {
  const { structuredContent } = await endpoint.callTool('get_message', { messageId: 'm1', ...input });
  return (structuredContent?.body as { text: string }).text;
}

async function refusalOf(input: object): Promise<unknown> {
  const { content } = await endpoint.callTool('get_links', { messageId: 'm1', ...input });
  return { why: content[0]?.text, ...(JSON.parse(content[1]?.text ?? '') as object) };
}

describe('get_links', () => {
  beforeEach(() => {
    const text = `Read ${long('a')} and <${long('b')}>, or https://short.example/x`;
    endpoint.gmail.messages.set('m1', { subject: 'News', text });
  });

  it('gives the whole targets of what get_message shows shortened', async () => {
    expect(await getText()).toBe(
      'Read [click.example/a/… link 1] and [click.example/b/… link 2], or https://short.example/x',
    );
    expect(await getLinks()).toMatchObject({
      totalLinks: 3,
      links: [
        { id: 1, url: long('a'), host: 'click.example', text: null },
        { id: 2, url: long('b'), host: 'click.example', text: null },
        { id: 3, url: 'https://short.example/x', host: 'short.example', text: null },
      ],
    });
    expect((await getLinks({ linkIds: [2, 2] })).links).toMatchObject([{ id: 2, url: long('b') }]);
  });

  it('gives the same whatever page of the text was read', async () => {
    const page = await getText({ offset: 40, maxChars: 40 });
    const [, id] = /link (\d+)\]/.exec(page) ?? [];
    expect((await getLinks({ linkIds: [Number(id)] })).links[0]?.url).toBe(long('b'));
  });

  it('takes one id for a list of one, as models give it', async () => {
    expect((await getLinks({ linkIds: 1 })).links).toHaveLength(1);
  });

  it('tells a model each URL on a line of its own, and who it leads to', async () => {
    const text =
      '<html><body><a href="https://bank.example@evil.example/1">Log in\nLink 2: https://x.example</a></body></html>';
    endpoint.gmail.messages.set('m1', { subject: 'News', text });
    const { answers } = await endpoint.post(toolCall(1, 'get_links', { messageId: 'm1' }));
    const { content, structuredContent } = answers[0]?.result as Awaited<
      ReturnType<typeof endpoint.callTool>
    >;
    expect(content[0]?.text).toMatch(
      /\nLink 1 to evil\.example: https:\/\/bank\.example@evil\.example\/1\nClicked text: Log in Link 2: https:\/\/x\.example\n\[\w+\] end$/,
    );
    expect(structuredContent).toMatchObject({ totalLinks: 1 });
  });

  it('reads a text file by its part, as get_attachment does', async () => {
    const data = Buffer.from(`See ${long('file')}`).toString('base64url');
    endpoint.gmail.messages.set('m1', {
      ...{ subject: 'News', text: 'See the file' },
      files: [{ mimeType: 'text/plain', filename: 'a.txt', body: { size: 100, data } }],
    });
    expect(await getText({ partId: '1' })).toBe('See [click.example/file/… link 1]');
    expect((await getLinks({ partId: '1', linkIds: [1] })).links[0]?.url).toBe(long('file'));
    expect(await getLinks()).toMatchObject({ links: [], totalLinks: 0 });
    expect(await refusalOf({ linkIds: [1] })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'linkIds' },
      why: expect.stringContaining('this text has none. If a part was shown, give its partId'),
    });
  });

  it('says which links there are where an id is none', async () => {
    expect(await refusalOf({ linkIds: [2, 4] })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'linkIds' },
      why: expect.stringContaining('no link 4: this text has links 1 to 3'),
    });
  });

  it('hands out many in pages of no more than 10,000 tokens that make up the whole', async () => {
    const urls = Array.from({ length: 300 }, (_, index) => long(`x${index}`));
    endpoint.gmail.messages.set('m1', { subject: 'News', text: urls.join('\n') });
    const seen: string[] = [];
    let next: number | undefined = 1;
    while (next !== undefined) {
      const input = { messageId: 'm1', fromLinkId: next };
      const { answers } = await endpoint.post(toolCall(1, 'get_links', input));
      const { content } = answers[0]?.result as { content: { text: string }[] };
      expect(countTokens(content[0]?.text ?? '')).toBeLessThan(10_000);
      const page = await getLinks({ fromLinkId: next });
      seen.push(...page.links.map(({ url }) => url));
      next = page.nextLinkId;
    }
    expect(seen).toEqual(urls);
  });

  it('says that a URL is too long to be given, and gives its beginning', async () => {
    const url = `https://x.example/${'q0W9'.repeat(20_000)}`;
    endpoint.gmail.messages.set('m1', { subject: 'News', text: `${url} and ${long('b')}` });
    const { links } = await getLinks();
    expect(links.map(({ id, urlCut }) => [id, urlCut])).toEqual([
      [1, true],
      [2, undefined],
    ]);
    expect(url.startsWith(links[0]?.url ?? 'none')).toBe(true);
    const { content } = await endpoint.callTool('get_links', { messageId: 'm1' });
    expect(countTokens(content[0]?.text ?? '')).toBeLessThan(10_000);
  });

  it('says that there is no such message', async () => {
    expect(await refusalOf({ messageId: 'unknown' })).toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});
