import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { composeMail } from './compose-mail.js';
import { recipientCount } from './recipient-count.js';

function mime(...lines: string[]): Buffer {
  return Buffer.from([...lines, 'Subject: Hi', '', 'To: body@example.com'].join('\r\n'));
}

describe('the recipients of a mail', () => {
  it.each<[string, number, Buffer]>([
    ['one', 1, mime('To: ada@example.com')],
    ['all three kinds', 3, mime('To: a@example.com', 'Cc: b@example.com', 'Bcc: c@example.com')],
    ['commas in one header', 3, mime('To: a@example.com, "B, the second" <b@example.com>,c@example.com')],
    ['a folded header', 2, mime('To: a@example.com,', ' b@example.com')],
    ['a header that comes twice', 2, mime('Bcc: a@example.com', 'Bcc: b@example.com')],
    ['a header in capitals', 1, mime('BCC: a@example.com')],
    ['a group', 3, mime('To: Friends: a@example.com, b@example.com;, c@example.com')],
    ['an address twice', 1, mime('To: a@example.com, a@EXAMPLE.com', 'Cc: A. <a@example.com>')],
    ['two that differ before the @', 2, mime('To: a@example.com, A@example.com')],
    ['none', 0, mime('Reply-To: a@example.com')],
    ['a mail without a body', 1, Buffer.from('To: a@example.com')],
  ])('are counted in %s', async (_case, count, mail) => {
    expect(await recipientCount(mail)).toBe(count);
  });

  it('are as many as were given to the composer, whatever their names are', async () => {
    const person = fc.record({
      name: fc.string({ unit: fc.constantFrom('a', ',', ';', ':', '"', '\\', '(', ' ', 'ü', '=?') }),
      address: fc.integer({ min: 0, max: 40 }).map((number) => `person${number}@example.com`),
    });
    const people = fc.array(person, { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(people, people, people, async (to, cc, bcc) => {
        const content = { from: null, subject: '', body: 'Hi' };
        const { mime: mail } = await composeMail({ ...content, to, cc, bcc });
        const given = new Set([...to, ...cc, ...bcc].map(({ address }) => address));
        expect(await recipientCount(mail)).toBe(given.size);
      }),
      { numRuns: 200 },
    );
  });
});
