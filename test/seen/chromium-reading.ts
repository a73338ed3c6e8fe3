import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { differences, piecesOfPage, takeContentOut } from './in-page.js';
import { wordPattern } from './words.js';

/** What a person sees of a body in Chromium. */
export interface ChromiumReading {
  seen: Set<string>;
  hidden: Set<string>;
  /** By target: the words that are seen in links to it; none where only a picture without a text is. */
  links: Map<string, Set<string>>;
}

/**
 * Reads bodies as a person does: each is drawn twice, the second time with letters and pictures taken out, and what
 * makes no difference to the pixels of its place is not seen. Scripts do not run and nothing is loaded. Two rules go
 * beyond the pixels: what is lower than 4 px is a speck, and a difference of less than 20 of 441 in colour is none.
 */
export class ChromiumReader {
  private constructor(
    private readonly context: BrowserContext,
    private readonly body: Page,
    private readonly pixels: Page,
    private readonly protocol: CDPSession,
  ) {}

  static async at(browser: Browser): Promise<ChromiumReader> {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1_000, height: 250 },
    });
    await context.route('**', (route) => route.abort());
    const body = await context.newPage();
    return new ChromiumReader(context, body, await context.newPage(), await context.newCDPSession(body));
  }

  async stop(): Promise<void> {
    await this.context.close();
  }

  async read(html: string): Promise<ChromiumReading> {
    await this.body.goto('about:blank');
    await this.body.setContent(html, { waitUntil: 'domcontentloaded' });
    const pieces = await this.body.evaluate(piecesOfPage, wordPattern.source);
    const drawn = await this.picture();
    await this.body.evaluate(takeContentOut);
    const empty = await this.picture();
    const shown = await this.pixels.evaluate(differences, {
      drawn,
      empty,
      places: pieces.map(({ boxes }) => boxes),
    });
    const reading: ChromiumReading = { seen: new Set(), hidden: new Set(), links: new Map() };
    for (const [index, { words, target }] of pieces.entries()) {
      const isSeen = shown[index] === true;
      for (const word of words) (isSeen ? reading.seen : reading.hidden).add(word);
      if (!isSeen || target === '') continue;
      const inLink = reading.links.get(target) ?? new Set();
      for (const word of words) inLink.add(word);
      reading.links.set(target, inLink);
    }
    for (const word of reading.seen) reading.hidden.delete(word);
    return reading;
  }

  private async picture(): Promise<string> {
    const { cssContentSize } = await this.protocol.send('Page.getLayoutMetrics');
    const { data } = await this.protocol.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip: { ...cssContentSize, scale: 1 },
    });
    return data;
  }
}
