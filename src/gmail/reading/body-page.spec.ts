import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyPage } from './body-page.js';

describe('bodyPage', () => {
  it('gives a short body whole', () => {
    expect(bodyPage('hello', 5)).toEqual({
      text: 'hello',
      truncated: false,
      totalChars: 5,
      nextOffset: null,
    });
  });

  it('tells where the rest begins', () => {
    expect(bodyPage('hello', 3)).toEqual({ text: 'hel', truncated: true, totalChars: 5, nextOffset: 3 });
    expect(bodyPage('hello', 3, 3)).toEqual({
      text: 'lo',
      truncated: false,
      totalChars: 5,
      nextOffset: null,
    });
  });

  it('never cuts a code point', () => {
    expect(bodyPage('a😀b', 2)).toMatchObject({ text: 'a', nextOffset: 1 });
    expect(bodyPage('a😀b', 2, 2)).toMatchObject({ text: '😀', nextOffset: 3 });
    expect(bodyPage('😀😀', 1)).toMatchObject({ text: '😀', nextOffset: 2 });
  });

  it('is empty beyond the end', () => {
    expect(bodyPage('hello', 3, 99)).toMatchObject({ text: '', truncated: false, nextOffset: null });
  });

  it('yields the whole body, page after page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 7 }), (text, maxChars) => {
        const pages: string[] = [];
        for (let offset: number | null = 0; offset !== null;) {
          const page = bodyPage(text, maxChars, offset);
          pages.push(page.text);
          offset = page.nextOffset;
        }
        expect(pages.join('')).toBe(text);
        expect(
          pages.every(
            (page) => page.length <= Math.max(maxChars, 2) && Buffer.from(page).toString() === page,
          ),
        ).toBe(true);
      }),
    );
  });
});
