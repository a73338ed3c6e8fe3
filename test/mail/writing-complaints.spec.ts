import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { McpEndpoint } from '../../src/gmail-mcp/endpoint/mcp-endpoint.fixture.js';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { gmailScopes } from '../../src/gmail/index.js';

// What users of other servers complain of in what they write, and cases that need the tools: each by its name. What needs
// a mailbox that searches and keeps drafts (T7, ids of drafts) is in test/mcp/written-mail.e2e-spec.ts.

let endpoint: McpEndpoint;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
  const scopes = [gmailScopes.modify, gmailScopes.settingsBasic];
  endpoint.broker.grant = { ...endpoint.broker.grant, scopes };
});
beforeEach(() => {
  endpoint.gmail.written.length = 0;
  endpoint.gmail.requests.length = 0;
  endpoint.gmail.messages.clear();
});
afterAll(() => endpoint.stop());

let calls = 0;
/** A key for each mail that is sent, so that none is taken for an earlier one. */
function withKey(name: string, input: object): object {
  const isSent = name === 'send_message' || name === 'reply_to_message';
  return isSent ? { ...input, idempotencyKey: `k${(calls += 1)}` } : input;
}

async function call(name: string, input: object): Promise<Record<string, unknown>> {
  const result = await endpoint.callTool(name, withKey(name, input));
  expect(result.isError === true ? result.content : null).toBeNull();
  return result.structuredContent ?? {};
}

async function refusal(name: string, input: object): Promise<unknown> {
  const result = await endpoint.callTool(name, withKey(name, input));
  expect({ refused: result.isError, written: endpoint.gmail.written }).toEqual({
    refused: true,
    written: [],
  });
  return JSON.parse(result.content.at(-1)?.text ?? '');
}

/** The mail that a tool has written. */
async function written(name: string, input: object): Promise<Email & { threadId: string | undefined }> {
  await call(name, input);
  const [mail] = endpoint.gmail.written;
  return { ...(await PostalMime.parse(mail?.mime ?? '')), threadId: mail?.threadId };
}

function received(headers: Record<string, string> = {}): void {
  endpoint.gmail.messages.set('m1', { subject: 'Lunch?', text: 'At noon?', headers });
}

const writingTools = ['create_draft', 'send_message'] as const;

describe('Cases that need the tools', () => {
  it('T1: get_message tells the Reply-To, and a reply goes there', async () => {
    received({ 'Reply-To': 'Real Person <real@customer.example>' });
    expect(await call('get_message', { messageId: 'm1' })).toMatchObject({
      ...{ from: 'Bea <bea@example.com>', replyTo: 'Real Person <real@customer.example>' },
    });
    expect((await written('reply_to_message', { messageId: 'm1', body: 'Yes' })).to).toEqual([
      { name: 'Real Person', address: 'real@customer.example' },
    ]);
  });

  it.each<[string, string, string, string]>([
    [
      'T2: of a Google Group',
      `"'ann@a.example' via Team" <team@b.example>`,
      "'ann@a.example' via Team",
      'team@b.example',
    ],
    [
      'T2: of a Google Group, unquoted',
      "'ann@a.example' via Team <team@b.example>",
      "'ann@a.example' via Team",
      'team@b.example',
    ],
    [
      'T4: with a comma',
      'LastßlName, FirstName <comma@x.example>',
      'LastßlName, FirstName',
      'comma@x.example',
    ],
    ['T4: with a colon', 'Support: Team <a@b.example>', 'Support: Team', 'a@b.example'],
    ['T4: in brackets', 'Ann (Acme) <a@b.example>', 'Ann (Acme)', 'a@b.example'],
  ])('a shown sender is taken as recipient, %s', async (_case, From, name, address) => {
    received({ From });
    const { from } = await call('get_message', { messageId: 'm1' });
    expect(from).toBe(`"${name}" <${address}>`);
    for (const to of [from, From]) {
      endpoint.gmail.written.length = 0;
      expect((await written('create_draft', { to: [to], body: 'Hello' })).to).toEqual([{ name, address }]);
    }
  });

  it.each([
    ['the author', {}, 'bea@example.com'],
    ['the Reply-To', { 'Reply-To': 'real@customer.example' }, 'real@customer.example'],
  ])('T3: a draft that answers and names no recipient goes to %s', async (_who, headers, address) => {
    received(headers);
    const { to } = await written('create_draft', { replyToMessageId: 'm1', body: 'Yes' });
    expect(to).toMatchObject([{ address }]);
  });

  it.each([
    ['reply_to_message', { messageId: 'm1' }],
    ['send_message', { replyToMessageId: 'm1' }],
    ['create_draft', { replyToMessageId: 'm1' }],
  ])('T5: a Message-ID without angle brackets is answered with them, by %s', async (tool, which) => {
    received({ 'Message-ID': 'abc123@a.example' });
    expect(await written(tool, { ...which, body: 'Yes' })).toMatchObject({
      ...{ inReplyTo: '<abc123@a.example>', references: '<abc123@a.example>', threadId: 't-m1' },
    });
  });

  it.each(writingTools)('T6: %s puts HTML beside a plain body, with its lines and links', async (tool) => {
    const line = `A long paragraph ${'that no line is broken in '.repeat(20)}`.trim();
    const body = `${line}\n\nhttps://a.example/path?x=1&y=2`;
    const { text, html } = await written(tool, { to: ['bea@example.com'], subject: 'Both', body });
    expect(text?.trimEnd()).toBe(body);
    expect(html).toContain(`<div dir="auto">${line}</div>`);
    expect(html).toContain('<a href="https://a.example/path?x=1&amp;y=2">');
  });
});

describe('What users of other servers complain of in writing does not happen', () => {
  it.each([
    ['reply_to_message', { messageId: 'm1' }],
    ['send_message', { replyToMessageId: 'm1' }],
    ['create_draft', { replyToMessageId: 'm1' }],
  ])('replies are not threaded (google_workspace_mcp#294, #457, GongRzhe#66), of %s', async (tool, which) => {
    received({ 'Message-ID': '<q2@example.com>', References: '<q1@example.com>' });
    expect(await written(tool, { ...which, body: 'Yes' })).toMatchObject({
      ...{ threadId: 't-m1', subject: 'Re: Lunch?' },
      ...{ inReplyTo: '<q2@example.com>', references: '<q1@example.com> <q2@example.com>' },
    });
  });

  it.each(writingTools)(
    'a reply by %s has another subject, which opens a thread of its own',
    async (tool) => {
      received();
      const input = { replyToMessageId: 'm1', subject: 'Dinner?', body: 'Yes' };
      expect(await refusal(tool, input)).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'subject' });
    },
  );

  it.each(writingTools)('UTF-8 subjects are garbled (pulsemcp#388), by %s', async (tool) => {
    const subject = `Grüße aus Zürich – 日本語 🎉 ${'und noch viel länger '.repeat(5)}`.trim();
    const mail = { to: ['Jörg <j@example.com>'], subject, body: 'Schöne Grüße' };
    const email = await written(tool, mail);
    expect(email).toMatchObject({ subject, to: [{ name: 'Jörg' }] });
    expect(email.text?.trimEnd()).toBe('Schöne Grüße');
    const [head = ''] = endpoint.gmail.written[0]!.mime.split('\r\n\r\n');
    // eslint-disable-next-line no-control-regex -- headers are ASCII (RFC 5322, section 2.2)
    expect(head).toMatch(/^[\x00-\x7f]+$/);
    for (const [word] of head.matchAll(/=\?[^\s?]+\?[QB]\?[^\s?]*\?=/gi))
      expect(word.length).toBeLessThanOrEqual(75);
  });

  it.each(writingTools)('names of files are garbled, or cut where they are long, by %s', async (tool) => {
    const filename = `Überweisung für März – 請求書 🎉 ${'und noch viel länger '.repeat(5)}.pdf`;
    const files = [{ filename, mimeType: 'application/pdf', body: { size: 5, attachmentId: 'first-read' } }];
    endpoint.gmail.messages.set('m1', { subject: 'Bill', text: 'See it', files });
    endpoint.gmail.attachments.set('first-read', Buffer.from('Hello'));
    const mail = { to: ['bea@example.com'], subject: 'Bill', body: 'See it', attachments: ['m1/1'] };
    const { attachments } = await written(tool, mail);
    expect(attachments.map((file) => file.filename)).toEqual([filename]);
    const lines = endpoint.gmail.written[0]!.mime.split('\r\n');
    // Headers are ASCII (RFC 5322, section 2.2), names of files as well (RFC 2231).
    expect(lines.filter((line) => /[^ -~\t]/.test(line) || line.length > 998)).toEqual([]);
  });

  it('a file is named by an id that Gmail changes at each read, and is not found any more', async () => {
    const body = { size: 5, attachmentId: 'first-read' };
    const files = [{ filename: 'bill.pdf', mimeType: 'application/pdf', body }];
    endpoint.gmail.messages.set('m1', { subject: 'Bill', text: 'See it', files });
    const { attachments } = await call('get_message', { messageId: 'm1' });
    const [{ partId }] = attachments as [{ partId: string }];
    body.attachmentId = 'second-read';
    endpoint.gmail.attachments.clear();
    endpoint.gmail.attachments.set('second-read', Buffer.from('Hello'));
    const mail = { to: ['bea@example.com'], subject: 'Bill', body: 'x', attachments: [`m1/${partId}`] };
    const [file] = (await written('create_draft', mail)).attachments;
    expect(Buffer.from(file!.content as ArrayBuffer).toString()).toBe('Hello');
  });

  it.each([
    ['subject', { subject: 'Hello\r\nBcc: eve@example.com' }, 1],
    ['name, which is refused', { to: ['Bea\r\nBcc: eve@example.com <bea@example.com>'] }, 0],
  ])('a header is smuggled in by the %s', async (_by, input, mails) => {
    const mail = { to: ['bea@example.com'], subject: 'Hello', body: 'Hello', ...input };
    await endpoint.callTool('create_draft', mail);
    expect(endpoint.gmail.written).toHaveLength(mails);
    for (const { mime } of endpoint.gmail.written) expect((await PostalMime.parse(mime)).bcc).toBeUndefined();
  });

  it.each(writingTools)(
    'mail of more than 35 MB by %s is refused by Gmail only, after minutes',
    async (tool) => {
      const body = { size: 28_000_000, attachmentId: 'large' };
      const files = [{ filename: 'large.zip', mimeType: 'application/zip', body }];
      endpoint.gmail.messages.set('m1', { subject: 'Large', text: 'See it', files });
      const mail = { to: ['bea@example.com'], subject: 'Large', body: 'See it', attachments: ['m1/1'] };
      expect(await refusal(tool, mail)).toMatchObject({
        errorCode: 'PAYLOAD_TOO_LARGE',
        field: 'attachments',
      });
      const fetched = endpoint.gmail.requests.filter(({ url }) => url.pathname.includes('/attachments/'));
      expect(fetched).toEqual([]);
    },
  );

  it.each(writingTools)('mail to more than 500 by %s is refused by Gmail only', async (tool) => {
    const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com`);
    const mail = { subject: 'All', body: 'Hello', to: people(300) };
    expect(await refusal(tool, { ...mail, bcc: people(201) })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'to' },
    });
    expect((await written(tool, { ...mail, bcc: people(200) })).bcc).toHaveLength(200);
  });

  it.each(writingTools)('mail by %s is from an address that is not verified', async (tool) => {
    const verified = { sendAsEmail: 'desk@example.com', verificationStatus: 'accepted' };
    const pending = { sendAsEmail: 'later@example.com', verificationStatus: 'pending' };
    endpoint.gmail.sendAs = [{ sendAsEmail: 'ada@example.com', isPrimary: true }, verified, pending];
    const mail = { to: ['bea@example.com'], subject: 'From', body: 'Hello' };
    for (const from of ['later@example.com', 'eve@example.com'])
      expect(await refusal(tool, { ...mail, from })).toMatchObject({
        ...{ errorCode: 'VALIDATION_FAILED', field: 'from' },
      });
    const { from } = await written(tool, { ...mail, from: 'desk@example.com' });
    expect(from).toMatchObject({ address: 'desk@example.com' });
  });

  it('a filter is "updated", which Gmail cannot do', () => {
    const names = gmailTools.map(({ name }) => name).filter((name) => name.includes('filter'));
    expect(names.toSorted()).toEqual(['create_filter', 'delete_filter', 'get_filter', 'list_filters']);
  });
});
