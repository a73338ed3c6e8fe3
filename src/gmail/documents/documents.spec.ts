import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messageAnswer, type MessagePart } from '../client/answers.js';
import { WorkBudget } from '../tree/work-budget.js';
import { documentTexts } from './document-texts.js';
import { invitationText } from './invitation.js';
import { messageNotes } from './message-notes.js';

type Part = Record<string, unknown>;

function payloadOf(payload: Part): MessagePart | undefined {
  return messageAnswer.parse({ id: 'm', threadId: 't', payload }).payload;
}

function part(mimeType: string, content: string, rest: Part = {}): Part {
  return {
    mimeType,
    body: { size: content.length, data: Buffer.from(content).toString('base64url') },
    ...rest,
  };
}

function calendar(event: string[], method = 'REQUEST'): string {
  const lines = [
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.join('\r\n');
}

describe('an invitation', () => {
  it('says what, when, where, who, and whether an answer is asked for', () => {
    const text = invitationText(
      calendar([
        'SUMMARY:Review of the budget',
        'DTSTART;TZID=Europe/Vienna:20260110T090000',
        'DTEND;TZID=Europe/Vienna:20260110T103000',
        'LOCATION:Room 4\\, second floor',
        'ORGANIZER;CN=Ann Miller:mailto:ann@sender.example',
        'ATTENDEE;CN=Bob;RSVP=TRUE:mailto:bob@reader.example',
        'ATTENDEE;PARTSTAT=ACCEPTED:mailto:cy@other.example',
        'RRULE:FREQ=WEEKLY;COUNT=4',
        'DESCRIPTION:Bring\\nthe figures',
      ]),
    );
    expect(text).toBe(
      [
        '[Invitation: an answer is asked for]',
        'What: Review of the budget',
        'When: Saturday 10 January 2026, 09:00–10:30 Europe/Vienna',
        'Repeats: FREQ=WEEKLY;COUNT=4',
        'Where: Room 4, second floor',
        'From: Ann Miller <ann@sender.example>',
        'Invited: Bob <bob@reader.example>, cy@other.example (accepted)',
        'About: Bring the figures',
      ].join('\n'),
    );
  });

  it.each([
    [['DTSTART:20260110T090000Z', 'DTEND:20260110T100000Z'], 'Saturday 10 January 2026, 09:00–10:00 UTC'],
    [['DTSTART:20260110T090000', 'DURATION:PT90M'], 'Saturday 10 January 2026, 09:00–10:30 (local time)'],
    [['DTSTART;VALUE=DATE:20260110', 'DTEND;VALUE=DATE:20260111'], 'Saturday 10 January 2026'],
    [
      ['DTSTART;VALUE=DATE:20260110', 'DTEND;VALUE=DATE:20260113'],
      'Saturday 10 January 2026 to Monday 12 January 2026',
    ],
    [
      ['DTSTART:20260110T230000Z', 'DTEND:20260111T010000Z'],
      'Saturday 10 January 2026, 23:00 to Sunday 11 January 2026, 01:00 UTC',
    ],
    [
      ['DTSTART;TZID=A:20260110T090000', 'DTEND;TZID=B:20260110T120000'],
      'Saturday 10 January 2026, 09:00 A to Saturday 10 January 2026, 12:00 B',
    ],
    [['DTSTART:20260110T090000Z', 'DURATION:P99999999999W'], 'Saturday 10 January 2026, 09:00 UTC'],
  ])('is at its own time: %j', (lines, when) => {
    expect(invitationText(calendar(['SUMMARY:x', ...lines]))).toContain(`When: ${when}\n`.trim());
  });

  it.each([
    ['CANCEL', '[Cancelled event]'],
    ['REPLY', '[Answer to an invitation]'],
    ['COUNTER', '[Another time proposed for an event]'],
    ['PUBLISH', '[Calendar event]'],
  ])('says what is done with it: %s', (method, heading) => {
    expect(invitationText(calendar(['SUMMARY:x'], method))).toContain(heading);
  });

  it.each(['', 'BEGIN:VCALENDAR', 'no calendar', 'BEGIN:VCALENDAR\nEND:VCALENDAR', calendar(['DTSTART:x'])])(
    'that is none, or broken, throws nothing: %j',
    (source) => {
      expect(() => invitationText(source)).not.toThrow();
    },
  );

  it('of any kind is read without a throw', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        'DTSTART:20269999T999999Z',
        'DURATION:-P1W',
        'RRULE:FREQ=X',
        'ATTENDEE:',
        'END:VEVENT',
        'BEGIN:VALARM',
        'ORGANIZER;CN="',
        'DTSTART;VALUE=PERIOD:1/2',
        'URL:',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const payload = payloadOf(part('text/calendar', calendar(lines)));
        expect(Array.isArray(documentTexts(payload, WorkBudget.ofMessage()))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    'BEGIN:VEVENT\r\n',
    'ATTENDEE:mailto:a@b.c\r\n',
    'SUMMARY;',
    ' x\r\n',
    'RRULE:FREQ=DAILY\r\n',
    'BEGIN:VTIMEZONE\r\n',
  ])('as long as it likes takes no long time (%j)', (piece) => {
    const source = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${piece.repeat(200_000)}`;
    const { user } = process.cpuUsage();
    documentTexts(payloadOf(part('text/calendar', source)), WorkBudget.ofMessage());
    expect((process.cpuUsage().user - user) / 1000).toBeLessThan(2_000);
  });

  it('is told once, and costs of the budget', () => {
    const source = calendar(['SUMMARY:x']);
    const both = {
      mimeType: 'multipart/mixed',
      parts: [part('text/calendar', source), part('text/calendar', source)],
    };
    expect(documentTexts(payloadOf(both), WorkBudget.ofMessage())).toHaveLength(1);
    const budget = new WorkBudget({ steps: 10, htmlChars: 0, textBytes: 10_000 });
    expect(documentTexts(payloadOf(both), budget)).toEqual([]);
    expect([...budget.leftOut]).toEqual(['work']);
  });
});

describe('a report', () => {
  const read = (payload: Part): string =>
    documentTexts(payloadOf(payload), WorkBudget.ofMessage()).join('\n\n');

  it('says of each recipient whether the mail was delivered', () => {
    const status =
      'Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; bob@gone.example\r\nAction: failed\r\n' +
      'Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n unknown user\r\n\r\n' +
      'Original-Recipient: rfc822;cy@full.example\r\nAction: delayed\r\nWill-Retry-Until: Tue, 6 Jan 2026 10:00:00 +0000';
    expect(read(part('message/delivery-status', status))).toBe(
      '[Delivery report]\nbob@gone.example: failed, 5.1.1, 550 5.1.1 unknown user\n' +
        'cy@full.example: delayed; will be tried until Tue, 6 Jan 2026 10:00:00 +0000',
    );
  });

  it('is read as well where Gmail makes parts of its groups', () => {
    const fields = [
      { name: 'Final-Recipient', value: 'rfc822; bob@gone.example' },
      { name: 'Action', value: 'failed' },
    ];
    const payload = { mimeType: 'message/delivery-status', parts: [{ headers: [] }, { headers: fields }] };
    expect(read(payload)).toBe('[Delivery report]\nbob@gone.example: failed');
  });

  it.each([
    [
      'message/disposition-notification',
      'Final-Recipient: rfc822;bob@x.example\nDisposition: manual-action/MDN-sent-manually; displayed\nOriginal-Message-ID: <a@b>',
      '[Read report]\nbob@x.example: displayed\nMail: <a@b>',
    ],
    [
      'message/feedback-report',
      'Feedback-Type: abuse\nOriginal-Rcpt-To: <a@b>',
      '[Complaint about a mail]\nabuse: <a@b>',
    ],
    [
      'text/rfc822-headers',
      'Subject: Hi\nTo: bob@x.example',
      '[The mail that this is about]\nsubject: Hi\nto: bob@x.example',
    ],
    ['message/delivery-status', 'nothing', ''],
  ])('of %s', (mimeType, content, text) => {
    expect(read(part(mimeType, content))).toBe(text);
  });
});

describe('the form of a message', () => {
  const typed = (contentType: string, rest: Part = {}): Part => ({
    mimeType: contentType.split(';')[0],
    headers: [{ name: 'Content-Type', value: contentType }],
    ...rest,
  });

  it.each([
    [typed('application/pkcs7-mime; smime-type=enveloped-data'), /encrypted with S\/MIME/],
    [typed('application/x-pkcs7-mime; smime-type=signed-data'), /inside its S\/MIME signature/],
    [typed('multipart/encrypted; protocol="application/pgp-encrypted"'), /encrypted with PGP/],
    [typed('multipart/signed; protocol="application/pgp-signature"'), /signed with PGP/],
    [typed('multipart/signed; protocol="application/pkcs7-signature"'), /signed with S\/MIME/],
    [typed('application/ms-tnef'), /winmail\.dat/],
    [typed('message/partial'), /one piece/],
    [part('text/plain', '-----BEGIN PGP MESSAGE-----\n\nx'), /encrypted with PGP/],
  ])('is noted: %j', (payload, note) => {
    expect(messageNotes(payloadOf(payload)).join()).toMatch(note);
  });

  it('of most is nothing special', () => {
    expect(messageNotes(payloadOf(part('text/plain', 'Hello')))).toEqual([]);
  });
});
