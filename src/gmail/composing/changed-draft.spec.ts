import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { changedDraft, type DraftChange } from './changed-draft.js';
import { composeMail } from './compose-mail.js';

const files = [
  {
    filename: 'R\u00e9sum\u00e9.pdf',
    mimeType: 'application/pdf',
    content: Buffer.from([0, 255, 10, 13, 1]),
  },
  { filename: 'logo.png', mimeType: 'image/png', content: Buffer.from('png'), contentId: 'logo@example' },
];
const reply = { threadId: 't1', subject: 'Re: Lunch?', references: ['<q1@x.example>', '<q2@x.example>'] };

async function draft(change: DraftChange = {}, isReply = true) {
  const { mime } = await composeMail({
    ...{ from: 'ada@example.com', fromName: 'Ada L\u00f6w', subject: 'Lunch?', language: 'de' },
    to: [{ name: 'Bea', address: 'bea@example.com' }],
    cc: [{ name: '', address: 'c@example.com' }],
    bcc: [{ name: '', address: 'b@example.com' }],
    body: 'Um zw\u00f6lf?\n\nAda',
    htmlBody: '<p>Um <b>zw\u00f6lf</b>? <img src="cid:logo@example"></p>',
    files,
    ...(isReply && { reply }),
  });
  const changed = await changedDraft({ mime, threadId: 't1' }, change);
  return { ...changed, before: await PostalMime.parse(mime), mail: await PostalMime.parse(changed.mime) };
}

describe('a draft after a change', () => {
  it('keeps all that is not named, whatever is', async () => {
    const { mail, before, threadId } = await draft({ subject: 'Re: Lunch?' });
    expect(threadId).toBe('t1');
    for (const field of [
      'from',
      'to',
      'cc',
      'bcc',
      'subject',
      'html',
      'text',
      'inReplyTo',
      'references',
    ] as const)
      expect([field, mail[field]]).toEqual([field, before[field]]);
    expect(mail.attachments).toEqual(before.attachments);
    expect(mail.attachments).toHaveLength(2);
    expect(mail.inReplyTo).toBe('<q2@x.example>');
    expect(mail.headers.find(({ key }) => key === 'content-language')?.value).toBe('de');
  });

  it('has other recipients, or none', async () => {
    const { mail } = await draft({ to: [{ name: '', address: 'd@example.com' }], bcc: [] });
    expect(mail.to).toEqual([{ name: '', address: 'd@example.com' }]);
    expect(mail.cc).toEqual([{ name: '', address: 'c@example.com' }]);
    expect(mail.bcc ?? []).toEqual([]);
  });

  it('has another text in both its forms, and its files', async () => {
    const { mail } = await draft({ body: 'Doch um eins' });
    expect(mail.text).toContain('Doch um eins');
    expect(mail.html).toContain('Doch um eins');
    expect(mail.html).not.toContain('zw\u00f6lf');
    const names = mail.attachments.map(({ filename }) => filename);
    expect(names.toSorted()).toEqual(['R\u00e9sum\u00e9.pdf', 'logo.png']);
  });

  it('has another subject, and makes no header of it', async () => {
    const { mail } = await draft({ subject: 'Dinner\r\nBcc: evil@example.com' }, false);
    expect(mail.subject).toContain('Dinner');
    expect(mail.bcc).toEqual([{ name: '', address: 'b@example.com' }]);
  });

  it('stays the same however often it is changed to the same', async () => {
    const { mime, mail } = await draft({ body: 'Once' });
    const again = await PostalMime.parse((await changedDraft({ mime, threadId: 't1' }, {})).mime);
    expect([again.text, again.html]).toEqual([mail.text, mail.html]);
  });
});
