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

  it.each([
    ['05-01-2026 10:00'],
    ['2026-01-05T10:00:00Z'],
    ['Monday'],
    ['Mon, 32 Jan 2026 10:00:00 +0000'],
    ['Mon, 30 Feb 2026 10:00:00 +0000'],
    ['Mon, 5 Foo 2026 10:00:00 +0000'],
    ['Mon, 5 Jan 2026 25:00:00 +0000'],
    [''],
  ])('is dated by its arrival where its date is not of RFC 5322: %j', (date) => {
    const arrived = { internalDate: '1760000000000' };
    expect(read({ headers: headers({ Date: date }) }, arrived).date).toBe('2025-10-09T08:53:20.000Z');
  });

  it.each([
    ['Mon, 5 Jan 2026 10:00:00 +0000 (UTC)', '2026-01-05T10:00:00.000Z'],
    ['5 Jan 2026 10:00 -0330', '2026-01-05T13:30:00.000Z'],
    ['Mon, 05 Jan 26 10:00:00 EST', '2026-01-05T15:00:00.000Z'],
    ['Mon , 5 January 2026 10:00:60 GMT', '2026-01-05T10:00:59.000Z'],
    ['Tue, 1 Jul 97 10:52:37 +0200', '1997-07-01T08:52:37.000Z'],
  ])('is dated as it says: %s', (date, iso) => {
    expect(read({ headers: headers({ Date: date }) }).date).toBe(iso);
  });

  it('with two senders or subjects shows the first, and warns', () => {
    const twice = [
      { name: 'From', value: 'a@x.example' },
      { name: 'from', value: 'b@x.example' },
      { name: 'Subject', value: 'one' },
      { name: 'Subject', value: 'two' },
    ];
    const { from, subject, warnings } = read({ headers: twice });
    expect([from, subject]).toEqual(['a@x.example', 'one']);
    expect(warnings.slice(0, 2)).toEqual([
      expect.stringMatching(/2 From/),
      expect.stringMatching(/2 Subject/),
    ]);
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
      parts: [
        {
          ...multipart('mixed', plain('inner'), file('inner.pdf', 'application/pdf')),
          headers: headers({ From: 'Cy <cy@other.example>', Subject: 'The price' }),
        },
      ],
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
    expect(read(payload).attachments.map(({ partId, filename, from }) => [partId, filename, from])).toEqual([
      ['1', 'a.pdf', null],
      ['2', 'b.txt', null],
      ['3', 'The price.eml', 'Cy <cy@other.example>'],
      ['4', 'part 4.txt', null],
    ]);
  });
});
