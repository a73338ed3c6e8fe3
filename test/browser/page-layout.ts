import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ComputedStyle, PageDocument, PageElement } from './page-dom.js';

/** Of a desk and of a phone, in CSS pixels. */
export const windows = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

/** One pixel of rounding. */
const tolerance = 1;

/** What a browser has made of a page of ours, in CSS pixels. */
interface Layout {
  contentWidth: number;
  card: { left: number; right: number; top: number; bottom: number };
  /** Above what the card holds, and below it. */
  space: { above: number; below: number };
  /** The smallest letters. */
  fontSize: number;
  /** From one line to the next, by the size of its letters: closer than they are high, lines lie on each other. */
  lineSpacing: number;
  /** Text or buttons that reach out of the card. */
  outside: string[];
  /** Text or buttons that lie on others. */
  overlapping: string[];
}

/** Holds a page to what a reader needs, in the window that it has now. */
export async function expectReadable(page: Page): Promise<void> {
  const layout = await page.locator('article').evaluate(measure);
  const { card, space, contentWidth, fontSize, lineSpacing, outside, overlapping } = layout;
  const { width: windowWidth, height: windowHeight } = page.viewportSize()!;
  const width = card.right - card.left;
  expect(outside).toEqual([]);
  expect(overlapping).toEqual([]);
  expect(contentWidth).toBeLessThanOrEqual(windowWidth);
  expect(lineSpacing).toBeGreaterThanOrEqual(1.1);
  expect(fontSize).toBeGreaterThanOrEqual(14);
  expect(Math.abs(card.left - (windowWidth - card.right))).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(space.above - space.below)).toBeLessThanOrEqual(tolerance);
  // Some seventy letters on a line read well; a phone has no room to give away.
  expect(width).toBeLessThanOrEqual(720);
  expect(width).toBeGreaterThanOrEqual(Math.min(480, windowWidth - 48));
  expect(card.top).toBeGreaterThanOrEqual(8);
  if (card.bottom - card.top < windowHeight - 48) {
    expect(Math.abs(card.top - (windowHeight - card.bottom))).toBeLessThanOrEqual(tolerance);
  }
}

declare const document: PageDocument;
declare function getComputedStyle(element: PageElement): ComputedStyle;

/** Runs in the page, not scrolled. */
function measure(article: PageElement): Layout {
  const { left, right, top, bottom } = article.getBoundingClientRect();
  const shown = [...article.querySelectorAll('*')].filter((element) => element.checkVisibility());
  // Others hold the margins of what is in them.
  const boxes = [...article.querySelectorAll('h1, p, li, button')]
    .filter((each) => each.checkVisibility())
    .map((each) => each.getBoundingClientRect());
  const overflowing = shown.filter((element) => {
    const box = element.getBoundingClientRect();
    return box.left < left || box.right > right || box.bottom > bottom;
  });
  const pieces = shown
    .filter((element) => element.matches('h1, h2, p, li, dt, dd, pre, summary, button'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }));
  const overlapping = pieces.filter(({ element, box }, index) =>
    pieces
      .slice(index + 1)
      .some(
        (other) =>
          Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 1 &&
          Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 1 &&
          !element.contains(other.element),
      ),
  );
  const spacings = pieces.map(({ element }) => {
    const { lineHeight, fontSize } = getComputedStyle(element);
    return Number.parseFloat(lineHeight) / Number.parseFloat(fontSize);
  });
  return {
    contentWidth: document.documentElement.scrollWidth,
    card: { left, right, top, bottom },
    space: {
      above: Math.min(...boxes.map((box) => box.top)) - top,
      below: bottom - Math.max(...boxes.map((box) => box.bottom)),
    },
    fontSize: Math.min(...shown.map((element) => Number.parseFloat(getComputedStyle(element).fontSize))),
    lineSpacing: Math.min(...spacings),
    outside: overflowing.map((element) => element.outerHTML),
    overlapping: overlapping.map(({ element }) => element.outerHTML),
  };
}
