import { describe, expect, it } from '@jest/globals';
import { forwardAttribution, replyAttribution } from './attribution.js';
import { quotedText, withWholeLinks } from './quoted-text.js';

it('marks each line of a quoted text, one that is quoted already once more', () => {
  expect(quotedText('a\r\n\n> b\n>> c\n  d')).toBe('> a\n>\n>> b\n>>> c\n>   d');
});

it('names the whole target of a link that was shortened for models, and no other', () => {
  const links = [{ id: 3, url: 'https://a.example/long?x=1', text: 'here', host: 'a.example' }];
  expect(withWholeLinks('See here [a.example/long… link 3], [link 3], [link 4]', links)).toBe(
    'See here <https://a.example/long?x=1>, <https://a.example/long?x=1>, [link 4]',
  );
});

const head = {
  ...{ id: 'm', threadId: 't', labelIds: [], bcc: null, replyTo: null, listUnsubscribe: null, snippet: '' },
  ...{ messageIdHeader: null, attachments: [], totalAttachments: 0, warnings: [] },
  from: 'Ada <b>Lovelace</b> <ada@x.example>',
  to: 'bea@x.example',
  cc: null,
  subject: 'Lunch & more',
  date: '2026-08-01T22:05:00.000Z',
};

describe('what stands before a quotation', () => {
  it('says who wrote and when, in UTC', () => {
    const { text, html } = replyAttribution(head);
    expect(text).toBe('On Sat, Aug 1, 2026 at 10:05 PM UTC, Ada <b>Lovelace</b> <ada@x.example> wrote:');
    expect(html).toContain('Ada &lt;b&gt;Lovelace&lt;/b&gt; &lt;ada@x.example&gt; wrote:<br>');
  });

  it('does so without a date or a sender', () => {
    expect(replyAttribution({ date: null, from: null }).text).toBe('the sender wrote:');
  });

  it('is the head of a forwarded message', () => {
    expect(forwardAttribution({ ...head, cc: 'c@x.example' }).text).toBe(
      [
        '---------- Forwarded message ---------',
        'From: Ada <b>Lovelace</b> <ada@x.example>',
        'Date: Sat, Aug 1, 2026 at 10:05 PM UTC',
        'Subject: Lunch & more',
        'To: bea@x.example',
        'Cc: c@x.example',
      ].join('\n'),
    );
    expect(forwardAttribution(head).html).toContain('Subject: Lunch &amp; more');
  });
});
