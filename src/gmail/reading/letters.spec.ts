import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlToText } from '../html/html-to-text.js';
import { WorkBudget } from '../html/work-budget.js';
import { letterCount, letterLimit } from './letters.js';

describe('the letters of a text', () => {
  it.each<[string, number]>([
    ['', 0],
    ['Ada 1815!', 7],
    ['Grüße, 谢谢, 🙂 𝒳', 8],
    ['see https://example.com/a?b=c now', 6],
    ['see <https://example.com>here', 7],
    ['lone \ud83d half', 8],
  ])('%j are %d', (text, count) => {
    expect(letterCount(text)).toBe(count);
  });

  it('are what Unicode calls letters and numbers', () => {
    const byRegularExpression = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(letterCount(text)).toBe(byRegularExpression(text));
      }),
    );
  });
});

describe('the limit of the letters of HTML', () => {
  it('is near their number where nothing is hidden', () => {
    const html = `<p>${'word '.repeat(500)}<a href="https://example.com/${'x'.repeat(1000)}">more</a></p>`;
    expect(letterLimit(html)).toBeGreaterThanOrEqual(2004);
    expect(letterLimit(html)).toBeLessThan(2104);
  });

  it('counts no style and no script', () => {
    expect(letterLimit('<style>.a{color:red}</style><script>let a</script>a')).toBe(letterLimit('a'));
  });

  it('is never passed by the text that is made of it', () => {
    const piece = fc.oneof(
      { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...[
            'word ',
            'long words of a text ',
            '<p>',
            '</p>',
            '<b',
            '<td>',
            '<li>',
            '<ol start="9999">',
            '<ul>',
          ],
          ...[
            '<style>',
            '</style>',
            '</sty\ue000le>',
            '<script>',
            '</script',
            '<title>',
            '</title>',
            '<textarea>',
            '<xmp>',
            '<svg>',
          ],
          ...[
            '<!--',
            '-->',
            '--!>',
            '<!',
            '<?',
            '<![CDATA[',
            ']]>',
            '">',
            "'>",
            '>',
            '<',
            '/>',
            '&amp',
            '&#104;',
            '&copy;',
          ],
          ...[
            '<a href="https://x.y/long',
            '<a href="mailto:someone',
            '<a href=',
            "<a title='href=",
            '<img alt="picture',
          ],
          ...[
            '<div style="display:none">',
            '</div>',
            '<plaintext>',
            '<math>',
            '<noscript>',
            '<iframe>',
            '] more',
            ' ',
          ],
        ),
      },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const html = pieces.join('');
        expect(letterCount(htmlToText(html, WorkBudget.ofMessage()))).toBeLessThanOrEqual(letterLimit(html));
      }),
      { numRuns: 2_000 },
    );
  });
});
