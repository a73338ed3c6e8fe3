import { describe, expect, it } from '@jest/globals';
import { messageAnswer } from '../client/answers.js';
import { readHead } from './message-head.js';
import { file, headers, multipart, type Part, plain } from './parts.fixture.js';

function read(payload: Part, rest: object = {}) {
  return readHead(messageAnswer.parse({ id: 'm1', threadId: 't1', payload, ...rest }));
}

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
      listUnsubscribe: null,
      subject: 'Café',
      date: '2026-01-01T00:00:00.000Z',
      messageIdHeader: '<x@example.com>',
      snippet: "it's",
      warnings: [],
      attachments: [],
      totalAttachments: 0,
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

  it('in minimal format has no headers', () => {
    const message = readHead(messageAnswer.parse({ id: 'm1', threadId: 't1' }));
    expect(message).toMatchObject({
      from: null,
      subject: null,
      attachments: [],
      totalAttachments: 0,
    });
  });

  it('lists what is attached beside the text, however deep', () => {
    const related = multipart('related', plain('body'), file('logo.png', 'image/png'));
    const payload = multipart('mixed', related, file('a.pdf', 'application/pdf'));
    expect(read(payload).attachments.map(({ filename }) => filename)).toEqual(['logo.png', 'a.pdf']);
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
    expect(read(payload).attachments).toEqual([
      { attachmentId: 'id-of-a.pdf', filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 9 },
      { attachmentId: 'id-of-b.txt', filename: 'b.txt', mimeType: 'text/plain', sizeBytes: 9 },
      { attachmentId: null, filename: '', mimeType: 'message/rfc822', sizeBytes: 0 },
      { attachmentId: null, filename: '', mimeType: 'text/plain', sizeBytes: 3 },
    ]);
  });
});
