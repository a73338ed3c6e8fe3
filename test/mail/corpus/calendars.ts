import { type AwkwardMail, several, single, utf8 } from '../awkward-mail.js';

function calendar(
  name: string,
  method: string,
  lines: string[],
  has: string[],
  lacks: string[] = [],
): AwkwardMail {
  const content = ['BEGIN:VCALENDAR', 'VERSION:2.0', `METHOD:${method}`, ...lines, 'END:VCALENDAR'].join(
    '\r\n',
  );
  return single(name, `text/calendar; charset=utf-8; method=${method}`, content, { has, lacks });
}

function event(
  name: string,
  method: string,
  lines: string[],
  has: string[],
  lacks: string[] = [],
): AwkwardMail {
  return calendar(name, method, ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'], has, lacks);
}

const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:(UTC+01:00) Amsterdam\\, Berlin',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** Calendars (RFC 5545, RFC 5546) as calendars of many makers send them. */
export const calendarMails: AwkwardMail[] = [
  calendar(
    'a time zone named by Outlook',
    'REQUEST',
    [
      ...zone,
      'BEGIN:VEVENT',
      'SUMMARY:Plan',
      'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260110T090000',
      'DTEND;TZID="(UTC+01:00) Amsterdam, Berlin":20260110T100000',
      'END:VEVENT',
    ],
    ['What: Plan', '10 January 2026, 09:00–10:00 (UTC+01:00) Amsterdam, Berlin'],
  ),
  event(
    'an answer',
    'REPLY',
    [
      'SUMMARY:Tea',
      'DTSTART:20260110T090000Z',
      'ATTENDEE;PARTSTAT=DECLINED;CN=Bob:mailto:bob@x.example',
      'COMMENT:I am away',
    ],
    ['Answer to an invitation', 'Bob <bob@x.example> (declined)', 'I am away'],
    ['an answer is asked for'],
  ),
  event(
    'an event that is called off',
    'CANCEL',
    [
      'SUMMARY:Tea',
      'STATUS:CANCELLED',
      'DTSTART:20260110T090000Z',
      'ATTENDEE;RSVP=TRUE:mailto:bob@x.example',
    ],
    ['Cancelled event', 'What: Tea'],
    ['an answer is asked for'],
  ),
  event(
    'a method that programs stumble over',
    'CONSTRUCTOR',
    ['SUMMARY:Tea', 'DTSTART:20260111T090000Z', 'ATTENDEE;PARTSTAT=CONSTRUCTOR:mailto:bob@x.example'],
    ['[Calendar event]', 'Invited: bob@x.example'],
    ['native code'],
  ),
  event(
    'another time proposed',
    'COUNTER',
    ['SUMMARY:Tea', 'DTSTART:20260111T090000Z'],
    ['Another time proposed', '11 January 2026'],
  ),
  event(
    'a whole day',
    'REQUEST',
    ['SUMMARY:Trip', 'DTSTART;VALUE=DATE:20260110', 'DTEND;VALUE=DATE:20260111'],
    ['Saturday 10 January 2026'],
    ['11 January', '00:00'],
  ),
  event(
    'several whole days',
    'PUBLISH',
    ['SUMMARY:Trip', 'DTSTART;VALUE=DATE:20260110', 'DTEND;VALUE=DATE:20260113'],
    ['10 January 2026 to Monday 12 January 2026'],
  ),
  event(
    'an event that comes again',
    'REQUEST',
    ['SUMMARY:Call', 'DTSTART:20260110T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=5'],
    ['Repeats:', 'WEEKLY'],
  ),
  event(
    'a length in place of an end',
    'REQUEST',
    ['SUMMARY:Call', 'DTSTART:20260110T090000Z', 'DURATION:PT1H30M'],
    ['09:00–10:30 UTC'],
  ),
  event(
    'a time without a zone',
    'REQUEST',
    ['SUMMARY:Call', 'DTSTART:20260110T090000'],
    ['09:00 (local time)'],
  ),
  event(
    'a line folded in the middle of a letter',
    'REQUEST',
    ['SUMMARY:Grü', ' ße aus Wi', '\ten', 'DTSTART:20260110T090000Z'],
    ['What: Grüße aus Wien'],
  ),
  event(
    'commas and line ends that are escaped',
    'REQUEST',
    ['SUMMARY:One\\, two\\; three', 'LOCATION:Room 1\\nFloor 2', 'DTSTART:20260110T090000Z'],
    ['What: One, two; three', 'Where: Room 1 Floor 2'],
  ),
  event(
    'a guest without a name or a scheme',
    'REQUEST',
    ['SUMMARY:Tea', 'DTSTART:20260110T090000Z', 'ORGANIZER:MAILTO:ann@x.example', 'ATTENDEE:bob@x.example'],
    ['From: ann@x.example', 'Invited: bob@x.example'],
  ),
  event(
    'names of properties in small letters',
    'REQUEST',
    ['summary:Tea', 'dtstart:20260110T090000Z'],
    ['What: Tea', '09:00 UTC'],
  ),
  event(
    'a guest who need not come, and one who sends another',
    'REQUEST',
    [
      'SUMMARY:Tea',
      'DTSTART:20260110T090000Z',
      'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Eve:mailto:eve@x.example',
      'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:c@x.example":mailto:b@x.example',
    ],
    ['Eve <eve@x.example> (optional, accepted)', 'b@x.example (delegated to c@x.example)'],
  ),
  event(
    'one date of several that is moved',
    'REQUEST',
    ['SUMMARY:Tea', 'RECURRENCE-ID:20260110T090000Z', 'DTSTART:20260111T100000Z'],
    ['When: Sunday 11 January 2026, 10:00 UTC\nIn place of: Saturday 10 January 2026, 09:00 UTC'],
  ),
  event(
    'dates that a rule does not say',
    'REQUEST',
    [
      'SUMMARY:Tea',
      'DTSTART;VALUE=DATE:20260110',
      'RRULE:FREQ=DAILY;COUNT=5',
      'RDATE;VALUE=DATE:20260120,20260121',
      'EXDATE;VALUE=DATE:20260112',
      'EXDATE;VALUE=DATE:20260113',
    ],
    [
      'Also: Tuesday 20 January 2026; Wednesday 21 January 2026',
      'Except: Monday 12 January 2026; Tuesday 13 January 2026',
    ],
  ),
  event(
    'a meeting that is on the net',
    'REQUEST',
    [
      'SUMMARY:Tea',
      'DTSTART:20260110T090000Z',
      'CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/abc',
      'X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l/1',
      'ATTACH:https://docs.example/agenda',
      'ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA',
    ],
    ['Link: https://meet.example/abc, https://teams.example/l/1', 'Attached: https://docs.example/agenda'],
    ['AAAA'],
  ),
  several(
    'an invitation that is marked as a file',
    'mixed',
    [
      [utf8, 'Come'],
      [
        'text/calendar; name="invite.ics"\r\nContent-Disposition: attachment; filename="invite.ics"',
        'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Tea\r\nDTSTART:20260110T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR',
      ],
    ],
    { has: ['Come', 'What: Tea'], files: ['invite.ics'] },
  ),
  calendar(
    'a task',
    'REQUEST',
    ['BEGIN:VTODO', 'SUMMARY:Taxes', 'DUE;VALUE=DATE:20260531', 'END:VTODO'],
    ['What: Taxes', 'due Sunday 31 May 2026'],
  ),
  calendar(
    'two events',
    'PUBLISH',
    [
      'BEGIN:VEVENT',
      'SUMMARY:Tea',
      'DTSTART:20260110T090000Z',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'SUMMARY:Cake',
      'DTSTART:20260111T090000Z',
      'END:VEVENT',
    ],
    ['What: Tea', 'What: Cake'],
  ),
  single(
    'a calendar that cannot be read',
    'text/calendar; method=REQUEST',
    'BEGIN:VCALENDAR\r\nSUMMARY:Tea at nine',
    { has: ['Tea at nine'] },
  ),
  single(
    'line ends of Unix',
    'text/calendar',
    'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Tea\nDTSTART:20260110T090000Z\nEND:VEVENT\nEND:VCALENDAR\n',
    { has: ['[Invitation', 'What: Tea'] },
  ),
  single(
    'a calendar in Cyrillic of Windows',
    'text/calendar; charset=windows-1251',
    Buffer.concat([
      Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:'),
      Buffer.from('cff0e8e2e5f2', 'hex'),
      Buffer.from('\r\nDTSTART:20260110T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR'),
    ]),
    { has: ['What: Привет'] },
  ),
  several(
    'the same event twice',
    'mixed',
    [
      [utf8, 'Come'],
      [
        'text/calendar; method=REQUEST',
        'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Tea\r\nDTSTART:20260110T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR',
      ],
      [
        'text/calendar; name=invite.ics',
        'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Tea\r\nDTSTART:20260110T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR',
      ],
    ],
    {
      text: 'Come\n\n[Invitation]\nWhat: Tea\nWhen: Saturday 10 January 2026, 09:00 UTC',
      files: ['invite.ics'],
    },
  ),
];
