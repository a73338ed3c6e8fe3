import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { repository } from '../harness/node-process.js';

/** Of a desk and of a phone, in CSS pixels. */
const desk = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };
/** Axe takes its time: each width and each theme once. */
const looks = [
  { size: desk, colorScheme: 'light', isExamined: true },
  { size: desk, colorScheme: 'dark', isExamined: false },
  { size: phone, colorScheme: 'light', isExamined: false },
  { size: phone, colorScheme: 'dark', isExamined: true },
] as const;

const folder = join(repository, 'screenshots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const grave: readonly unknown[] = ['serious', 'critical'];

/** A person who works with the console in a browser of their own, which tells what it is not content with. */
export class Visitor {
  /** Errors on the browser's console, what the policy refused, and what nothing caught. */
  readonly complaints: string[] = [];
  /** The origins that were asked for anything. */
  readonly origins = new Set<string>();

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) this.origins.add(new URL(request.url()).origin);
    });
  }

  static async at(browser: Browser, url: string, size = desk): Promise<Visitor> {
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    return new Visitor(context, await context.newPage(), url);
  }

  /** @param hash where in the console: `#/mailboxes` */
  async opens(hash = ''): Promise<void> {
    await this.page.goto(`${this.url}/${hash}`);
  }

  async signsIn(apiKey: string): Promise<void> {
    await this.page.getByLabel('API key', { exact: true }).fill(apiKey);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Waits for the page of that title. */
  async reads(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await this.page.title()).toBe(`${title} - Evergrant`);
  }

  /** Looks at what is shown at both widths in both themes: a picture, no grave finding, nothing wider than the window. */
  async looksAt(picture: string): Promise<void> {
    const before = this.page.viewportSize() ?? desk;
    mkdirSync(folder, { recursive: true });
    for (const { size, colorScheme, isExamined } of looks) {
      await this.page.setViewportSize(size);
      await this.page.emulateMedia({ colorScheme });
      const name = `${picture}-${size.width}-${colorScheme}`;
      await this.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
      if (isExamined) expect({ name, findings: await this.findings() }).toEqual({ name, findings: [] });
      const width = await this.page.evaluate<number>('document.documentElement.scrollWidth');
      expect({ name, width }).toEqual({ name, width: size.width });
    }
    await this.page.emulateMedia({ colorScheme: null });
    await this.page.setViewportSize(before);
  }

  /** What axe finds grave: rule and elements. */
  private async findings(): Promise<string[]> {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate<AxeResults>('axe.run()');
    return violations
      .filter(({ impact }) => grave.includes(impact))
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
      );
  }

  /** Drops complaints that were to be expected: the browser tells of each answer that is an error. */
  forgives(...expected: string[]): void {
    const others = this.complaints.filter((each) => !expected.some((text) => each.includes(text)));
    this.complaints.splice(0, Infinity, ...others);
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }
}
