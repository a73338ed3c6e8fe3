import MailComposer from 'nodemailer/lib/mail-composer';
import type { SeedMessage } from './emulated-google.js';

export const account = 'ada@emulated.example';
export const travelLabel = { id: 'Label_7', name: 'Travel plans' };
export const ticket = { filename: 'ticket.pdf', content: Buffer.from('%PDF-1.4 a ticket to Ghent\n%%EOF\n') };
export const figures = {
  filename: 'figures.csv',
  content: Buffer.from('quarter,euros\nfirst,120\nsecond,95\n'),
};

/** A mail that is put in, and what is to be read of it. */
export interface PutIn {
  id: string;
  threadId: string;
  labelIds: readonly string[];
  from: string;
  to?: string;
  cc?: string;
  subject: string;
  date: string;
  messageId?: string;
  inReplyTo?: string;
  text?: string;
  html?: string;
  attachments?: readonly { filename: string; content: Buffer }[];
  /** Sentences that a person reads in it. */
  says: readonly string[];
}

const inbox = ['INBOX'];

export const putIn: readonly PutIn[] = [
  {
    ...{ id: '19aa000000000001', threadId: '19aa000000000001', labelIds: [...inbox, travelLabel.id] },
    ...{ from: 'Rail Tickets <tickets@rail.example>', subject: 'Your ticket to Ghent' },
    ...{ date: '2026-07-01T08:00:00Z', text: 'Your ticket is attached. Platform four, 9:12.' },
    attachments: [ticket],
    says: ['Your ticket is attached. Platform four, 9:12.'],
  },
  {
    ...{ id: '19aa000000000002', threadId: '19aa000000000002', labelIds: [...inbox, 'UNREAD'] },
    ...{ from: 'Priya Raman <priya@crew.example>', cc: 'tom@crew.example', subject: 'Offsite in autumn?' },
    ...{ date: '2026-07-02T09:00:00Z', messageId: '<autumn-1@crew.example>' },
    text: 'Shall we meet in Ghent in the last week of September?',
    says: ['Shall we meet in Ghent in the last week of September?'],
  },
  {
    ...{ id: '19aa000000000003', threadId: '19aa000000000002', labelIds: inbox },
    ...{ from: 'Tom Vos <tom@crew.example>', subject: 'Re: Offsite in autumn?' },
    ...{ date: '2026-07-02T10:00:00Z', messageId: '<autumn-2@crew.example>' },
    inReplyTo: '<autumn-1@crew.example>',
    text: 'The first week of October suits me better.\n\nOn Thu, 2 Jul 2026 at 09:00 Priya Raman <priya@crew.example> wrote:\n> Shall we meet in Ghent in the last week of September?',
    says: ['The first week of October suits me better.'],
  },
  {
    ...{ id: '19aa000000000004', threadId: '19aa000000000002', labelIds: ['SENT'] },
    ...{ from: `Ada Lovelace <${account}>`, to: 'priya@crew.example, tom@crew.example' },
    ...{ subject: 'Re: Offsite in autumn?', date: '2026-07-02T11:00:00Z' },
    ...{ messageId: '<autumn-3@crew.example>', inReplyTo: '<autumn-2@crew.example>' },
    text: 'October it is. I book the room under the roof.',
    says: ['October it is. I book the room under the roof.'],
  },
  {
    ...{ id: '19aa000000000005', threadId: '19aa000000000005', labelIds: [...inbox, 'UNREAD', 'STARRED'] },
    ...{ from: '"Müller, Jörg" <joerg@rad.example>', subject: 'Grüße aus Köln: Ihr Fahrrad ist fertig 🚲' },
    ...{ date: '2026-07-03T12:00:00Z', text: 'Schöne Grüße, das Rad hat neue Reifen für 40 €.' },
    html: '<p>Schöne Grüße, das Rad hat <b>neue Reifen</b> für 40&nbsp;€.</p><p style="display:none">unsichtbar</p>',
    says: ['neue Reifen', 'für 40 €'],
  },
  {
    ...{ id: '19aa000000000006', threadId: '19aa000000000006', labelIds: [...inbox, 'CATEGORY_UPDATES'] },
    ...{ from: 'Books & Co <news@books.example>', subject: 'Five books for the summer' },
    date: '2026-07-04T06:00:00Z',
    html: '<h1>Summer reading</h1><p>A <a href="https://books.example/lighthouse">lighthouse</a> novel costs &lt; 10 &euro;.</p>',
    says: ['Summer reading', 'novel costs < 10 €'],
  },
  {
    ...{ id: '19aa000000000007', threadId: '19aa000000000007', labelIds: inbox },
    ...{ from: 'Finance <finance@crew.example>', subject: 'Figures of the half-year' },
    ...{ date: '2026-07-05T07:00:00Z', text: 'The table is attached, the summary is below.' },
    html: '<p>The table is attached.</p><table border="1"><tr><th>Quarter</th><th>Euros</th></tr><tr><td>first</td><td>120</td></tr></table>',
    attachments: [figures],
    says: ['The table is attached.', '120'],
  },
  {
    ...{ id: '19aa000000000008', threadId: '19aa000000000008', labelIds: ['SPAM'] },
    ...{ from: 'Lottery <win@prize.example>', subject: 'You have won' },
    ...{ date: '2026-07-05T08:00:00Z', text: 'Claim your prize from Ghent today.' },
    says: ['Claim your prize from Ghent today.'],
  },
  ...Array.from({ length: 25 }, (_, n) => ({
    ...{
      id: `19bb0000000000${String(n + 10)}`,
      threadId: `19bb0000000000${String(n + 10)}`,
      labelIds: inbox,
    },
    ...{ from: 'Backup <backup@ops.example>', subject: `Nightly backup ${n + 1}` },
    ...{ date: `2026-06-${String(n + 1).padStart(2, '0')}T02:00:00Z`, text: `Backup ${n + 1} ended well.` },
    says: [`Backup ${n + 1} ended well.`],
  })),
];

export async function seedMessages(): Promise<(SeedMessage & { user_email: string })[]> {
  return Promise.all(
    putIn.map(async (mail) => ({
      ...{ id: mail.id, thread_id: mail.threadId, label_ids: mail.labelIds, user_email: account },
      raw: await rawMail(mail),
    })),
  );
}

/** As a mail server hands it on, base64url. */
export async function rawMail(mail: Omit<PutIn, 'id' | 'threadId' | 'labelIds' | 'says'>): Promise<string> {
  const { from, to = account, cc, subject, date, messageId, inReplyTo, text, html, attachments = [] } = mail;
  const composer = new MailComposer({
    ...{
      from,
      to,
      cc,
      subject,
      date: new Date(date),
      messageId,
      inReplyTo,
      references: inReplyTo,
      text,
      html,
    },
    attachments: attachments.map((file) => ({ ...file })),
  });
  return (await composer.compile().build()).toString('base64url');
}
