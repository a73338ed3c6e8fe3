import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { McpEndpoint, type ToolResult } from '../../src/gmail-mcp/endpoint/mcp-endpoint.fixture.js';
import { gmailPayload } from './gmail-form.js';

// What users of other servers complain of, each by the name of its repository and issue.

let endpoint: McpEndpoint;
beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

interface Body {
  text: string;
  truncated: boolean;
  totalChars: number;
  nextOffset?: number;
}

function tokensOf({ content }: ToolResult): number {
  return countTokens(content.map(({ text }) => text).join('\n'));
}

/** Gmail has this one mail. */
function received(mail: string): void {
  const message = {
    ...{ id: 'm1', threadId: 't1', labelIds: ['INBOX'], snippet: '', internalDate: '1760000000000' },
    payload: gmailPayload(Buffer.from(mail)),
  };
  endpoint.gmail.override = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
  };
}

async function read(input: object = {}): Promise<{ result: ToolResult; body: Body; subject: string }> {
  const result = await endpoint.callTool('get_message', { messageId: 'm1', ...input });
  return { result, ...(result.structuredContent as { body: Body; subject: string }) };
}

describe('What users of other servers complain of does not happen', () => {
  it('one read of 46k tokens fails whole (GongRzhe#33)', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `Line ${index}: the quick brown fox`);
    expect(countTokens(lines.join('\n'))).toBeGreaterThan(46_000);
    received(`Subject: Long\r\nContent-Type: text/plain\r\n\r\n${lines.join('\r\n')}`);

    const first = await read();
    expect(tokensOf(first.result)).toBeLessThan(10_000);
    expect(first.body).toMatchObject({ truncated: true, totalChars: lines.join('\n').length });
    let text = first.body.text;
    for (let next = first.body.nextOffset; next !== undefined;) {
      const page = await read({ offset: next });
      expect(tokensOf(page.result)).toBeLessThan(10_000);
      text += page.body.text;
      next = page.body.nextOffset;
    }
    expect(text).toBe(lines.join('\n'));
  });

  it('an attachment costs 57k tokens of base64 (shinzo#65)', async () => {
    const bytes = Buffer.from(Array.from({ length: 90_000 }, (_, index) => (index * 7919) % 256));
    const base64 = bytes.toString('base64');
    expect(countTokens(base64)).toBeGreaterThan(57_000);
    received(
      `Subject: File\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee it\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n--b--`,
    );

    for (const [name, input] of [
      ['get_message', { messageId: 'm1' }],
      ['get_attachment', { messageId: 'm1', partId: '1' }],
    ] as const) {
      const result = await endpoint.callTool(name, input);
      expect(tokensOf(result)).toBeLessThan(1_000);
      expect(JSON.stringify(result)).toContain('a.zip');
      expect(JSON.stringify(result)).not.toContain(base64.slice(0, 40));
    }
  });

  it('a thread is silently truncated to its five oldest (claude-ai-mcp#296, #730)', async () => {
    for (let number = 1; number <= 40; number += 1)
      endpoint.gmail.messages.set(`m${number}`, {
        subject: 'Offsite',
        text: `Text ${number}`,
        threadId: 't1',
      });
    const result = await endpoint.callTool('search_threads', {});
    const { threads } = result.structuredContent as {
      threads: { totalMessages: number; messagesNotShown: number; messages: { id: string }[] }[];
    };

    const [shown] = threads;
    expect(shown?.messages[0]?.id).toBe('m40');
    expect(shown?.totalMessages).toBe(40);
    expect(shown?.messagesNotShown).toBe(40 - (shown?.messages.length ?? 0));
  });

  it('a stub of 59 characters is chosen over 17k of HTML, and the links are lost (cli#889)', async () => {
    const stub = 'To view this message, please use an HTML compatible viewer.';
    expect(stub).toHaveLength(59);
    const articles = Array.from(
      { length: 170 },
      (_, index) =>
        `<tr><td style="padding:4px 8px;border:0">Story ${index} <a href="https://news.example/${index}">Read on</a></td></tr>`,
    );
    const html = `<html><body><table>${articles.join('\n')}</table></body></html>`;
    expect(html.length).toBeGreaterThan(17_000);
    received(
      `Subject: News\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n${stub}\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b--`,
    );

    const { body } = await read();
    expect(body.text).not.toContain(stub);
    for (const index of [0, 169])
      expect(body.text).toMatch(
        new RegExp(String.raw`Story ${index} Read on \[[^\]]*news\.example/${index}\b`),
      );
  });

  it.each([
    ['decoded by Gmail', 'Grüße aus Zürich – 日本語 🎉'],
    [
      'left as they came',
      '=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_Z=C3=BCrich_=E2=80=93?= =?utf-8?B?IOaXpeacrOiqniDwn46J?=',
    ],
  ])('UTF-8 subjects are garbled, %s (pulsemcp#388)', async (_how, subject) => {
    endpoint.gmail.messages.set('m1', { subject, text: 'Text' });
    expect((await read()).subject).toBe('Grüße aus Zürich – 日本語 🎉');
  });

  it('stubs of 429 hide in a batch that "succeeds" (google_workspace_mcp#1009)', async () => {
    const { gmail } = endpoint;
    for (const id of ['m1', 'm2', 'm3']) gmail.messages.set(id, { subject: id, text: `Text of ${id}` });
    gmail.override = (request, response) => {
      if (!new URL(request.url ?? '', 'http://gmail').pathname.endsWith('/m2')) {
        void gmail.answerAsUsual(request, response);
        return;
      }
      const error = { code: 429, errors: [{ reason: 'rateLimitExceeded' }] };
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '600' })
        .end(JSON.stringify({ error }));
    };

    const { structuredContent } = await endpoint.callTool('get_messages', { messageIds: ['m1', 'm2', 'm3'] });
    const { messages } = structuredContent as { messages: { id: string; status: string }[] };
    expect(messages).toMatchObject([
      { id: 'm1', status: 'ok', body: { text: 'Text of m1' } },
      { id: 'm2', status: 'failed', errorCode: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 600 },
      { id: 'm3', status: 'ok', body: { text: 'Text of m3' } },
    ]);
    expect(messages[1]).not.toHaveProperty('body');
  });
});
