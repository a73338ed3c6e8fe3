import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awkwardMails } from './corpus.js';
import { MailReading } from './mail-reading.js';

let reading: MailReading;
beforeAll(async () => {
  reading = await MailReading.start();
});
afterAll(() => reading.stop());

describe('get_message reads an awkward mail', () => {
  it.each(awkwardMails.map((each) => [each.name, each] as const))('%s', async (_name, expected) => {
    const { body, attachments, notes, warnings } = await reading.read(expected.mail);
    for (const text of expected.has ?? []) expect(body.text).toContain(text);
    for (const text of expected.lacks ?? []) expect(body.text).not.toContain(text);
    if (expected.files !== undefined)
      expect(attachments.map(({ filename }) => filename)).toEqual(expected.files);
    if (expected.notes !== undefined) expect(notes?.join('\n')).toMatch(expected.notes);
    if (expected.warnings !== undefined) expect(warnings?.join('\n')).toMatch(expected.warnings);
  });
});
