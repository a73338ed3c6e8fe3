import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hidesSomething, shownText } from './shown-text.js';

describe('a text that others wrote', () => {
  it.each<[string, string, string]>([
    ['plain words and lines', 'Hello,\n\tBea.\r\n', 'Hello,\n\tBea.\r\n'],
    ['markup', '<b>&"\'', '&lt;b&gt;&amp;&quot;&apos;'],
    ['letters of all scripts', 'Größe, Привет, 你好, مرحبا', 'Größe, Привет, 你好, مرحبا'],
    ['pictures of several signs', '👨\u200D👩\u200D👧 ❤\uFE0F', '👨\u200D👩\u200D👧 ❤\uFE0F'],
    ['an override', 'a\u202Eb', 'a<mark>[U+202E]</mark>b'],
    ['isolates', '\u2066a\u2069', '<mark>[U+2066]</mark>a<mark>[U+2069]</mark>'],
    ['nothing of no width', 'pass\u200Bword', 'pass<mark>[U+200B]</mark>word'],
    ['a joiner between letters', 'a\u200Db', 'a<mark>[U+200D]</mark>b'],
    ['a selector behind a letter', 'a\uFE0F', 'a<mark>[U+FE0F]</mark>'],
    ['tags beyond the basic plane', 'a\u{E0041}', 'a<mark>[U+E0041]</mark>'],
    ['selectors that can carry bytes', 'a\u{E0100}', 'a<mark>[U+E0100]</mark>'],
    ['a filler that counts as a letter', 'a\u3164', 'a<mark>[U+3164]</mark>'],
    ['a lone carriage return', 'a\rb', 'a<mark>[U+000D]</mark>b'],
    ['half of a pair', 'a\uD800', 'a<mark>[U+D800]</mark>'],
  ])('is shown with %s', (_case, text, shown) => {
    expect(shownText(text).text).toBe(shown);
    expect(hidesSomething(text)).toBe(shown.includes('<mark>'));
  });

  it('leaves nothing that turns around what stands beside it, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = shownText(text).text;
        expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/);
        const read = shown
          .replaceAll(/<mark>\[U\+([0-9A-F]+)\]<\/mark>/g, (_mark, hex: string) =>
            String.fromCodePoint(Number.parseInt(hex, 16)),
          )
          .replaceAll(/&(lt|gt|quot|apos|amp|nbsp);/g, (_entity, name: string) => entities[name] ?? '');
        expect(read).toBe(text);
      }),
    );
  });
});

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: '\u00A0' };
