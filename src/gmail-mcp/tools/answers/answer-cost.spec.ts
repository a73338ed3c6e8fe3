import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

/** As long as Gmail's own. */
function idOf(index: number): string {
  return (0x18c2f0a9d3e4b5c6n + BigInt(index * 1_234_567)).toString(16);
}

const tracked = 'https://click.news.example/ls/click?upn=u001.';
const articles = Array.from({ length: 12 }, (_, index) => {
  const link = tracked + Buffer.from(`article ${index} `.repeat(12)).toString('base64url');
  return (
    `<tr><td><a href="${link}"><img src="https://img.news.example/${index}.png" alt=""></a>` +
    `<h2><a href="${link}">Article ${index}: what happened in the town of Ghent this week</a></h2>` +
    '<p>The council has met on Monday and talked for hours about the new bridge over the river, which is to be ' +
    `built next year. Read what it costs, and who pays for it.</p><p><a href="${link}">Read more</a></p></td></tr>`
  );
});

const calls: [what: string, name: string, input: object][] = [
  ['a newsletter of twelve articles', 'get_message', { messageId: 'news' }],
  ['a thread of twenty replies', 'get_thread', { threadId: idOf(0) }],
  ['a search that finds ten', 'search_messages', {}],
  [
    'ten messages at once',
    'get_messages',
    { messageIds: Array.from({ length: 10 }, (_, index) => idOf(index)) },
  ],
];

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
  const said: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    const own = `Reply ${index}: I looked into item ${index * 7} and think that we should settle it by week ${index}.`;
    const attribution = `On Fri, 31 Jul 2026 at 10:${10 + index} Bea <bea@example.com> wrote:`;
    const quoted = said.at(-1)?.replaceAll(/^/gm, '> ');
    said.push(quoted === undefined ? own : `${own}\n\n${attribution}\n${quoted}`);
  }
  for (const [index, text] of said.entries())
    endpoint.gmail.messages.set(idOf(index), {
      ...{ subject: index === 0 ? 'Offsite' : 'Re: Offsite', text, threadId: idOf(0) },
      headers: { From: `Person ${index % 5} <person${index % 5}@team.example>` },
    });
  endpoint.gmail.messages.set('news', {
    subject: 'What happened this week',
    text: `<html><body><table>${articles.join('')}</table></body></html>`,
    mimeType: 'text/html',
  });
});
afterAll(() => endpoint.stop());

describe.each(calls)('%s', (_what, name, input) => {
  it('costs a client that shows text and structure at most 1.3 times the text', async () => {
    const { content, structuredContent } = await endpoint.askTool(name, input);
    const text = countTokens(content[0]?.text ?? '');
    const both = text + countTokens(JSON.stringify(structuredContent));

    expect(both).toBeLessThan(text * 1.3);
  });
});

it('takes under 2,500 tokens, text and structure together, for the twenty replies', async () => {
  const { content, structuredContent } = await endpoint.askTool('get_thread', { threadId: idOf(0) });

  expect(structuredContent).toMatchObject({ totalMessages: 20, olderMessages: 0 });
  expect(countTokens(`${content[0]?.text ?? ''}${JSON.stringify(structuredContent)}`)).toBeLessThan(2_500);
});
