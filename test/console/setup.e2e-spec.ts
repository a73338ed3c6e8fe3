import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { Callers } from '../harness/callers.js';
import { adminApiKey, sandboxClientId, TestApp } from '../harness/test-app.js';
import { Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

const pair = { clientId: '900-guide.apps.sandbox.test', clientSecret: 'canary-guide-secret' };

(chromiumProgram === undefined ? describe.skip : describe)('the set-up guide in the console', () => {
  let app: TestApp;
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    await app.google.registerClient({ ...pair, redirectUris: ['https://elsewhere.example/oauth/callback'] });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    await app.dataSource.query("DELETE FROM rate_limit_windows WHERE subject = 'setup-checks'");
    visitor = await Visitor.at(browser, app.url);
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterEach(async () => {
    await visitor.leaves();
    await app.google.clearFaults();
    expect(visitor.complaints).toEqual([]);
    expect([...visitor.origins]).toEqual([app.url]);
  });

  async function opens(): Promise<void> {
    await visitor.opens('#/setup');
    await visitor.signsIn(adminApiKey);
    await visitor.reads('Set-up guide');
  }

  /** What is said of one thing: in a word, and in a sentence. */
  function finding(name: string) {
    return visitor.page
      .getByRole('listitem')
      .filter({ hasText: `${name}: ` })
      .last();
  }

  async function tries(clientId: string, clientSecret: string): Promise<void> {
    const { page } = visitor;
    await page.getByRole('textbox', { name: 'Client ID' }).fill(clientId);
    await page.getByRole('textbox', { name: 'Client secret' }).fill(clientSecret);
    await page.getByRole('button', { name: 'Check this pair' }).click();
  }

  it('finds the configured client right, and what a mailbox has to tell later', async () => {
    const { page } = visitor;
    await opens();
    await page.getByText('All that can be told now is right.').waitFor();
    await page.getByText(`The checks are those of the configured client ${sandboxClientId}.`).waitFor();
    await finding('Client id and secret').getByText('Right', { exact: true }).waitFor();
    await finding('Redirect URI').getByText('The redirect URI is registered').waitFor();
    await finding('Gmail API').getByText('Later', { exact: true }).waitFor();
    await page.getByText('Something stands in for Google').waitFor();
    await page.getByRole('button', { name: 'Copy: Authorized redirect URI' }).click();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${app.url}/oauth/callback`);
    await visitor.looksAt('setup');
    await page.getByRole('link', { name: 'Connect a mailbox' }).click();
    await visitor.reads('Mailboxes');
  });

  it('tells a wrong secret, an unknown client and a redirect URI that is not registered', async () => {
    const { page } = visitor;
    await opens();
    await tries(pair.clientId, pair.clientSecret);
    await page.getByText('One thing is to be mended.').waitFor();
    await page.getByText(`The checks below are those of ${pair.clientId}`).waitFor();
    await finding('Redirect URI').getByText(`Add ${app.url}/oauth/callback, exactly so`).waitFor();
    await finding('Client id and secret').getByText('its secret is right').waitFor();
    await tries(pair.clientId, 'another');
    await finding('Client id and secret').getByText('the secret is wrong').waitFor();
    await visitor.looksAt('setup-wrong-pair');
    await tries('unknown.apps.sandbox.test', 'another');
    await finding('Client id and secret').getByText('Google does not know the client id').waitFor();
    await page.getByRole('button', { name: 'Check the configured client' }).click();
    await page.getByText('All that can be told now is right.').waitFor();
  });

  it('sends to no consent while the configured client cannot work', async () => {
    const fault = { kind: 'error', status: 401, body: { error: 'invalid_client' } } as const;
    await app.google.addFault({ target: 'token', fault });
    await opens();
    await finding('Client id and secret').getByText('To mend', { exact: true }).waitFor();
    await visitor.page.getByText('Mend what is marked above first').waitFor();
    expect(await visitor.page.getByRole('link', { name: 'Connect a mailbox' }).count()).toBe(0);
    await app.google.clearFaults();
    await visitor.page.getByRole('button', { name: 'Check again' }).click();
    await visitor.page.getByRole('link', { name: 'Connect a mailbox' }).waitFor();
  });

  it('says that the sandbox is none, checks nothing of it, and how to change to Google', async () => {
    const { page } = visitor;
    // An app of a test has a Google of its own, which counts as something that stands in for it.
    await page.route('**/api/setup', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...((await response.json()) as object), google: 'sandbox' } });
    });
    await opens();
    await page.getByText('This is the sandbox, not Google').waitFor();
    await page.getByText('GOOGLE_CLIENT_ID=').waitFor();
    await page.getByText(`PUBLIC_URL=${app.url}`).waitFor();
    expect(await page.getByText('Not checked yet').count()).toBe(0);
    expect(await page.getByRole('textbox').count()).toBe(0);
    await visitor.looksAt('setup-sandbox');
  });

  it('is for the operator alone', async () => {
    const callers = new Callers(app);
    const { apiKey } = await callers.key((await callers.tenant()).id);
    await visitor.opens('#/setup');
    await visitor.signsIn(apiKey);
    await visitor.reads('Page not found');
    expect(await visitor.page.getByRole('link', { name: 'Set-up guide' }).count()).toBe(0);
  });
});
