import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { SignInCodes } from '../../src/identity/index.js';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { TestApp } from '../harness/test-app.js';
import { Visitor } from './visitor.js';

/** Skipped where there is no browser. */
export const describeConsole = chromiumProgram === undefined ? describe.skip : describe;

// A browser on a busy machine takes its time.
const limitMs = 90_000;

/** An application and a browser for a file; for each test a visitor, who in the end was content with all that was. */
export class Stage {
  app!: TestApp;
  browser!: Browser;
  visitor!: Visitor;

  /** To be called where the tests are described. */
  static set(): Stage {
    jest.setTimeout(limitMs);
    const stage = new Stage();
    beforeAll(async () => {
      [stage.app, stage.browser] = await Promise.all([TestApp.start(), launchChromium()]);
    });
    afterAll(async () => {
      await stage.browser.close();
      await stage.app.stop();
    });
    beforeEach(async () => void (stage.visitor = await Visitor.at(stage.browser, stage.app.url)));
    afterEach(async () => {
      await stage.visitor.leaves();
      expect(stage.visitor.complaints).toEqual([]);
      expect([...stage.visitor.origins]).toEqual([stage.app.url]);
    });
    return stage;
  }

  get page(): Page {
    return this.visitor.page;
  }

  /** Opens the console as the operator. */
  async opens(): Promise<void> {
    await this.visitor.opens(await this.link());
    await this.visitor.reads('Mailboxes');
  }

  /** A link that signs in once. */
  async link(): Promise<string> {
    return `#/sign-in/${await this.app.part(SignInCodes).make()}`;
  }

  /** The browser reports each answer that refuses as an error. */
  forgiveRefusals(status: number): void {
    const { complaints } = this.visitor;
    complaints.splice(0, Infinity, ...complaints.filter((each) => !each.includes(`a status of ${status}`)));
  }

  /** In the window that a click opens: continues to Google, and decides there. */
  async consentsAfter(
    click: () => Promise<void>,
    { account, decision = 'Allow' }: { account?: string; decision?: 'Allow' | 'Deny' } = {},
  ): Promise<void> {
    const opening = this.page.waitForEvent('popup');
    await click();
    const window = await opening;
    await window.getByRole('button', { name: 'Continue to Google' }).click();
    await window.getByRole('heading', { name: 'Let this app in?' }).waitFor();
    if (account !== undefined) await window.locator(`input[value="${account}"]`).check();
    const closing = window.waitForEvent('close');
    await window.getByRole('button', { name: decision }).click();
    await closing;
  }
}
