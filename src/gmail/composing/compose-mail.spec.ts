import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { composeMail, identityHeader, type MailContent } from './compose-mail.js';
import { headerValue } from './header-value.js';

function content(changes: Partial<MailContent> = {}): MailContent {
  return {
    from: 'ada@example.com',
    to: [{ name: '', address: 'bea@example.com' }],
    cc: [],
    bcc: [],
    subject: 'Lunch?',
    body: 'At noon.',
    ...changes,
  };
}

/** Any text there is, and now and then one that would like to be a header. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('\r', '\n', '\0', '\t', ' ', ':', 'Bcc', 'x@evil.example', '"', '<', '>', ',', 'ü'),
  }),
  fc.string({ unit: fc.constantFrom('\ud83c', '\udf0d', 'a', '=?utf-8?Q?a=0D=0ABcc:_x?=', '=?', '?=', ' ') }),
  fc.string({ unit: 'grapheme', minLength: 500, maxLength: 3000 }),
);

const ownHeaders = [
  'from',
  'to',
  'subject',
  'message-id',
  identityHeader.toLowerCase(),
  'content-transfer-encoding',
  'content-type',
  'mime-version',
  'date',
];

/** Line breaks as a reader sees them: quoted-printable and its kin know only CRLF. */
function lines(text: string | undefined) {
  return (text ?? '').replaceAll(/\r\n?/g, '\n').trimEnd();
}

function wellFormed(text: string) {
  return Buffer.from(text).toString();
}

describe('a composed mail', () => {
  it('says what was written in subject, name and body, whatever that is, and has no header of its making', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (subject, name, body) => {
        const to = [{ name: headerValue(name), address: 'bea@example.com' }];
        const { mime } = await composeMail(content({ subject, to, body }));
        const parsed = await PostalMime.parse(mime);

        expect(parsed.subject ?? '').toBe(headerValue(subject));
        expect(parsed.to).toEqual([{ name: headerValue(name), address: 'bea@example.com' }]);
        expect(lines(parsed.text)).toBe(lines(wellFormed(body)));
        expect(parsed.headers.map(({ key }) => key).filter((key) => !ownHeaders.includes(key))).toEqual([]);
        expect(new Set(parsed.headers.map(({ key }) => key)).size).toBe(parsed.headers.length);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its HTML beside its text, whatever both are', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (body, html) => {
        fc.pre(body !== '' && html !== '');
        const { mime } = await composeMail(content({ body, htmlBody: html }));
        const parsed = await PostalMime.parse(mime);

        expect(lines(parsed.text)).toBe(lines(wellFormed(body)));
        expect(lines(parsed.html)).toBe(lines(wellFormed(html)));
        expect(parsed.attachments).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('shows its text as HTML beside it, unless there is none', async () => {
    const html = async (body: string) =>
      (await PostalMime.parse((await composeMail(content({ body }))).mime)).html;

    expect(await html('At noon.\nOr <later>?')).toContain(
      '<div dir="auto">At noon.</div><div dir="auto">Or &lt;later&gt;?</div>',
    );
    expect(await html('')).toBeUndefined();
  });

  it('goes without HTML of its own where both together are larger than Gmail takes', async () => {
    const { mime } = await composeMail(content({ body: '日'.repeat(7_000_000) }));
    const parsed = await PostalMime.parse(mime);

    expect(parsed.html).toBeUndefined();
    expect(parsed.text?.trim()).toHaveLength(7_000_000);
  });

  it('has lines that end in CRLF and are not longer than mail allows', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (subject, body) => {
        const { mime } = await composeMail(content({ subject, body: body.repeat(20) }));
        const text = mime.toString('latin1');

        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(Math.max(...text.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
      }),
      { numRuns: 100 },
    );
  });

  it('names its hidden recipients, whom Gmail learns from nowhere else', async () => {
    const { mime } = await composeMail(content({ bcc: [{ name: '', address: 'c@example.com' }] }));

    expect((await PostalMime.parse(mime)).bcc).toEqual([{ name: '', address: 'c@example.com' }]);
  });

  it('bears its Message-ID twice, where Gmail replaces it and where it does not', async () => {
    const { mime, messageId } = await composeMail(content());
    const { headers } = await PostalMime.parse(mime);

    expect(messageId).toMatch(/^<[\w-]{36}@example\.com>$/);
    for (const name of ['message-id', identityHeader.toLowerCase()])
      expect(headers.find(({ key }) => key === name)?.value).toBe(messageId);
    expect((await composeMail(content())).messageId).not.toBe(messageId);
  });

  it('leaves the sender to Gmail when the address is not known', async () => {
    expect((await PostalMime.parse((await composeMail(content({ from: null }))).mime)).from).toBeUndefined();
  });

  it('answers in the thread of a reply, with all of its references', async () => {
    const references = ['<1@example.com>', '<2@example.com>'];
    const reply = { threadId: 't1', subject: 'Re: Grüße', references };
    const { mime, threadId } = await composeMail(content({ reply }));

    expect(threadId).toBe('t1');
    expect(await PostalMime.parse(mime)).toMatchObject({
      subject: 'Re: Grüße',
      inReplyTo: '<2@example.com>',
      references: '<1@example.com> <2@example.com>',
    });
  });

  it('is refused beyond 35 MB, naming the body that is to blame', async () => {
    const large = 'a'.repeat(37_000_000);

    await expect(composeMail(content({ body: large }))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      field: 'body',
    });
    await expect(composeMail(content({ htmlBody: large }))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      field: 'htmlBody',
    });
  });
});
