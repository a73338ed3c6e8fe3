import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { type Body, bodies } from './bodies.js';
import { ChromiumReader } from './chromium-reading.js';
import { type Comparison, compare } from './comparison.js';
import { figuresOf } from './figures.js';

// A browser on a busy machine takes its time.
jest.setTimeout(240_000);

if (chromiumProgram === undefined) {
  process.stderr.write(
    'Skipped: our reading beside a browser, for there is no Chromium (apt-get install chromium)\n',
  );
}

/** More for a longer look: `EVERGRANT_TEST_ROUNDS=10`. */
const rounds = Number(process.env.EVERGRANT_TEST_ROUNDS ?? 1);
const pagesAtOnce = 3;

(chromiumProgram === undefined ? describe.skip : describe)('our reading of HTML mail', () => {
  let browser: Browser;
  const all = bodies(15, rounds);
  const compared: (Body & Comparison)[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
    const left = all.entries();
    await Promise.all(
      Array.from({ length: pagesAtOnce }, async () => {
        const reader = await ChromiumReader.at(browser);
        for (const [index, body] of left) {
          compared[index] = { ...body, ...compare(body.html, await reader.read(body.html)) };
        }
        await reader.stop();
      }),
    );
    process.stdout.write(figuresOf(compared));
  });
  afterAll(() => browser.close());

  it('is compared over 500 bodies of 50 kinds', () => {
    expect(compared.length).toBeGreaterThanOrEqual(500);
    expect(new Set(compared.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(50);
  });

  it('loses no text that a person sees in Chromium', () => {
    const lost = compared.filter((it) => it.lost.length > 0);
    expect(lost.map((it) => shownOf(it, it.lost))).toEqual([]);
  });

  it('shows no text that a person does not see in Chromium', () => {
    const shown = compared.filter((it) => it.shownUnseen.length > 0);
    expect(shown.map((it) => shownOf(it, it.shownUnseen))).toEqual([]);
  });

  it('gives each text the target that it has in Chromium', () => {
    const wrong = compared.filter((it) => it.wrongLinks.length > 0);
    expect(wrong.map((it) => shownOf(it, it.wrongLinks))).toEqual([]);
  });
});

function shownOf({ kind, html, text }: Body & Comparison, differences: readonly string[]): string {
  return `${kind}: ${differences.join(', ')} OF ${html} AS ${text}`;
}
