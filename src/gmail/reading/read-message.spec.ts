import { describe, expect, it } from '@jest/globals';
import { type MessagePart, messageAnswer } from '../client/answers.js';
import { readMessage } from './read-message.js';

type Part = Partial<Omit<MessagePart, 'parts'>> & { parts?: Part[] };

const read = (payload: Part, rest: object = {}) =>
  readMessage(messageAnswer.parse({ id: 'm1', threadId: 't1', payload, ...rest }));

const text = (mimeType: string, content: string | Buffer, extra: Part = {}): Part => ({
  mimeType,
  body: { size: content.length, data: Buffer.from(content).toString('base64url') },
  ...extra,
});
const plain = (content: string, extra?: Part) => text('text/plain', content, extra);
const html = (content: string) => text('text/html', content);
const multipart = (subtype: string, ...parts: Part[]): Part => ({ mimeType: `multipart/${subtype}`, parts });
const file = (filename: string, mimeType: string): Part => ({
  mimeType,
  filename,
  body: { attachmentId: `id-of-${filename}`, size: 9 },
});
const headers = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

describe('a message', () => {
  it('has its headers decoded, whatever their case', () => {
    const payload = {
      mimeType: 'text/plain',
      headers: headers({
        FROM: '=?utf-8?Q?Zo=C3=AB?= <zoe@example.com>',
        To: 'a@example.com',
        cc: 'b@example.com',
        Bcc: 'c@example.com',
        'Reply-To': 'd@example.com',
        Subject: '=?ISO-8859-1?Q?Caf=E9?=',
        Date: 'Thu, 1 Jan 2026 01:00:00 +0100',
        'Message-Id': '<x@example.com>',
      }),
    };
    const rest = { labelIds: ['INBOX'], snippet: 'it&#39;s\u200c \u200c \u200c ', internalDate: '0' };
    expect(read(payload, rest)).toEqual({
      id: 'm1',
      threadId: 't1',
      labelIds: ['INBOX'],
      from: 'Zoë <zoe@example.com>',
      to: 'a@example.com',
      cc: 'b@example.com',
      bcc: 'c@example.com',
      replyTo: 'd@example.com',
      subject: 'Café',
      date: '2026-01-01T00:00:00.000Z',
      messageIdHeader: '<x@example.com>',
      snippet: "it's",
      body: { text: '', source: 'text/plain' },
      attachments: [],
    });
  });

  it('is dated by its arrival when it does not say', () => {
    const arrived = { internalDate: '1767225600000' };
    expect(read({}, arrived).date).toBe('2026-01-01T00:00:00.000Z');
    expect(read({ headers: headers({ Date: 'yesterday-ish' }) }, arrived).date).toBe(
      '2026-01-01T00:00:00.000Z',
    );
    expect(read({}).date).toBeNull();
  });

  it('in minimal format has neither headers nor body', () => {
    const message = readMessage(messageAnswer.parse({ id: 'm1', threadId: 't1' }));
    expect(message).toMatchObject({
      from: null,
      subject: null,
      body: { text: '', source: 'none' },
      attachments: [],
    });
  });

  it('lists its attachments', () => {
    const forwarded: Part = {
      mimeType: 'message/rfc822',
      parts: [plain('inner'), file('inner.pdf', 'application/pdf')],
    };
    const marked = plain('log', { headers: headers({ 'Content-Disposition': 'Attachment' }) });
    const payload = multipart(
      'mixed',
      plain('body'),
      file('a.pdf', 'application/pdf'),
      file('b.txt', 'text/plain'),
      forwarded,
      marked,
    );
    const message = read(payload);
    expect(message.body.text).toBe('body');
    expect(message.attachments).toEqual([
      { attachmentId: 'id-of-a.pdf', filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 9 },
      { attachmentId: 'id-of-b.txt', filename: 'b.txt', mimeType: 'text/plain', sizeBytes: 9 },
      { attachmentId: null, filename: '', mimeType: 'message/rfc822', sizeBytes: 0 },
      { attachmentId: null, filename: '', mimeType: 'text/plain', sizeBytes: 3 },
    ]);
  });
});

describe('the body of a message', () => {
  const article = '<p>' + 'A long article about grants. '.repeat(40) + '<a href="https://x.y">more</a></p>';

  it('is decoded by the charset of its part', () => {
    const contentType = headers({ 'Content-Type': 'text/plain; charset=ISO-8859-1' });
    const payload = text('text/plain', Buffer.from('Caf\xe9\r\n', 'latin1'), { headers: contentType });
    expect(read(payload).body).toEqual({ text: 'Café', source: 'text/plain' });
  });

  it('is plain where a plain alternative says the same', () => {
    const payload = multipart('alternative', plain('Hello Ada'), html('<p>Hello <b>Ada</b></p>'));
    expect(read(payload).body).toEqual({ text: 'Hello Ada', source: 'text/plain' });
  });

  it.each(['', '  \r\n', 'View this mail in a browser: https://example.com/' + 'x'.repeat(900)])(
    'is HTML where the plain alternative is a stub (%j)',
    (stub) => {
      const { body } = read(multipart('alternative', plain(stub), html(article)));
      expect(body.source).toBe('text/html');
      expect(body.text).toContain('more [https://x.y]');
    },
  );

  it('is plain where both alternatives are short', () => {
    expect(read(multipart('alternative', plain('OK'), html('<p>OK, see you there</p>'))).body.text).toBe(
      'OK',
    );
  });

  it('is HTML where there is nothing else', () => {
    expect(read(html('<p>Hi <b>there</b></p>')).body).toEqual({ text: 'Hi there', source: 'text/html' });
  });

  it('is found in nested parts', () => {
    const related = multipart('related', html(article), file('logo.png', 'image/png'));
    const payload = multipart(
      'mixed',
      multipart('alternative', plain('Short but whole.'.repeat(60)), related),
      file('a.pdf', 'application/pdf'),
    );
    expect(read(payload).body.source).toBe('text/plain');
    expect(read(payload).attachments.map(({ filename }) => filename)).toEqual(['logo.png', 'a.pdf']);
  });

  it('joins the texts of a mixed message', () => {
    const payload = multipart('mixed', plain('above'), file('a.png', 'image/png'), plain('below'), plain(''));
    expect(read(payload).body).toEqual({ text: 'above\n\nbelow', source: 'text/plain' });
  });

  it('says HTML when any of its texts was', () => {
    expect(read(multipart('mixed', plain('above'), html('<p>below</p>'))).body).toEqual({
      text: 'above\n\nbelow',
      source: 'text/html',
    });
  });

  it('is none where there is no text', () => {
    expect(read(file('a.pdf', 'application/pdf')).body).toEqual({ text: '', source: 'none' });
  });

  it('survives parts nested without end', () => {
    let payload: Part = plain('deep');
    for (let depth = 0; depth < 500; depth += 1) payload = multipart('mixed', payload);
    expect(read(payload).body).toEqual({ text: '', source: 'none' });
  });
});
