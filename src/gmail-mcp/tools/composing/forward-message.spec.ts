import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { gmailScopes } from '../../../gmail/index.js';
import { McpEndpoint } from '../../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;
/** So that no call is taken for an earlier one. */
let calls = 0;
beforeAll(async () => {
  endpoint = await McpEndpoint.start();
});
const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const mail = 'From: x@y.example\r\nSubject: Inner\r\n\r\nHello\r\n';
beforeEach(() => {
  endpoint.broker.grant = { ...endpoint.broker.grant, scopes: [gmailScopes.modify] };
  endpoint.gmail.written.length = 0;
  endpoint.gmail.requests.length = 0;
  endpoint.gmail.attachments.set('att1', Buffer.from('%PDF-1.7 …'));
  endpoint.gmail.attachments.set('att2', Buffer.from(mail));
  endpoint.gmail.messages.set('m1', {
    subject: 'Re: Invoice',
    mimeType: 'text/html',
    text: '<p>See <img src="cid:logo@x" alt="Logo"> and the file.</p>',
    headers: { Cc: 'dan@example.com', 'Message-ID': '<q1@example.com>' },
    files: [
      { filename: 'Übersicht.pdf', mimeType: 'application/pdf', body: { size: 10, attachmentId: 'att1' } },
      {
        ...{ filename: 'logo.png', mimeType: 'image/png' },
        headers: [{ name: 'Content-ID', value: '<logo@x>' }],
        body: { size: png.length, data: png.toString('base64url') },
      },
      {
        filename: 'inner.eml',
        mimeType: 'message/rfc822',
        body: { size: mail.length, attachmentId: 'att2' },
      },
    ],
  });
});
afterAll(() => endpoint.stop());

async function forward(input: object = {}): Promise<Email> {
  const all = { messageId: 'm1', to: ['bea@example.com'], idempotencyKey: `k${(calls += 1)}`, ...input };
  const result = await endpoint.callTool('forward_message', all);
  expect(result.isError === true ? result.content : null).toBeNull();
  return PostalMime.parse(endpoint.gmail.written[0]?.mime ?? '', { forceRfc822Attachments: true });
}

async function refusal(input: object): Promise<unknown> {
  const all = { messageId: 'm1', to: ['bea@example.com'], idempotencyKey: `k${(calls += 1)}`, ...input };
  const result = await endpoint.callTool('forward_message', all);
  expect(result.isError).toBe(true);
  return JSON.parse(result.content[1]?.text ?? '');
}

describe('forward_message', () => {
  it('sends the message with its head, below the note', async () => {
    const { subject, text, html } = await forward({ note: 'Please look.' });

    expect(subject).toBe('Fwd: Invoice');
    expect(text).toContain(
      [
        'Please look.',
        '',
        '---------- Forwarded message ---------',
        'From: Bea <bea@example.com>',
        'Date: Sat, Aug 1, 2026 at 12:00 PM UTC',
        'Subject: Re: Invoice',
        'To: ada@example.com',
        'Cc: dan@example.com',
      ].join('\n'),
    );
    expect(html).toContain('<div dir="auto">Please look.</div><br><div class="gmail_quote');
    expect(html).toContain('<p>See <img src="cid:logo@x" alt="Logo" /> and the file.</p>');
  });

  it('sends its files, shown pictures and attached mails as they are', async () => {
    const { attachments } = await forward();
    const sent = attachments.map(({ filename, mimeType, contentId, content }) => [
      ...[
        filename,
        mimeType,
        contentId,
        Buffer.from(content as ArrayBuffer)
          .toString('latin1')
          .replaceAll('\r\n', '\n')
          .trimEnd(),
      ],
    ]);

    expect(sent).toEqual(
      expect.arrayContaining([
        ['Übersicht.pdf', 'application/pdf', undefined, Buffer.from('%PDF-1.7 …').toString('latin1')],
        ['logo.png', 'image/png', '<logo@x>', png.toString('latin1').replaceAll('\r\n', '\n').trimEnd()],
        ['inner.eml', 'message/rfc822', undefined, mail.replaceAll('\r\n', '\n').trimEnd()],
      ]),
    );
    expect(sent).toHaveLength(3);
  });

  it('sends files of other messages along', async () => {
    const files = [{ filename: 'b.txt', mimeType: 'text/plain', body: { size: 1, data: 'Yg' } }];
    endpoint.gmail.messages.set('m2', { subject: 'Other', text: 'b', files });
    const { attachments } = await forward({ attachments: ['m2/1'] });

    expect(attachments.map(({ filename }) => filename)).toContain('b.txt');
  });

  it.each([
    ['m9/1', 'NOT_FOUND'],
    ['m1/7', 'VALIDATION_FAILED'],
    ['../m1', 'VALIDATION_FAILED'],
  ])('names the attachment that there is not (%s)', async (reference, errorCode) => {
    expect(await refusal({ attachments: ['m1/1', reference] })).toMatchObject({
      errorCode,
      field: 'attachments.1',
    });
    expect(endpoint.gmail.written).toEqual([]);
  });

  it('says that files are too large together before it fetches one', async () => {
    const body = { size: 28_000_000, attachmentId: 'att1' };
    endpoint.gmail.messages.set('m2', {
      ...{ subject: 'Large', text: 'b' },
      files: [{ filename: 'a.zip', mimeType: 'application/zip', body }],
    });
    expect(await refusal({ messageId: 'm2' })).toMatchObject({
      errorCode: 'PAYLOAD_TOO_LARGE',
      field: 'attachments',
    });
    expect(endpoint.gmail.requests.filter(({ url }) => url.pathname.includes('/attachments/'))).toEqual([]);
  });

  it('asks for a recipient', async () => {
    expect(await refusal({ to: [] })).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'to' });
  });
});
