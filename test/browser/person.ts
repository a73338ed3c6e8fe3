import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import type { ComputedStyle, PageDocument, PageElement } from './page-dom.js';
import { expectReadable, windows } from './page-layout.js';

/** Where pictures of all pages are put, to be looked at; none are taken without it. */
const pictures = process.env.EVERGRANT_TEST_PICTURES;

/** What a person chooses on the provider's page. */
export interface Choice {
  account?: string;
  decision?: 'Allow' | 'Deny';
  /** A scope to untick. */
  without?: string;
}

/** A person at a browser of their own, who uses the keyboard on our pages. */
export class Person {
  /** What the browser complained of: errors on the console, refused by the policy, uncaught. */
  readonly complaints: string[] = [];
  /** The answers that came to the window, newest last. */
  readonly answers: Response[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('response', (answer) => {
      if (answer.request().isNavigationRequest()) this.answers.push(answer);
    });
  }

  static async at(browser: Browser, window: (typeof windows)[number] = windows[0]): Promise<Person> {
    const context = await browser.newContext({ viewport: window, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    return new Person(context, await context.newPage());
  }

  async opens(url: string): Promise<void> {
    await this.page.goto(url);
  }

  /** Reads a page of ours in both windows. @param picture its name */
  async reads(title: string | RegExp, picture: string): Promise<string> {
    const heading = this.page.getByRole('heading', { level: 1 });
    await heading.filter({ hasText: title }).waitFor();
    expect(await this.page.title()).toBe(`${await heading.innerText()} - Evergrant`);
    expect(this.answers.at(-1)!.headers()['content-type']).toBe('text/html; charset=utf-8');
    const before = this.page.viewportSize()!;
    for (const window of windows) {
      await this.page.setViewportSize(window);
      await expectReadable(this.page);
      await this.takePicture(`${picture}-${window.width}`);
    }
    await this.page.setViewportSize(before);
    return (await this.page.locator('article').innerText()).replaceAll(/\s+/g, ' ');
  }

  /** Reaches a button or a link by Tab alone, sees that it is there, and presses Enter. */
  async presses(role: 'button' | 'link', name: string): Promise<void> {
    const target = this.page.getByRole(role, { name });
    await target.waitFor();
    await this.page.keyboard.press('Tab');
    expect(await target.evaluate(isFocused)).toBe(true);
    expect(await target.evaluate(showsFocus)).toBe(true);
    await Promise.all([this.page.waitForEvent('framenavigated'), this.page.keyboard.press('Enter')]);
  }

  /** Answers the provider's page with the mouse. */
  async consents({ account, decision = 'Allow', without }: Choice = {}): Promise<void> {
    await this.page.getByRole('heading', { name: 'Let this app in?' }).waitFor();
    if (account !== undefined) await this.page.locator(`input[value="${account}"]`).check();
    if (without !== undefined) await this.page.locator(`input[value="${without}"]`).uncheck();
    await this.page.getByRole('button', { name: decision }).click();
  }

  /** The address at which the provider last sent the browser back to us. */
  get callback(): string {
    return this.answers.map((answer) => answer.url()).findLast((url) => url.includes('/oauth/callback'))!;
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }

  private async takePicture(name: string): Promise<void> {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }
}

declare const document: PageDocument;
declare function getComputedStyle(element: PageElement): ComputedStyle;

/** Runs in the page. */
function isFocused(element: PageElement): boolean {
  return element === document.activeElement;
}

/** Runs in the page: what has the focus looks different without it. */
function showsFocus(element: PageElement): boolean {
  const look = (): string => {
    const style = getComputedStyle(element);
    return [
      style.outlineStyle,
      style.outlineWidth,
      style.boxShadow,
      style.textDecoration,
      style.backgroundColor,
    ].join();
  };
  const focused = look();
  element.blur();
  const unfocused = look();
  element.focus({ preventScroll: true });
  return focused !== unfocused;
}
