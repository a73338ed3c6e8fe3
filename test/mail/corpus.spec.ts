import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AwkwardMail } from './awkward-mail.js';
import { corpus } from './corpus/index.js';
import { MailReading, type Reading } from './mail-reading.js';

let reading: MailReading;
beforeAll(async () => {
  reading = await MailReading.start();
});
afterAll(() => reading.stop());

function compare(read: Reading, expected: AwkwardMail): void {
  const text = expected.text ?? read.body.text;
  const files = read.attachments.map(({ filename }) => filename);
  for (const field of ['from', 'to', 'replyTo', 'subject', 'date'] as const)
    expect([field, read[field]]).toEqual([
      field,
      expected[field] === undefined ? read[field] : expected[field],
    ]);
  expect(read.body.text).toBe(text);
  for (const each of expected.has ?? []) expect(read.body.text).toContain(each);
  for (const each of expected.lacks ?? []) expect(read.body.text).not.toContain(each);
  expect(files).toEqual(expected.files ?? files);
  compareSaid(read.notes, expected.notes);
  compareSaid(read.warnings, expected.warnings);
}

function compareSaid(said: readonly string[] = [], wanted: AwkwardMail['notes']): void {
  if (wanted === 'none') expect(said).toEqual([]);
  else if (wanted !== undefined) expect(said.join('\n')).toMatch(wanted);
}

describe.each(Object.entries(corpus))('get_message reads a mail %s:', (_kind, mails) => {
  it.each(mails.map((each) => [each.name, each] as const))('%s', async (_name, expected) => {
    compare(await reading.read(expected.mail, expected.partId, expected.headersAsSent), expected);
  });
});

it('of which more than two hundred and fifty are here, no two the same', () => {
  const mails = Object.values(corpus).flat();
  for (const kind of Object.values(corpus))
    expect(new Set(kind.map(({ name }) => name)).size).toBe(kind.length);
  const names = new Map(mails.map((each) => [contentOf(each), each.name]));
  expect(mails.filter((each) => names.get(contentOf(each)) !== each.name).map(({ name }) => name)).toEqual(
    [],
  );
  expect(mails.length).toBeGreaterThan(250);
});

function contentOf({ mail, partId = '', headersAsSent = false }: AwkwardMail): string {
  return `${partId} ${String(headersAsSent)} ${mail.toString('base64')}`;
}
