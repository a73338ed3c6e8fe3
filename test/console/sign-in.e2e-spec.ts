import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { SignInCodes } from '../../src/identity/index.js';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { phone, Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)('the console in a real browser', () => {
  let app: TestApp;
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(browser, app.url);
  });
  afterEach(async () => {
    await visitor.leaves();
    expect(visitor.complaints).toEqual([]);
    expect([...visitor.origins]).toEqual([app.url]);
  });

  /** The browser reports each answer of 401 as an error. */
  function forgiveRefusals(): void {
    visitor.complaints.splice(
      0,
      Infinity,
      ...visitor.complaints.filter((each) => !each.includes('a status of 401')),
    );
  }

  async function link(): Promise<string> {
    return `#/sign-in/${await app.part(SignInCodes).make()}`;
  }

  it('is opened by a link that works once, and says so the second time', async () => {
    const once = await link();
    await visitor.opens(once);
    await visitor.reads('Mailboxes');
    expect(visitor.page.url()).toBe(`${app.url}/#/mailboxes`);
    await visitor.looksAt('shell');
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.reads('Sign in');
    await visitor.opens(once);
    await visitor.page.getByText('This link was used already').waitFor();
    await visitor.looksAt('sign-in-stale-link');
    forgiveRefusals();
    await visitor.signsIn(adminApiKey);
    await visitor.reads('Mailboxes');
  });

  it('is not opened by a link of yesterday', async () => {
    const old = await link();
    await app.advance(31 * 60);
    await visitor.opens(old);
    await visitor.page.getByText('This link was used already, or is too old').waitFor();
    forgiveRefusals();
  });

  it('asks for a key, and tells a wrong one', async () => {
    await visitor.opens();
    await visitor.reads('Sign in');
    await visitor.looksAt('sign-in');
    await visitor.signsIn('eg_wrong');
    await visitor.page.getByText('There is no such key.').waitFor();
    forgiveRefusals();
    await visitor.signsIn(adminApiKey);
    await visitor.reads('Mailboxes');
  });

  it('brings back the form when a session ends, and then the place where one was', async () => {
    await visitor.opens(await link());
    await visitor.reads('Mailboxes');
    await app.dataSource.query('DELETE FROM console_sessions');
    await visitor.page.reload();
    await visitor.page.getByText('Your session has ended.').waitFor();
    await visitor.signsIn(adminApiKey);
    await visitor.reads('Mailboxes');
    expect(visitor.page.url()).toBe(`${app.url}/#/mailboxes`);
    forgiveRefusals();
  });

  it('is worked by keyboard, on a phone as well', async () => {
    await visitor.opens(await link());
    await visitor.reads('Mailboxes');
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('main');
    await visitor.page.setViewportSize(phone);
    const entry = visitor.page.getByRole('link', { name: 'Mailboxes' });
    await entry.waitFor({ state: 'hidden' });
    await visitor.page.getByRole('button', { name: 'Menu' }).press('Enter');
    await entry.waitFor();
    expect(await entry.getAttribute('aria-current')).toBe('page');
    await visitor.looksAt('menu');
  });
});
