import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { gmailScopes } from '../../src/gmail/index.js';
import { MailBytes } from '../../src/gmail-mcp/uploads/mail-bytes.js';
import { accessToken } from '../harness/access-tokens.js';
import { type CreatedInstance, TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start();
  instance = await app.createInstance({
    scopes: [gmailScopes.modify],
    toolsets: ['core', 'drafts'],
    // The same words are drafted, read and sent here.
    policy: { newRecipients: 'allow', secrets: 'allow' },
  });
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

// What Gmail does to drafts, and T7 of the cases that need the tools; the others are in test/mail/writing-complaints.spec.ts.
describe('a draft', () => {
  async function newDraft(subject: string): Promise<{ draftId: string; messageId: string }> {
    const mail = { to: ['sam@sandbox.test'], subject, body: 'Medlars' };
    const { structured } = await callTool(instance, 'create_draft', mail);
    return structured as { draftId: string; messageId: string };
  }

  async function found(query: string): Promise<string[]> {
    const { structured } = await callTool(instance, 'search_messages', { query });
    return (structured.messages as { id: string }[]).map(({ id }) => id);
  }

  it.each([
    'in:drafts quinces',
    'is:draft quinces',
    'label:"Travel plans" quinces',
    '{quinces loquats} in:drafts',
    'loquats OR quinces',
  ])('T7: is found by %s', async (query) => {
    const { draftId, messageId } = await newDraft('Quinces');
    const labelled = { messageId, addLabelIds: ['Travel plans'] };
    expect((await callTool(instance, 'modify_message_labels', labelled)).isError).toBe(false);
    expect(await found(query)).toEqual([messageId]);
    await callTool(instance, 'delete_draft', { draftId });
  });

  it('keeps its id when it is changed, and gets another message', async () => {
    const { draftId, messageId } = await newDraft('Plan');
    const changed = await callTool(instance, 'update_draft', { draftId, body: 'Otherwise' });
    expect(changed.structured.draftId).toBe(draftId);
    expect(changed.structured.messageId).not.toBe(messageId);
    expect((await callTool(instance, 'get_message', { messageId })).error).toMatchObject({
      errorCode: 'NOT_FOUND',
    });
    expect((await callTool(instance, 'get_draft', { draftId })).structured).toMatchObject({
      ...{ messageId: changed.structured.messageId, subject: 'Plan', body: { text: 'Otherwise' } },
    });
  });

  it.each([
    ['send_draft', {}],
    ['update_draft', { body: 'Otherwise' }],
  ])('is not fetched by %s while there is no room in memory for it', async (tool, change) => {
    const { draftId } = await newDraft(`Room for ${tool}`);
    const [{ tenantId }] = await app.dataSource.query<[{ tenantId: string }]>(
      'SELECT tenant_id AS "tenantId" FROM mcp_instances WHERE id = $1',
      [instance.id],
    );
    const taken = 48 * 1_048_576;
    const refused = await app
      .part(MailBytes)
      .within(tenantId, taken, () => callTool(instance, tool, { draftId, ...change }));
    expect(refused.error).toMatchObject({ errorCode: 'RATE_LIMITED', reason: 'mail_bytes' });
    expect((await callTool(instance, tool, { draftId, ...change })).isError).toBe(false);
  });
});
