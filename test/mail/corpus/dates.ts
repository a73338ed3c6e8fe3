import { type AwkwardMail, headed } from '../awkward-mail.js';

/** When Gmail received the mails of these tests. */
const received = '2025-10-09T08:53:20.000Z';

function dated(name: string, written: string, date: string): AwkwardMail {
  return headed(name, `From: a@sender.example\r\nDate: ${written}`, { date });
}

/** Dates of RFC 5322 and its forerunners, and what is none. */
export const dateMails: AwkwardMail[] = [
  dated('a zone with a name', 'Mon, 5 Jan 2026 10:00:00 EST', '2026-01-05T15:00:00.000Z'),
  dated('a year of two digits', '5 Jan 26 10:00 GMT', '2026-01-05T10:00:00.000Z'),
  dated('a year of the last century', 'Mon, 05 Jan 98 10:00:00 +0000', '1998-01-05T10:00:00.000Z'),
  dated('a year of three digits', 'Mon, 5 Jan 126 10:00:00 +0000', '2026-01-05T10:00:00.000Z'),
  dated(
    'comments in each other',
    'Mon, 5 Jan 2026 10:00:00 +0100 (Mitteleuropa (Winter))',
    '2026-01-05T09:00:00.000Z',
  ),
  dated('half an hour from UTC', 'Mon, 5 Jan 2026 10:00:00 +0530', '2026-01-05T04:30:00.000Z'),
  dated('a zone that is not told', 'Mon, 5 Jan 2026 10:00:00 -0000', '2026-01-05T10:00:00.000Z'),
  dated('no zone', 'Mon, 5 Jan 2026 10:00:00', '2026-01-05T10:00:00.000Z'),
  dated('a leap second', 'Sat, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59.000Z'),
  dated(
    'blanks around everything',
    '  Mon ,  5  Jan\r\n 2026  10 : 00 : 00  +0000 ',
    '2026-01-05T10:00:00.000Z',
  ),
  dated('a weekday that is another', 'Fri, 5 Jan 2026 10:00:00 +0000', '2026-01-05T10:00:00.000Z'),
  dated('a month in full', 'Monday, 5 January 2026 10:00:00 +0000', '2026-01-05T10:00:00.000Z'),
  dated('a zone beside its offset', 'Mon, 5 Jan 2026 10:00:00 GMT+0100', received),
  dated('a day that there is not', 'Mon, 30 Feb 2026 10:00:00 +0000', received),
  dated('an hour that there is not', 'Mon, 5 Jan 2026 25:00:00 +0000', received),
  dated('a zone whose name RFC 5322 does not know', 'Mon, 5 Jan 2026 10:00:00 CET', received),
  dated('a zone of one letter', 'Mon, 5 Jan 2026 10:00:00 A', '2026-01-05T10:00:00.000Z'),
  dated('a zone that programs stumble over', 'Mon, 5 Jan 2026 10:00:00 valueOf', received),
  dated('an offset that no clock has', 'Mon, 5 Jan 2026 10:00:00 +9900', received),
  dated('a date of ISO 8601', '2026-01-05T10:00:00Z', received),
  dated('a date of Unix', 'Mon Jan  5 10:00:00 2026', received),
  dated('a date in words', 'vorgestern', received),
  headed('no date', 'From: a@sender.example', { date: received }),
  headed(
    'two dates',
    'From: a@sender.example\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\nDate: Tue, 6 Jan 2026 10:00:00 +0000',
    {
      date: '2026-01-05T10:00:00.000Z',
      warnings: /2 Date headers/,
    },
  ),
];
