import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listMessages } from '../gmail/message-list.js';
import { demoMail } from '../mail/fixtures/index.js';
import type { MailInput } from '../mail/mail.js';
import { Mailbox } from '../mail/mailbox.js';
import { matchesSearch } from './search-matcher.js';
import { readSearch } from './search-query.js';
import { searchOperators } from './search-tokens.js';

const nowMs = Date.parse('2026-09-05T20:20:00Z');
const mailbox = new Mailbox('demo@sandbox.test', { Label_1: 'Travel plans', Label_2: 'Work/Bills' });
for (const mail of demoMail(nowMs)) mailbox.deliver(mail, nowMs);
const draft: MailInput = {
  from: 'Demo Person <demo@sandbox.test>',
  to: 'Ada <ada@draft.example>',
  bcc: 'hidden@draft.example',
  subject: 'Half a thought',
  labelIds: ['DRAFT', 'Label_2'],
  body: { contentType: 'text/plain', text: 'Unfinished' },
};
mailbox.deliver(draft, nowMs - 24 * 3_600_000);

async function search(q: string): Promise<string[]> {
  const { messages = [] } = (await listMessages(mailbox, new URLSearchParams({ q }), nowMs)) as {
    messages?: { id: string }[];
  };
  return messages.map(({ id }) => mailbox.find(id)?.mail.subject ?? '');
}

const dinner = '🌱 Harvest dinner on Saturday – bring your appetite';
const [first, reply] = ['Offsite next month?', 'Re: Offsite next month?'];
const [booking, itinerary] = ['Booking confirmed: two nights in Ghent', 'Your itinerary for next month'];
const [layout, invoice, minutes] = ['Layout draft with pictures', 'Invoice 40917', 'Protokoll und Übersicht'];
const [invitation, forwarded] = ['Invitation: Review of the budget', 'Fwd: The price of the boat'];
const [bicycle, trains] = ['Grüße aus Köln: Ihr Fahrrad ist fertig', 'Night trains are back'];
const [prize, offers] = ['You have won', 'Special offers'];
const thought = 'Half a thought';

describe('a search of the mailbox', () => {
  it.each([
    ['from:priya subject:offsite', [reply, first]],
    ['from:tom@team.example', [forwarded, reply]],
    ['from:me', [thought, 'Renewing two books']],
    ['to:library in:sent', ['Renewing two books']],
    ['bcc:hidden@draft.example', [thought]],
    ['subject:invoice', [invoice]],
    ['subject:"night trains"', [trains]],
    ['"night trains are back"', [trains]],
    ['"trains night"', []],
    ['subject:(trains night)', [trains]],
    ['has:attachment', [invitation, forwarded, layout, invoice, minutes]],
    ['has:attachment -from:billing -subject:layout -from:{tom priya}', [minutes]],
    ['has:userlabels', [thought, itinerary, booking]],
    ['filename:pdf subject:protokoll', [minutes]],
    ['filename:invite.ics', [invitation]],
    ['label:travel-plans', [itinerary, booking]],
    ['label:"Travel plans"', [itinerary, booking]],
    ['LABEL:"travel plans" -in:inbox', [booking]],
    ['label:Work/Bills', [thought]],
    ['label:work-bills', [thought]],
    ['label:"plans"', []],
    ['is:starred', [layout]],
    ['is:important', [invoice]],
    ['is:unread offsite', [reply]],
    ['is:read subject:offsite', [reply, first]],
    ['is:read from:priya subject:offsite', [first]],
    ['in:spam', [prize]],
    ['in:trash', [offers]],
    ['{in:spam in:trash}', [prize, offers]],
    ['in:drafts', [thought]],
    ['in:draft', [thought]],
    ['label:draft', [thought]],
    ['in:sent', ['Renewing two books']],
    ['in:archive', [booking]],
    ['claim', []],
    ['claim in:anywhere', [prize]],
    ['claim -in:spam', []],
    ['category:promotions', [trains]],
    ['category:updates', [invoice]],
    ['category:primary from:rail', []],
    ['category:primary waffles', [reply]],
    ['waffles', [reply]],
    ['WAFFLES ghent', [reply]],
    ['+waffles', [reply]],
    ['waff', []],
    ['grüße', [bicycle]],
    ['会議室', ['来週の会議について']],
    ['вас', ['Книги в библиотеке']],
    ['from:mia OR from:priya subject:invitation', [invitation]],
    ['(from:mia) OR (from:priya subject:invitation)', [dinner, invitation]],
    ['from:mia or from:priya', []],
    ['from:(mia OR billing)', [dinner, invoice]],
    ['from:{mia billing}', [dinner, invoice]],
    ['{from:mia from:billing}', [dinner, invoice]],
    ['{waffles "two nights"}', [booking, reply]],
    ['subject:{invoice (night trains)}', [trains, invoice]],
    ['waffles AND ghent', [reply]],
    ['subject:offsite -waffles -(from:priya is:read)', [reply]],
    ['subject:offsite -{waffles is:read}', [reply]],
    ['--waffles', [reply]],
    ['after:2026/09/05', [dinner]],
    ['after:2026/9/5', [dinner]],
    ['after:09/05/2026', [dinner]],
    ['newer:2026-09-05', [dinner]],
    [`after:${nowMs / 1000 - 38 * 3600} before:${nowMs / 1000 - 36 * 3600}`, [bicycle]],
    ['before:2026-08-16', ['Renewing two books']],
    ['older:2026-08-16', ['Renewing two books']],
    ['after:2026/13/40', []],
    ['newer_than:1d', [dinner, thought]],
    ['newer_than:2d is:unread', [dinner]],
    ['older_than:20d', ['Renewing two books']],
    ['older_than:20d in:anywhere', ['Renewing two books', prize, offers]],
    ['older_than:1m', []],
    ['newer_than:1y subject:invoice', [invoice]],
    ['newer_than:soon', []],
    ['larger:50K', ['Nightly backup report']],
    ['larger:10M', []],
    ['size:50000', ['Nightly backup report']],
    ['smaller:1K subject:thought', [thought]],
    ['smaller:100', []],
    ['rfc822msgid:offsite-2@team.example', [reply]],
    ['rfc822msgid:<offsite-2@team.example>', [reply]],
    ['deliveredto:demo@sandbox.test waffles', [reply]],
    ['nosuchword', []],
    ['nosuchoperator:waffles', []],
    ['-', 'everything'],
    ['OR', 'everything'],
    ['() {} from:', 'everything'],
    [') waffles', [reply]],
    ['((waffles', [reply]],
    ['waffles OR', [reply]],
    ['"the waffles', [reply]],
  ])('%s', async (q, subjects) => {
    expect(await search(q)).toEqual(subjects === 'everything' ? await search('') : subjects);
  });

  it('finds everything but spam and trash without terms', async () => {
    expect(await search('')).toHaveLength(mailbox.messages().length - 2);
  });

  it('takes the dates of summer and of winter as midnight in Pacific time', async () => {
    const travels = new Mailbox('demo@sandbox.test');
    for (const date of [
      '2026-07-01T06:59:00Z',
      '2026-07-01T07:00:00Z',
      '2026-01-10T07:59:00Z',
      '2026-01-10T08:00:00Z',
    ])
      travels.deliver({ ...draft, subject: date, date, labelIds: ['INBOX'] }, nowMs);
    const found = async (q: string) =>
      (
        (await listMessages(travels, new URLSearchParams({ q }), nowMs)) as { messages?: { id: string }[] }
      ).messages?.map(({ id }) => travels.find(id)?.mail.subject);
    expect(await found('after:2026/07/01')).toEqual(['2026-07-01T07:00:00Z']);
    expect(await found('before:2026/01/10')).toEqual(['2026-01-10T07:59:00Z']);
  });

  it('reads any text at all', () => {
    const pieces = fc.constantFrom(
      ...['(', ')', '{', '}', '"', '-', '+', ' ', ' OR ', ' AND ', 'a', '7d', '\u0000', '会'],
      ...searchOperators.map((operator) => `${operator}:`),
    );
    const [message] = mailbox.messages();
    const candidate = { message: message!, labelNames: [], sizeBytes: 1, ownAddress: 'a@b.example', nowMs };
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: pieces, maxLength: 200 })),
        (q) => {
          expect(typeof matchesSearch(readSearch(q), candidate)).toBe('boolean');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['(', '{(', '-', 'from:', '-(', '"', ') ', 'a OR '])(
    'reads %j a hundred thousand times',
    (piece) => {
      const [message] = mailbox.messages();
      const candidate = { message: message!, labelNames: [], sizeBytes: 1, ownAddress: 'a@b.example', nowMs };
      expect(typeof matchesSearch(readSearch(piece.repeat(100_000)), candidate)).toBe('boolean');
    },
  );

  it('excludes what it finds, when it is excluded', () => {
    const candidates = mailbox.messages().map((message) => ({
      ...{ message, labelNames: message.labelIds, sizeBytes: 1000, ownAddress: mailbox.email, nowMs },
    }));
    const term = fc
      .tuple(
        fc.constantFrom('', ...searchOperators.map((operator) => `${operator}:`)),
        fc.stringMatching(/^[a-z0-9]{1,6}$/),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
        const [all, none] = [readSearch(terms.join(' ')), readSearch(`-(${terms.join(' ')})`)];
        for (const candidate of candidates)
          expect(matchesSearch(none, candidate)).toBe(!matchesSearch(all, candidate));
      }),
      { numRuns: 100 },
    );
  });
});
