import { expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { composeMail } from '../../gmail/index.js';
import { fromCaller, readOutgoing } from './outgoing-reading.js';

it('reads a mail as it leaves', async () => {
  const bea = { name: 'Béa', address: 'bea@example.com' };
  const { mime } = await composeMail({
    ...{ from: 'ada@example.com', to: [bea], cc: [], bcc: [{ name: '', address: 'c@example.com' }] },
    ...{ subject: 'Grüße', body: 'At noon.\nA', htmlBody: '<p>At <b>noon</b>.</p>' },
  });
  expect(await readOutgoing(mime, 't1', fromCaller)).toEqual({
    ...{ from: { name: '', address: 'ada@example.com' }, to: [bea], cc: [] },
    bcc: [{ name: '', address: 'c@example.com' }],
    subject: 'Grüße',
    text: expect.stringMatching(/^At noon\.\nA\s*$/),
    html: expect.stringContaining('<b>noon</b>'),
    ...{ files: [], threadId: 't1', replyTo: [], inReplyTo: null, language: null, headers: [] },
  });
});

it('tells files by their bytes, and where they come from', async () => {
  const bytes = Buffer.from('%PDF-1.7');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const mime = Buffer.from(
    [
      ...['To: bea@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''],
      ...['--b', 'Content-Type: text/plain', '', 'See.', '--b', 'Content-Type: application/pdf'],
      ...['Content-Disposition: attachment; filename=a.pdf', 'Content-Transfer-Encoding: base64', ''],
      ...[bytes.toString('base64'), '--b--', ''],
    ].join('\r\n'),
  );
  const originOf = (seen: string) => (seen === sha256 ? 'conversation' : 'upload');
  expect((await readOutgoing(mime, null, originOf)).files).toEqual([
    { name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 8, sha256, origin: 'conversation' },
  ]);
});

it('takes the members of a group one by one', async () => {
  const mime = Buffer.from('To: friends: a@example.com, B <b@example.com>;\r\n\r\nHello');
  expect((await readOutgoing(mime, null, fromCaller)).to).toEqual([
    { name: '', address: 'a@example.com' },
    { name: 'B', address: 'b@example.com' },
  ]);
});

it('tells all that decides what happens to a draft of another program', async () => {
  const mime = Buffer.from(
    [
      ...['From: ada@example.com', 'To: a@example.com', 'Reply-To: Ada <away@evil.example>'],
      ...[
        'In-Reply-To: <1@example.com>',
        'References: <0@example.com> <1@example.com>',
        'Content-Language: ar',
      ],
      ...['Disposition-Notification-To: spy@evil.example', 'Date: Tue, 1 Sep 2026 12:00:00 +0000'],
      ...['Message-ID: <2@example.com>', 'MIME-Version: 1.0', '', 'Hello'],
    ].join('\r\n'),
  );
  expect(await readOutgoing(mime, 't1', fromCaller)).toMatchObject({
    replyTo: [{ name: 'Ada', address: 'away@evil.example' }],
    ...{ inReplyTo: '<1@example.com>', language: 'ar' },
    headers: [{ name: 'Disposition-Notification-To', value: 'spy@evil.example' }],
  });
});

it('takes the recipients of headers that stand there twice, which a parser may pass over', async () => {
  const mime = Buffer.from(
    [
      ...['From: ada@example.com', 'From: bob@example.com', 'To: a@example.com', 'to: b@example.com'],
      ...[
        'Cc: c@example.com',
        'Cc: friends: d@example.com;',
        'Bcc: e@example.com',
        'BCC: f@example.com',
        '',
        'x',
      ],
    ].join('\r\n'),
  );
  const { from, to, cc, bcc, headers } = await readOutgoing(mime, null, fromCaller);
  const addresses = (listed: typeof to) => listed.map(({ address }) => address);
  expect(from?.address).toBe('ada@example.com');
  expect([to, cc, bcc].map(addresses)).toEqual([
    ['a@example.com', 'b@example.com'],
    ['c@example.com', 'd@example.com'],
    ['e@example.com', 'f@example.com'],
  ]);
  expect(headers).toEqual([{ name: 'From', value: 'bob@example.com' }]);
});
