import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { SignInCodes } from '../../src/identity/index.js';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { TestApp } from '../harness/test-app.js';
import { Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)('mailboxes in the console', () => {
  let app: TestApp;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(browser, app.url);
    ({ page } = visitor);
    await visitor.opens(`#/sign-in/${await app.part(SignInCodes).make()}`);
    await visitor.reads('Mailboxes');
  });
  afterEach(async () => {
    await visitor.leaves();
    expect(visitor.complaints).toEqual([]);
    expect([...visitor.origins]).toEqual([app.url]);
  });

  /** The two clicks in the window that a click has opened. */
  async function consentsAfter(click: () => Promise<void>): Promise<void> {
    const opening = page.waitForEvent('popup');
    await click();
    const window = await opening;
    await window.getByRole('button', { name: /Google/ }).click();
    await window.getByRole('button', { name: 'Allow' }).click();
    await window.waitForEvent('close');
  }

  it('connects one in three clicks, and shows what an MCP client needs', async () => {
    await page.getByText('There is no mailbox yet.').waitFor();
    await visitor.looksAt('mailboxes-none');
    await consentsAfter(() => page.getByRole('button', { name: 'Connect a mailbox' }).click());
    await visitor.reads('demo@sandbox.test');
    await page.getByText('This token is shown this once.').waitFor();
    const command = await page.locator('pre', { hasText: 'claude mcp add' }).innerText();
    expect(command).toMatch(/http:\/\/localhost:\d+\/mcp\/[\w-]+ --header "Authorization: Bearer eg/);
    await visitor.looksAt('mailbox-clients');
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('It works.').waitFor();
    await visitor.looksAt('mailbox-overview');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Consent was given.').waitFor();
    await visitor.looksAt('mailbox-history');
    await page.getByRole('link', { name: 'All mailboxes' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'demo@sandbox.test' })
      .getByText('Connected')
      .waitFor();
    await visitor.looksAt('mailboxes-one');
  });
});
