import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repository } from '../harness/node-process.js';
import { MailReading } from './mail-reading.js';

interface Case {
  id: string;
  title: string;
  check: {
    has?: string[];
    lacks?: string[];
    once?: string;
    date?: string;
    attachments?: number;
    attachmentNamed?: boolean;
  };
}

const folder = join(repository, 'test/mail/cases');
const cases = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Case[];

let reading: MailReading;
beforeAll(async () => {
  reading = await MailReading.start();
});
afterAll(() => reading.stop());

describe('get_message reads what a person sees', () => {
  it.each(cases.map((each) => [each.id, each] as const))('%s', async (id, { check }) => {
    const { body, date, attachments } = await reading.read(readFileSync(join(folder, `${id}.eml`)));
    for (const text of check.has ?? []) expect(body.text).toContain(text);
    for (const text of check.lacks ?? []) expect(body.text).not.toContain(text);
    if (check.once !== undefined) expect(body.text.split(check.once)).toHaveLength(2);
    if (check.date !== undefined) expect(date).toBe(check.date);
    if (check.attachments !== undefined) expect(attachments).toHaveLength(check.attachments);
    if (check.attachmentNamed === true) {
      expect(attachments.length).toBeGreaterThan(0);
      for (const { filename } of attachments) expect(filename).not.toBe('');
    }
  });

  it('that is an attached mail, by its part', async () => {
    const mail = readFileSync(join(folder, '23-forwarded-as-attachment.eml'));
    const [attached] = (await reading.read(mail)).attachments;
    expect(attached).toMatchObject({ filename: 'The price.eml', from: 'Cy <cy@other.example>' });
    const inner = await reading.read(mail, attached?.partId);
    expect(inner).toMatchObject({ from: 'Cy <cy@other.example>', subject: 'The price' });
    expect(inner.body.text).toBe('The price is 40 from Monday.');
  });

  it('and offers the plain text that says something else', async () => {
    const mail = readFileSync(join(folder, '01-decoy-plain.eml'));
    expect((await reading.read(mail)).notes?.join()).toContain('partId "0"');
    expect((await reading.read(mail, '0')).body.text).toContain('forwarded to x@evil.example');
  });
});
