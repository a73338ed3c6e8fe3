import { expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
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

it.each([
  'bea@known.example eve@evil.example',
  '<bea@known.example> <eve@evil.example>',
  'Bea <bea@known.example> eve@evil.example',
  'bea@known.example <eve@evil.example>',
  '"bea <bea@known.example>, eve@evil.example',
  '(bea@known.example, eve@evil.example',
  '<@relay.example:eve@evil.example>, bea@known.example',
  'Team: bea@known.example eve@evil.example;',
])('passes over no address in what is no list, which others may read otherwise: %s', async (to) => {
  const mime = Buffer.from(`From: ada@example.com\r\nTo: ${to}\r\n\r\nHello`);
  const message = await readOutgoing(mime, null, fromCaller);
  expect(message.to.map(({ address }) => address)).toContain('eve@evil.example');
});

it.each([
  ['"bea@known.example" <eve@evil.example>', 'eve@evil.example'],
  ['eve@evil.example (bea@known.example, a \\) remark)', 'eve@evil.example'],
  ['=?utf-8?Q?=22bea=40known.example=C3=BC?= <eve@evil.example>', 'eve@evil.example'],
  ['eve(a)@(b)evil.example', 'eve@evil.example'],
  ['Eve <EVE@Evil.Example>', 'EVE@Evil.Example'],
  ['Eve <eve@b\u00fccher.example>', 'eve@b\u00fccher.example'],
])('takes no name or remark for an address: %s', async (to, address) => {
  const mime = Buffer.from(`From: ada@example.com\r\nTo: ${to}\r\n\r\nHello`);
  const message = await readOutgoing(mime, null, fromCaller);
  expect(message.to.map((each) => each.address)).toEqual([address]);
});

it('reads just those to whom it was composed, whatever their names are', async () => {
  const person = fc.record({
    name: fc.string({
      unit: fc.constantFrom('a', '@', ',', ';', ':', '"', '\\', '(', ')', '<', '>', ' ', 'ü', '=?'),
    }),
    address: fc.integer({ min: 0, max: 40 }).map((number) => `person${number}@example.com`),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 12 }), async (to) => {
      const { mime } = await composeMail({ from: null, subject: '', body: 'Hi', to, cc: [], bcc: [] });
      const read = await readOutgoing(mime, null, fromCaller);
      expect(new Set(read.to.map(({ address }) => address))).toEqual(
        new Set(to.map(({ address }) => address)),
      );
    }),
    { numRuns: 200 },
  );
});

it('is not held up by many beginnings of names that do not end', async () => {
  const to = `bea@known.example ${'"\\"'.repeat(30_000)}(((${'=?x?q?a'.repeat(10_000)}`;
  const mime = Buffer.from(`From: ada@example.com\r\nTo: ${to}\r\n\r\nHello`);
  const startedAt = performance.now();
  await readOutgoing(mime, null, fromCaller);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
