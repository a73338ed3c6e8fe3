import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { until, type FaultRuleInput } from '../../sandbox/index.js';
import { refresh } from '../harness/access-tokens.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { invalidGrant, oauthError } from '../harness/oauth/token-faults.js';
import { TestApp } from '../harness/test-app.js';
import { chromiumProgram, launchChromium } from './chromium.js';
import { windows } from './page-layout.js';
import { ProductPage } from './product-page.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

if (chromiumProgram === undefined) {
  process.stderr.write(
    'Skipped: the element in pages of other origins, for there is no Chromium (apt-get install chromium)\n',
  );
}

const pictures = process.env.EVERGRANT_TEST_PICTURES;

interface SeenEvent {
  event: string;
  instanceId: string;
  cause?: string;
  errorCode?: string | null;
  email?: string;
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

declare const window: { seen: SeenEvent[]; open: unknown };
declare const document: {
  querySelector(selector: string): { token: string };
  activeElement: { tagName: string } | null;
};

(chromiumProgram === undefined ? describe.skip : describe)('the element in a page of another origin', () => {
  let app: TestApp;
  let browser: Browser;
  let product: ProductPage;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    product = await ProductPage.start(async (instanceId) => {
      const input = { instanceIds: [instanceId] };
      return (await app.api<{ token: string }>('POST', '/api/connect-sessions', input)).body.token;
    });
    [app, browser] = await Promise.all([
      TestApp.start({ FRONTEND_ORIGINS: product.origin }),
      launchChromium(),
    ]);
    product.evergrantUrl = app.url;
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await product.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: windows[0], reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(async () => {
    await context.close();
    await app.google.clearFaults();
    expect(complaints).toEqual([]);
  });

  const dialog = (): Locator => page.getByRole('dialog');
  const status = (): Locator => page.locator('evergrant-connect .state');
  const events = (): Promise<SeenEvent[]> => page.evaluate(() => window.seen);

  async function reads(text: string | RegExp): Promise<void> {
    await status().filter({ hasText: text }).waitFor();
  }

  /** The page and its own server say nothing of these; the browser itself tells of answers that are errors. */
  function expectRefused(code: number): void {
    for (const each of complaints.splice(0))
      expect(each).toContain(`the server responded with a status of ${code}`);
  }

  /** The page comes to the front, and so is not waited for. */
  async function comesToFront(): Promise<void> {
    await page.evaluate("dispatchEvent(new Event('focus'))");
  }

  /** Presses what opens a window, and answers Google's page in it. */
  async function consents(pressed: Locator, account: string): Promise<void> {
    const [opened] = await Promise.all([page.waitForEvent('popup'), pressed.click()]);
    await opened.getByRole('button', { name: 'Continue to Google' }).click();
    await opened.locator(`input[value="${account}"]`).check();
    const closed = opened.waitForEvent('close');
    await opened.getByRole('button', { name: 'Allow' }).click();
    await closed;
  }

  async function kill(mailbox: TestMailbox): Promise<void> {
    await app.google.revokeGrants({ account: mailbox.account });
    expect((await refresh(app, mailbox.id)).status).toBe(401);
  }

  /** What an agent is answered. */
  async function call({ mcpUrl, mcpToken }: TestMailbox): Promise<{ isError: boolean; text: string }> {
    const params = { name: 'get_profile', arguments: {} };
    const response = await fetch(mcpUrl, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${mcpToken}`, 'content-type': 'application/json' },
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    const text = await response.text();
    return { isError: text.includes('"isError":true'), text };
  }

  async function expectAccessible(): Promise<void> {
    await page.evaluate(axe.source);
    const found = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
    expect(found.filter(({ impact }) => ['serious', 'critical'].includes(impact))).toEqual([]);
  }

  async function takePictures(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible();
      for (const viewport of windows) {
        await page.setViewportSize(viewport);
        const overflow = 'document.documentElement.scrollWidth > innerWidth';
        expect(await page.evaluate(overflow)).toBe(false);
        if (pictures === undefined) continue;
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${name}-${viewport.width}-${colorScheme}.png`) });
      }
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize(windows[0]);
  }

  it('connects a mailbox in a window, which closes when it is done, and tells the page', async () => {
    const account = `${randomUUID()}@sandbox.test`;
    await app.google.addAccount({ email: account });
    const { id } = await app.createInstance({ name: 'Support inbox' });
    await page.goto(product.urlOf(id));
    await reads('Not connected yet');
    await takePictures('element-not-connected');
    expect(await dialog().count()).toBe(0);
    await consents(page.getByRole('button', { name: 'Connect mailbox' }), account);
    await reads(`Connected as ${account}`);
    await takePictures('element-connected');
    expect(await events()).toEqual([
      expect.objectContaining({ event: 'connected', instanceId: id, email: account }),
    ]);
    expect(page.url()).toBe(product.urlOf(id));
  });

  it('asks its person to sign in again after a revocation, and the call that failed goes through then', async () => {
    const mailbox = await newMailbox(app, { name: 'Support inbox' });
    await page.goto(product.urlOf(mailbox.id));
    await reads(`Connected as ${mailbox.account}`);
    await kill(mailbox);
    expect(await call(mailbox)).toMatchObject({ isError: true });
    await comesToFront();
    await dialog().waitFor();
    const told = await dialog().innerText();
    expect(told).toContain(
      `Google has ended the access to ${mailbox.account}. That happens when the access is taken back`,
    );
    await takePictures('element-dialog');
    await consents(dialog().getByRole('button', { name: 'Continue to Google' }), mailbox.account);
    await dialog().waitFor({ state: 'hidden' });
    await reads(`Connected as ${mailbox.account}`);
    expect(await call(mailbox)).toMatchObject({ isError: false });
    expect((await events()).map(({ event, cause }) => [event, cause])).toEqual([
      ['reauth-required', 'revoked'],
      ['connected', undefined],
    ]);
    expect(JSON.stringify(await events())).not.toMatch(/egcs_|connect\//);
  });

  it.each<[string, string, () => Promise<TestMailbox>]>([
    [
      'its organisation ended the session',
      'Your organisation has people sign in to Google again',
      async () => {
        const mailbox = await newMailbox(app);
        await app.google.addFault({ target: 'token', fault: invalidGrant('invalid_rapt') });
        return mailbox;
      },
    ],
    [
      'an application in testing had its seven days',
      'it is seven days',
      async () => {
        await app.google.configure({ refreshTokenLifetimeSeconds: 604_800 });
        const mailbox = await newMailbox(app);
        await app.google.configure({ refreshTokenLifetimeSeconds: null });
        await app.advance(604_900);
        return mailbox;
      },
    ],
  ])('says why, when %s', async (_case, words, end) => {
    const { id } = await end();
    expect((await refresh(app, id)).status).toBe(401);
    await page.goto(product.urlOf(id));
    await dialog().filter({ hasText: words }).waitFor();
  });

  it('is worked by the keyboard, and a dialog that was put off stays away', async () => {
    const mailbox = await newMailbox(app);
    await page.goto(product.urlOf(mailbox.id));
    await reads('Connected');
    await page.getByRole('button', { name: 'Something else' }).focus();
    await kill(mailbox);
    await comesToFront();
    await dialog().waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('EVERGRANT-CONNECT');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
    const looked = page.waitForResponse((response) => response.url().includes('/api/instances/'));
    await comesToFront();
    await looked;
    expect(await dialog().count()).toBe(0);
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Sign in again' }).press('Enter'),
    ]);
    await opened.getByRole('button', { name: 'Continue to Google' }).waitFor();
  });

  it.each<[string, FaultRuleInput['fault'], string | RegExp]>([
    ['an outage', { kind: 'error', status: 503, body: {} }, 'Google is hard to reach just now'],
    [
      'a 429',
      { kind: 'error', status: 429, body: {}, headers: { 'retry-after': '1' } },
      'Google is hard to reach',
    ],
    ['a fault of the network', { kind: 'reset' }, 'Google is hard to reach'],
    [
      'an administrator’s refusal',
      oauthError(400, 'admin_policy_enforced'),
      'The administrator of your Google Workspace',
    ],
  ])('opens no dialog in %s at Google', async (_case, fault, words) => {
    const mailbox = await newMailbox(app);
    await app.google.addFault({ target: 'token', match: { account: mailbox.account }, fault });
    await app.advance(3600);
    await refresh(app, mailbox.id);
    await page.goto(product.urlOf(mailbox.id));
    await reads(words);
    expect(await dialog().count()).toBe(0);
    expect((await events()).map(({ event }) => event)).not.toContain('reauth-required');
  });

  it('opens no dialog for a permission that a call lacks and the instance does not ask for', async () => {
    const mailbox = await newMailbox(app, { scopes: ['gmail.readonly'], toolsets: ['core', 'settings'] });
    const fault = oauthError(403, 'insufficient');
    const body = {
      error: { code: 403, errors: [{ reason: 'insufficientPermissions' }], status: 'PERMISSION_DENIED' },
    };
    await app.google.addFault({ target: 'gmail', fault: { ...fault, body } as typeof fault });
    expect(await call(mailbox)).toMatchObject({ isError: true });
    await page.goto(product.urlOf(mailbox.id));
    await reads('Connected as');
    expect(await dialog().count()).toBe(0);
  });

  it.each([429, 403, 500, 0])('opens no dialog when Evergrant itself answers %d', async (code) => {
    const mailbox = await newMailbox(app);
    await page.goto(product.urlOf(mailbox.id));
    await reads('Connected as');
    const before = product.sessions;
    await context.route(`${app.url}/api/**`, (route) =>
      code === 0
        ? route.abort()
        : route.fulfill({
            status: code,
            headers: { 'access-control-allow-origin': product.origin },
            json: { error: 'x', instanceId: null, errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true },
          }),
    );
    await comesToFront();
    await until('the page has asked in vain', async () => complaints.length > 0);
    expect(await dialog().count()).toBe(0);
    expect((await events()).map(({ event }) => event)).toEqual(code === 403 ? ['error'] : []);
    expect(product.sessions).toBe(before);
    for (const each of complaints.splice(0))
      expect(each).toMatch(code === 0 ? /ERR_FAILED/ : `status of ${code}`);
  });

  it.each([
    ['fails', 503, {}],
    ['answers a link to a script', 200, { authorizationUrl: 'javascript:alert(1)', expiresAt: '' }],
  ])('closes the window again when the request for a link %s, and says so', async (_case, code, json) => {
    const { id } = await app.createInstance();
    await page.goto(product.urlOf(id));
    await context.route('**/start-oauth', (route) =>
      route.fulfill({ status: code, headers: { 'access-control-allow-origin': product.origin }, json }),
    );
    const press = page.getByRole('button', { name: 'Connect mailbox' });
    const [opened] = await Promise.all([page.waitForEvent('popup'), press.click()]);
    await reads('That did not work just now');
    await until('the window is closed', async () => opened.isClosed());
    expect((await events()).map(({ event }) => event)).toEqual(['error']);
    await context.unroute('**/start-oauth');
    const [second] = await Promise.all([page.waitForEvent('popup'), press.click()]);
    await second.getByRole('button', { name: 'Continue to Google' }).waitFor();
    expectRefused(503);
  });

  it('gets another session by itself when its own is over', async () => {
    const mailbox = await newMailbox(app);
    await page.goto(product.urlOf(mailbox.id));
    await reads('Connected as');
    const before = product.sessions;
    await app.advance(901);
    await kill(mailbox);
    await comesToFront();
    await dialog().waitFor();
    expect(product.sessions).toBe(before + 1);
    expectRefused(401);
  });

  it('tells a page that gives no other session, and goes on with the next that it is given', async () => {
    const mailbox = await newMailbox(app);
    await page.goto(product.urlOf(mailbox.id, { ask: 'no' }));
    await reads('Connected as');
    await app.advance(901);
    await comesToFront();
    await reads('Reload it');
    expect((await events()).map(({ event }) => event)).toEqual(['token-needed']);
    expect(await dialog().count()).toBe(0);
    expectRefused(401);
    const input = { instanceIds: [mailbox.id] };
    const { body } = await app.api<{ token: string }>('POST', '/api/connect-sessions', input);
    await page.evaluate((token) => (document.querySelector('evergrant-connect').token = token), body.token);
    await reads('Connected as');
  });

  it('goes to Google in the page itself where windows are blocked, and comes back to it', async () => {
    const mailbox = await newMailbox(app);
    await kill(mailbox);
    await page.addInitScript(() => (window.open = () => null));
    await page.goto(product.urlOf(mailbox.id));
    await dialog().getByRole('button', { name: 'Continue to Google' }).click();
    await page.getByRole('button', { name: 'Continue to Google' }).click();
    await page.locator(`input[value="${mailbox.account}"]`).check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await reads('Connected as');
    expect(page.url()).toBe(`${product.urlOf(mailbox.id)}&connected=${mailbox.id}`);
    expect((await events()).map(({ event }) => event)).toEqual(['connected']);
  });
});
