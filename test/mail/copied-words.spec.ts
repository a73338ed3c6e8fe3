import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { copiedThreads, Fingerprints, type ReadIn } from '../../src/policy/index.js';
import { corpus } from './corpus/index.js';

const fingerprints = new Fingerprints([Buffer.alloc(32, 1)]);
const mostHashes = 20_000;

interface Mail {
  name: string;
  text: string;
}

async function mailsOfTests(): Promise<Mail[]> {
  const awkward = Object.entries(corpus).flatMap(([kind, mails]) =>
    mails.map(({ name, mail }) => ({ name: `${kind}: ${name}`, raw: mail })),
  );
  const cases = readdirSync('test/mail/cases')
    .filter((file) => file.endsWith('.eml'))
    .map((file) => ({ name: file, raw: readFileSync(`test/mail/cases/${file}`) }));
  return Promise.all(
    [...awkward, ...cases].map(async ({ name, raw }) => {
      const { text = '', html = '' } = await PostalMime.parse(raw);
      return { name, text: text.trim() === '' ? html.replace(/<[^<>]*>/g, ' ') : text };
    }),
  );
}

let mails: Mail[];
let hashesOf: Map<string, readonly string[]>;
beforeAll(async () => {
  mails = await mailsOfTests();
  hashesOf = new Map();
  for (const { name, text } of mails)
    hashesOf.set(name, (await fingerprints.remembered('i', text, mostHashes)).hashes);
});

function readIn(names: readonly string[]): ReadIn {
  const threads = new Map<string, Set<string>>();
  for (const name of names)
    for (const hash of hashesOf.get(name) ?? [])
      threads.set(hash, (threads.get(hash) ?? new Set()).add(name));
  return threads;
}

/** Whose words are found in a text, if only one of the others was read before. */
async function copiesIn({ name, text }: Mail): Promise<string[]> {
  const windows = await fingerprints.sought('i', text, []);
  return mails
    .filter((other) => other.name !== name && copiedThreads(windows, readIn([other.name]), null).length > 0)
    .map((other) => other.name);
}

it('no mail of the tests is taken for one with the words of another, but those that hold the same', async () => {
  const found: string[] = [];
  for (const mail of mails) if ((await copiesIn(mail)).length > 0) found.push(mail.name);
  expect(mails.length).toBeGreaterThan(400);
  // They hold the same two mails.
  expect(found).toEqual([
    'of many kinds: a mail in a mail',
    'of many kinds: a digest',
    'of a strange tree: a mail in a mail in a mail: the first',
    'of a strange tree: a mail in a mail in a mail: the second',
    'of a strange tree: a digest whose parts have no head',
  ]);
});

const courtesies = [
  'Hi Bea,',
  'I hope this email finds you well.',
  'Please let me know if you have any questions.',
  'Please do not hesitate to contact me.',
  'Thank you very much for your help with this.',
  'I am looking forward to hearing from you soon.',
  'Bei Rückfragen stehe ich Ihnen gerne zur Verfügung.',
  'Mit freundlichen Grüßen aus Berlin',
  'Je vous prie d’agréer mes salutations distinguées.',
  'Quedo a la espera de sus noticias. Un cordial saludo,',
  'よろしくお願いいたします。',
  'Sent from my iPhone',
];

it('what people say in all their mail is no other conversation’s', async () => {
  const read = await fingerprints.remembered('i', courtesies.join('\n'), mostHashes);
  const known = new Map(read.hashes.map((hash) => [hash, new Set(['read'])]));
  for (const [index, courtesy] of courtesies.entries()) {
    const text = `${courtesy}\nThe figures of week ${index} are in the sheet.\n${courtesies.at(index - 3) ?? ''}`;
    expect([courtesy, copiedThreads(await fingerprints.sought('i', text, []), known, null)]).toEqual([
      courtesy,
      [],
    ]);
  }
});
