import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { gmailScopes } from '../../src/gmail/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { type CreatedInstance, TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start();
  instance = await app.createInstance({ scopes: [gmailScopes.modify] });
  await app.connect(instance.id, { account: 'demo@sandbox.test' });
});
afterAll(() => app.stop());

async function gmail<Answer>(path: string): Promise<Answer> {
  const { body } = await accessToken(app, instance.id);
  const response = await fetch(`${app.environment.GMAIL_API_URL}/gmail/v1/users/me/${path}`, {
    headers: { authorization: `Bearer ${body.accessToken}` },
  });
  return (await response.json()) as Answer;
}

/** What a tool wrote, as Gmail has it. */
async function written(tool: string, input: object): Promise<{ email: Email; mimeType: string }> {
  const { structured } = await callTool(instance, tool, { to: ['sam@sandbox.test'], ...input });
  const { messageId, id = messageId } = structured as { id?: string; messageId?: string };
  const { payload } = await gmail<{ payload: { mimeType: string } }>(`messages/${id ?? ''}`);
  const { raw } = await gmail<{ raw: string }>(`messages/${id ?? ''}?format=raw`);
  return { email: await PostalMime.parse(Buffer.from(raw, 'base64url')), mimeType: payload.mimeType };
}

const body = [
  `A long paragraph ${'that no line is broken in '.repeat(20)}`.trim(),
  '',
  '  see https://a.example/path?x=1&y=<2> and <b>this</b>',
  'Ada wrote:',
  '> Shall we?',
].join('\n');

describe.each(['create_draft', 'send_message'])('what %s writes', (tool) => {
  it('has HTML beside the plain text, with its lines, links and quotation', async () => {
    const { email, mimeType } = await written(tool, { subject: 'Both', body });
    expect(mimeType).toBe('multipart/alternative');
    expect(email.text?.trimEnd().replaceAll('\r\n', '\n')).toBe(body);
    expect(email.html).toContain(`<div dir="auto">${body.split('\n')[0] ?? ''}</div>`);
    expect(email.html).toContain(
      '<a href="https://a.example/path?x=1&amp;y=">https://a.example/path?x=1&amp;y=</a>',
    );
    expect(email.html).toContain('&lt;b&gt;this&lt;/b&gt;');
    expect(email.html).toMatch(/<blockquote[^>]*><div dir="auto">Shall we\?<\/div><\/blockquote>/);
  });

  it('has the HTML that was given, and no other', async () => {
    const { email } = await written(tool, { subject: 'Own', body: 'Hello', htmlBody: '<p>Hello</p>' });
    expect(email.html?.trim()).toBe('<p>Hello</p>');
  });

  it('reads back as the text that was written', async () => {
    const { structured } = await callTool(instance, tool, {
      to: ['sam@sandbox.test'],
      subject: 'Back',
      body,
    });
    const { messageId, id = messageId } = structured as { id?: string; messageId?: string };
    const read = await callTool(instance, 'get_message', { messageId: id });
    expect(read.structured).toMatchObject({ body: { text: body } });
  });
});
