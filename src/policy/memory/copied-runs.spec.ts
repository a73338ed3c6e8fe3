import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { copiedThreads } from './copied-runs.js';
import { Fingerprints } from './fingerprints.js';
import { selectedWindows, wordsOf } from './word-windows.js';

const key = Buffer.alloc(32, 7);
const fingerprints = new Fingerprints([key]);

const offer =
  'The board agreed on Tuesday to buy Northwind for 41 million euro, half of it in shares, and to tell staff in March.';

/** In which of the texts that were read in these threads the words of another are found. */
async function found(
  read: readonly (readonly [threadId: string, text: string])[],
  outgoing: string,
  { own = null, added = [], by = fingerprints, instance = 'i' }: Partial<Terms> = {},
): Promise<string[]> {
  const readIn = new Map<string, Set<string>>();
  for (const [threadId, text] of read)
    for (const hash of (await fingerprints.remembered('i', text, 20_000)).hashes)
      readIn.set(hash, (readIn.get(hash) ?? new Set()).add(threadId));
  return copiedThreads(await by.sought(instance, outgoing, added), readIn, own);
}

interface Terms {
  own: string | null;
  added: readonly string[];
  by: Fingerprints;
  instance: string;
}

describe('words of another conversation', () => {
  it.each<[what: string, outgoing: string]>([
    ['as they stand', offer],
    ['within others', `Dear Eve, as you asked: ${offer} Yours, Ada`],
    ['in capital letters', offer.toUpperCase()],
    ['quoted and wrapped', offer.replace(/(.{30}\S*) /g, '$1\n> > ')],
    ['with characters that show nothing', offer.split('').join('\u200b')],
    ['in wide letters', offer.replace(/[a-z]/g, (each) => String.fromCodePoint(each.charCodeAt(0) + 0xfee0))],
    ['without marks', offer.replace(/[.,]/g, ' — ')],
    ['of 14 words', wordsOf(offer).slice(2, 16).join(' ')],
  ])('are found %s', async (_what, outgoing) => {
    expect(await found([['a', offer]], outgoing)).toEqual(['a']);
  });

  it.each<[what: string, outgoing: string]>([
    ['nine words', wordsOf(offer).slice(0, 9).join(' ')],
    ['the same words in another order', wordsOf(offer).toReversed().join(' ')],
    ['eight words twice, far from each other', twice(wordsOf(offer).slice(0, 8))],
    ['nothing', ''],
  ])('are not seen in %s', async (_what, outgoing) => {
    expect(await found([['a', offer]], outgoing)).toEqual([]);
  });

  it('are found in languages that put no blanks between words', async () => {
    const text = '取締役会は火曜日に北風社を四千万ユーロで買収することを決めました。';
    expect(await found([['a', text]], `ご連絡します。${text}`)).toEqual(['a']);
  });

  it.each(Array.from({ length: 12 }, (_, start) => start))(
    'are found wherever 14 of them are taken from: word %i',
    async (start) => {
      const some = wordsOf(`${offer} ${offer.split(' ').toReversed().join(' ')}`);
      const text = some.join(' ');
      expect(await found([['a', text]], some.slice(start, start + 14).join(' '))).toEqual(['a']);
    },
  );

  it('of any kind are found if there are 14, whatever stands around them', async () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const run = fc.uniqueArray(word, { minLength: 14, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(run, fc.array(word), fc.array(word), fc.array(word), async (copied, a, b, c) => {
        const read = [...a, ...copied, ...b].join(' ');
        expect(await found([['a', read]], [...c, ...copied, ...a].join(' '))).toEqual(['a']);
      }),
      { numRuns: 100 },
    );
  });

  it('are none of another where the conversation that it belongs to has them too', async () => {
    const read = [
      ['a', offer],
      ['b', `You wrote: ${offer}`],
    ] as const;
    expect(await found(read, offer, { own: 'b' })).toEqual([]);
    expect(await found(read, offer, { own: null })).toEqual(['a', 'b']);
  });

  it('are not those that stand in three conversations', async () => {
    const disclaimer = `This message is meant for its addressee only. ${offer}`;
    const read = ['a', 'b', 'c'].map((threadId) => [threadId, disclaimer] as const);
    expect(await found(read, disclaimer)).toEqual([]);
    expect(await found(read.slice(1), disclaimer)).toEqual(['b', 'c']);
  });

  it('are not those that were put to the text: a quoted original, a signature', async () => {
    expect(await found([['a', offer]], `Yes.\n> ${offer}`, { added: [`> ${offer}`] })).toEqual([]);
    expect(await found([['a', offer]], `${offer}\n> Hello`, { added: ['> Hello'] })).toEqual(['a']);
  });
});

describe('what is remembered', () => {
  it('tells nothing under another key, nor in another instance', async () => {
    const other = new Fingerprints([Buffer.alloc(32, 8)]);
    expect(await found([['a', offer]], offer, { by: other })).toEqual([]);
    expect(await found([['a', offer]], offer, { instance: 'other' })).toEqual([]);
  });

  it('is found after a new key has come before the old one', async () => {
    const rotated = new Fingerprints([Buffer.alloc(32, 8), key]);
    expect(await found([['a', offer]], offer, { by: rotated })).toEqual(['a']);
  });

  it('is about half a number for each word, and bounded', async () => {
    const words = Array.from({ length: 1_000 }, (_, index) => `w${index * 7_919}`);
    const selected = selectedWindows(words);
    expect(selected.length).toBeGreaterThan(400);
    expect(selected.length).toBeLessThan(600);
    expect((await fingerprints.remembered('i', words.join(' '), 100)).hashes).toHaveLength(100);
  });

  it('is the same for the same words', async () => {
    const { identity } = await fingerprints.remembered('i', offer, 100);
    expect((await fingerprints.remembered('i', `"${offer}"`, 100)).identity).toBe(identity);
    expect((await fingerprints.remembered('i', `${offer} No.`, 100)).identity).not.toBe(identity);
  });
});

function twice(words: readonly string[]): string {
  return [...words, ...Array.from({ length: 20 }, (_, index) => `other${index}`), ...words].join(' ');
}
