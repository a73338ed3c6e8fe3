import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { findSecrets } from '../../src/policy/index.js';
import { corpus } from './corpus/index.js';

interface Mail {
  name: string;
  raw: Buffer;
}

function mailsOfTests(): Mail[] {
  const awkward = Object.entries(corpus).flatMap(([kind, mails]) =>
    mails.map(({ name, mail }) => ({ name: `${kind}: ${name}`, raw: mail })),
  );
  const cases = readdirSync('test/mail/cases')
    .filter((file) => file.endsWith('.eml'))
    .map((file) => ({ name: file, raw: readFileSync(`test/mail/cases/${file}`) }));
  return [...awkward, ...cases];
}

async function findingsIn({ raw }: Mail): Promise<string[]> {
  const { subject = '', text = '', html = '' } = await PostalMime.parse(raw);
  const texts = { subject, text, html };
  const found = findSecrets(Object.entries(texts).map(([name, each]) => ({ name, text: each })));
  return found.map(({ rule, place }) => `${rule} in ${place}`);
}

it('no mail of the tests that is about something else is taken for one with a secret', async () => {
  const mails = mailsOfTests();
  const found: string[] = [];
  for (const mail of mails)
    for (const finding of await findingsIn(mail)) found.push(`${mail.name}: ${finding}`);
  expect(mails.length).toBeGreaterThan(280);
  // It does bring a code.
  expect(found).toEqual([
    '02-boilerplate-and-short-html.eml: one_time_code in html: one-time code is <b>********',
  ]);
});

it('nor is any paragraph of the documentation, which speaks of keys, tokens and passwords all the time', () => {
  const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
    readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  );
  const paragraphs = pages.flatMap((page) =>
    readFileSync(page, 'utf8')
      .split('\n\n')
      .map((text) => ({ page, text })),
  );
  const found = paragraphs.flatMap(({ page, text }) =>
    findSecrets([{ name: page, text }]).map(({ rule, place }) => `${rule} in ${place}`),
  );
  expect(paragraphs.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});
