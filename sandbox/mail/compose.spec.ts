import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { payloadOf } from '../gmail/payload.js';
import { compose } from './compose.js';
import { demoMail } from './fixtures/index.js';
import type { MailInput } from './mail.js';
import { Mailbox } from './mailbox.js';

const nowMs = Date.parse('2026-09-05T20:20:00Z');

function composeMail(mail: MailInput) {
  return compose(new Mailbox('demo@sandbox.test').deliver(mail, 0));
}

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
  .map((text) =>
    text
      .replace(/\p{C}|\p{Z}|\s/gu, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  )
  .filter((text) => text !== '');

describe('a composed mail', () => {
  it('reads back through a MIME parser as it was written: subject, text, file name and bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        line,
        line,
        line,
        fc.uint8Array({ minLength: 1 }),
        async (subject, text, fileName, bytes) => {
          const { node } = await composeMail({
            from: 'a@b.example',
            subject,
            body: {
              contentType: 'multipart/mixed',
              parts: [
                { contentType: 'text/plain', text },
                {
                  contentType: 'application/pdf',
                  fileName: `${fileName}.pdf`,
                  contentBase64: Buffer.from(bytes).toString('base64'),
                },
              ],
            },
          });
          const parsed = await PostalMime.parse(await node.build());
          expect(parsed.subject).toBe(subject);
          expect(parsed.text?.trimEnd()).toBe(text);
          expect(parsed.attachments[0]?.filename).toBe(`${fileName}.pdf`);
          expect(Buffer.from(parsed.attachments[0]?.content as ArrayBuffer)).toEqual(Buffer.from(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says the same in its payload as in its MIME form', async () => {
    for (const mail of demoMail(nowMs)) {
      const composed = await composeMail(mail);
      const parsed = await PostalMime.parse(await composed.node.build());
      const headers = payloadOf(composed).headers;
      expect(headers.find(({ name }) => name === 'Subject')?.value).toBe(parsed.subject);
      expect(headers.filter(({ name }) => name === 'Content-Type')).toHaveLength(1);
    }
  });

  it('has the same bytes every time', async () => {
    for (const mail of demoMail(nowMs)) {
      const [one, another] = await Promise.all([composeMail(mail), composeMail(mail)]);
      expect(await one.node.build()).toEqual(await another.node.build());
    }
  });

  it('writes ISO-8859-1 as quoted-printable in its own bytes', async () => {
    const { node } = await composeMail({
      from: 'a@b.example',
      subject: 'x',
      body: { contentType: 'text/plain', charset: 'iso-8859-1', text: 'Grüße' },
    });
    const mime = await node.build();
    expect(mime.toString('latin1')).toContain('Gr=FC=DFe');
    expect(mime.toString('latin1')).toMatch(/Content-Type: text\/plain; charset=iso-8859-1/);
  });

  it('names a file beyond ASCII in RFC 2231 parameters', async () => {
    const { node } = await composeMail({
      from: 'a@b.example',
      subject: 'x',
      body: { contentType: 'application/pdf', fileName: 'Übersicht.pdf', contentBase64: 'AAAA' },
    });
    const mime = await node.build();
    expect(mime.toString('latin1')).toMatch(/filename\*0\*=utf-8''%C3%9Cbersicht\.pdf/);
  });
});
