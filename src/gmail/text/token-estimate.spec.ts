import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { charsWithin, tokenEstimate } from './token-estimate.js';

/** How far a model's count may be above the estimate. */
const tolerance = 1.15;

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

function drawn(from: number, to: number, count = 2_000): string {
  const next = random(from);
  return Array.from({ length: count }, () =>
    String.fromCodePoint(from + Math.floor(next() * (to - from + 1))),
  ).join('');
}

const bytes = Buffer.from(drawn(0, 255), 'latin1');
const samples: [string, string][] = [
  ['English', 'Please read the quarterly report before the meeting on Tuesday, as we discussed. '.repeat(50)],
  ['German', 'Die Geschäftsführung übersendet Ihnen anliegend die Übersicht über die Verträge. '.repeat(50)],
  ['Chinese', '请查收附件中的季度报告，并在星期二的会议之前阅读。'.repeat(50)],
  ['Japanese', 'お世話になっております。来週の会議の資料を添付いたします。'.repeat(50)],
  ['Korean', '안녕하세요. 회의 자료를 첨부하오니 확인 부탁드립니다. '.repeat(50)],
  ['Hindi', 'कृपया बैठक से पहले संलग्न रिपोर्ट पढ़ लें। '.repeat(50)],
  ['families of emoji', '👨‍👩‍👧‍👦👍🏽🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️'.repeat(100)],
  ['random Chinese characters', drawn(0x4e00, 0x9fff)],
  ['rare Chinese characters', drawn(0x20000, 0x2a6df)],
  ['random syllables of Korean', drawn(0xac00, 0xd7a3)],
  ['random emoji', drawn(0x1f300, 0x1faff)],
  ['letters of mathematics', drawn(0x1d400, 0x1d7ff)],
  ['Cyrillic', drawn(0x400, 0x45f)],
  ['Arabic', drawn(0x620, 0x64a)],
  ['Tamil', drawn(0xb85, 0xbb9)],
  ['boxes and signs', drawn(0x2500, 0x27bf)],
  ['private use', drawn(0xe000, 0xf8ff)],
  ['random letters', drawn(0x61, 0x7a)],
  ['random ASCII', drawn(0x20, 0x7e)],
  ['base64', bytes.toString('base64')],
  ['hex', bytes.toString('hex')],
  ['line ends and quotes', '"\n\\"\n\n'.repeat(500)],
  ['letters that no word has', 'qz'.repeat(1_000)],
  ['a long line of dashes', '-'.repeat(3_000)],
];

describe('the estimate of tokens', () => {
  it.each(samples)(
    'is at worst a seventh below what a model counts in %s, also within JSON',
    (_what, text) => {
      expect(countTokens(text)).toBeLessThanOrEqual(tokenEstimate(text) * tolerance);
      expect(countTokens(JSON.stringify(text))).toBeLessThanOrEqual((tokenEstimate(text) + 2) * tolerance);
    },
  );

  it('does not overrate prose so much that a page of 20,000 characters would not fit', () => {
    const [[, english]] = samples as [[string, string]];
    expect(tokenEstimate(english) / english.length).toBeLessThan(0.48);
  });

  it('cuts where the tokens end, and never within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(50), (text, maxTokens) => {
        const kept = text.slice(0, charsWithin(text, maxTokens));
        expect(tokenEstimate(kept)).toBeLessThanOrEqual(maxTokens + 1);
        expect(/[\ud800-\udbff]$/.test(kept)).toBe(false);
        if (tokenEstimate(text) <= maxTokens) expect(kept).toBe(text);
      }),
    );
  });

  it('takes no more than linear time', () => {
    const started = performance.now();
    tokenEstimate('a'.repeat(2_000_000));
    tokenEstimate('qz \n'.repeat(500_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
