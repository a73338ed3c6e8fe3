import { describe, expect, it } from '@jest/globals';
import { listMessages } from '../gmail/message-list.js';
import { demoMail } from './fixtures/index.js';
import { Mailbox } from './mailbox.js';

const mailbox = new Mailbox('demo@sandbox.test', { Label_1: 'Travel plans' });
for (const mail of demoMail) mailbox.deliver(mail, 0);

function search(q: string): string[] {
  const { messages = [] } = listMessages(mailbox, new URLSearchParams({ q })) as {
    messages?: { id: string }[];
  };
  return messages.map(({ id }) => mailbox.find(id)?.mail.subject ?? '');
}

describe('a search of the mailbox', () => {
  it.each([
    ['from:priya', ['Re: Offsite in November?', 'Offsite in November?']],
    ['from:tom@team.example', ['Re: Offsite in November?']],
    ['to:library in:sent', ['Renewing two books']],
    ['subject:invoice', ['Invoice 2026-0917']],
    ['subject:"night trains"', ['Night trains are back']],
    ['"night trains are back"', ['Night trains are back']],
    ['"trains night"', []],
    ['has:attachment', ['Layout draft with pictures', 'Invoice 2026-0917', 'Protokoll und Übersicht']],
    ['has:attachment -from:billing -subject:layout', ['Protokoll und Übersicht']],
    ['filename:pdf subject:protokoll', ['Protokoll und Übersicht']],
    ['label:travel-plans', ['Your itinerary for October', 'Booking confirmed: 12 to 14 November']],
    ['is:starred', ['Layout draft with pictures']],
    ['is:unread offsite', ['Re: Offsite in November?']],
    ['is:read from:priya', ['Offsite in November?']],
    ['in:spam', ['You have won']],
    ['prize', []],
    ['prize in:anywhere', ['You have won']],
    ['waffles', ['Re: Offsite in November?']],
    ['WAFFLES ghent', ['Re: Offsite in November?']],
    ['waff', []],
    ['grüße', ['Grüße aus Köln: Ihr Fahrrad ist fertig']],
    ['after:2026/09/04', ['🌱 Harvest dinner on Saturday – bring your appetite']],
    ['after:2026/9/4', ['🌱 Harvest dinner on Saturday – bring your appetite']],
    [
      `after:${Date.parse('2026-09-04T00:00:00Z') / 1000} before:${Date.parse('2026-09-05T00:00:00Z') / 1000}`,
      ['Grüße aus Köln: Ihr Fahrrad ist fertig'],
    ],
    ['before:2026-08-16', ['Renewing two books']],
    ['rfc822msgid:offsite-2@team.example', ['Re: Offsite in November?']],
    ['nosuchword', []],
  ])('%s', (q, subjects) => {
    expect(search(q)).toEqual(subjects);
  });

  it('finds everything but spam and trash without terms', () => {
    expect(search('')).toHaveLength(demoMail.length - 2);
  });
});
