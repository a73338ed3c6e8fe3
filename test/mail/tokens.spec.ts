import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { McpEndpoint, toolCall } from '../../src/gmail-mcp/endpoint/mcp-endpoint.fixture.js';
import { gmailPayload } from './gmail-form.js';
import { longThread, saidInThread } from './long-thread.js';
import { newsletter, newsletterLinks } from './newsletter.js';

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
});
afterAll(() => endpoint.stop());

function messageOf(mail: Buffer, id: string): object {
  return {
    ...{ id, threadId: 't1', labelIds: ['INBOX'], snippet: '', internalDate: '1767571200000' },
    payload: gmailPayload(mail),
  };
}

function answerWith(answer: object): void {
  endpoint.gmail.override = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };
}

/** What a tool answers to a model: all of it, or the text alone. */
async function called(name: string, input: object): Promise<{ text: string; tokens: number }> {
  const { answers } = await endpoint.post(toolCall(1, name, input));
  const { content, structuredContent } = answers[0]?.result as {
    content: { text: string }[];
    structuredContent?: object;
  };
  const text = content.map((block) => block.text).join('\n');
  return { text, tokens: countTokens(text) + countTokens(JSON.stringify(structuredContent ?? {})) };
}

describe('a newsletter of twelve articles', () => {
  beforeAll(() => answerWith(messageOf(newsletter, 'm1')));

  it('costs under 1,500 tokens, whole and with what a program gets beside it', async () => {
    const { text, tokens } = await called('get_message', { messageId: 'm1' });
    expect(tokens).toBeLessThan(1_500);
    for (const { title } of newsletterLinks) expect(text).toContain(title);
    expect(text).toContain('12 Quay Street');
    expect(text).not.toContain('cut:');
  });

  it('leads from each button to its page', async () => {
    const { text } = await called('get_message', { messageId: 'm1' });
    const ids = [...text.matchAll(/^Read more \[(?:\S+ )?link (\d+)\]$/gm)].map(([, id]) => Number(id));
    const { text: links } = await called('get_links', { messageId: 'm1', linkIds: ids });
    expect(
      [...links.matchAll(/^Link \d+ to click\.daily-letter\.example: (.*)$/gm)].map(([, url]) => url),
    ).toEqual(newsletterLinks.map(({ url }) => url));
  });
});

describe('a thread of twenty answers that each quote all before', () => {
  beforeAll(() => answerWith({ id: 't1', messages: longThread.map(({ id, mail }) => messageOf(mail, id)) }));

  it('costs under 2,500 tokens, with what each of them says', async () => {
    const { text, tokens } = await called('get_thread', { threadId: 't1' });
    expect(tokens).toBeLessThan(2_500);
    for (const said of saidInThread) expect(text.split(said)).toHaveLength(2);
  });
});
