import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { until } from '../../sandbox/index.js';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { deleteHooks, logged, newHook } from '../webhooks/hooks.js';
import { Receiver } from '../webhooks/receiver.js';
import { Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)('webhooks in the console', () => {
  let app: TestApp;
  let browser: Browser;
  let receiver: Receiver;
  let visitor: Visitor;
  beforeAll(async () => {
    [app, browser, receiver] = await Promise.all([TestApp.start(), launchChromium(), Receiver.start()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    await receiver.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(browser, app.url);
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterEach(async () => {
    await visitor.leaves();
    await deleteHooks(app);
    receiver.reset();
    expect(visitor.complaints).toEqual([]);
    expect([...visitor.origins]).toEqual([app.url]);
  });

  /** The browser reports each answer that is an error, as one. */
  function forgive(status: number): void {
    visitor.complaints.splice(
      0,
      Infinity,
      ...visitor.complaints.filter((each) => !each.includes(`a status of ${status}`)),
    );
  }

  async function signsIn(hash: string, apiKey = adminApiKey): Promise<void> {
    await visitor.opens(hash);
    await visitor.signsIn(apiKey);
  }

  /** What is in the field of the secret, once the button has put it on the clipboard. */
  async function copiedSecret(): Promise<string> {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const secret = await page.getByRole('textbox', { name: 'Signing secret' }).inputValue();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    return secret;
  }

  it('are made, with a secret shown once, by which a test is known to be genuine', async () => {
    const { page } = visitor;
    await signsIn('#/webhooks');
    await visitor.reads('Webhooks');
    await page.getByText('There is no webhook yet.').waitFor();
    await visitor.looksAt('webhooks-none');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('URL').fill('http://example.com/hook');
    await page.getByLabel('Only some').check();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Choose one at least.').waitFor();
    await page.getByLabel('A mailbox was connected').check();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('It must be https').waitFor();
    forgive(400);
    await visitor.looksAt('webhooks-new');
    await page.getByLabel('URL').fill(receiver.url);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('It is shown this once.').waitFor();
    await visitor.looksAt('webhooks-secret');
    const secret = await copiedSecret();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: receiver.url }).click();
    await visitor.reads(new URL(receiver.url).host);
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page
      .getByText(/The receiver answered 204 within \d+ ms\./)
      .first()
      .waitFor();
    const [arrival] = receiver.arrivals;
    expect(arrival?.type).toBe('webhook.test');
    expect(receiver.isGenuine(arrival!, secret)).toBe(true);
  });

  it('show in their log what fails and when it is tried again, and are told once more on request', async () => {
    const { page } = visitor;
    const hook = await newHook(app, receiver.url);
    receiver.reply = () => 500;
    const { id } = await newMailbox(app);
    await logged(app, hook, 'an attempt has failed', (log) => log.some(({ status }) => status === 'failed'));
    await signsIn(`#/webhooks/${hook.id}`);
    const failing = page.getByRole('listitem').filter({ hasText: 'A mailbox was connected' });
    await failing.getByText('The receiver answered 500').waitFor();
    await failing.getByText(/\d attempts? · next attempt/).waitFor();
    expect(await failing.getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByRole('alert').getByText('The receiver answered 500').waitFor();
    await page.getByText('Given up').last().waitFor();
    await visitor.looksAt('webhook');
    receiver.reply = () => 204;
    await page.getByRole('button', { name: 'Replay: Test' }).click();
    await page.getByText('It is sent once more').waitFor();
    await until(
      'the test is taken',
      () => receiver.arrivals.some(({ type, status }) => type === 'webhook.test' && status === 204) || null,
    );
    const ids = receiver.arrivals.filter(({ type }) => type === 'webhook.test').map((each) => each.id);
    expect(new Set(ids).size).toBe(1);
    await app.advance(3_600);
    await receiver.takes(id, 1);
    await page.getByLabel('Show').selectOption('Delivered');
    await failing.getByText('Delivered').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'Given up' }).count()).toBe(0);
  });

  it('change over to a new secret while the one before signs too', async () => {
    const { page } = visitor;
    const hook = await newHook(app, receiver.url);
    await signsIn(`#/webhooks/${hook.id}`);
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByLabel('for an hour').check();
    await visitor.looksAt('webhook-rotation');
    await page.getByRole('button', { name: 'Make it' }).click();
    const secret = await copiedSecret();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('The secret before signs too until').waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('Delivered').first().waitFor();
    const [arrival] = receiver.arrivals;
    expect([hook.secret, secret].map((each) => receiver.isSigned(arrival!, each))).toEqual([true, true]);
    expect(secret).not.toBe(hook.secret);
  });

  it('are changed, switched off, and deleted', async () => {
    const { page } = visitor;
    const hook = await newHook(app, receiver.url);
    const current = async () => (await app.api(`GET`, `/api/webhooks/${hook.id}`)).body;
    await signsIn(`#/webhooks/${hook.id}`);
    const edit = page.getByRole('button', { name: 'Edit' });
    await edit.press('Enter');
    await page.getByLabel('URL').press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await until(
      'the button has the focus again',
      async () => (await page.evaluate('document.activeElement.textContent')) === 'Edit' || null,
    );
    await edit.click();
    await page.getByLabel('URL').fill(`${receiver.url}/other`);
    await page.getByLabel('Only some').check();
    await page.getByLabel('An approval is asked for').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('code').getByText(`${receiver.url}/other`).waitFor();
    expect(await current()).toMatchObject({ url: `${receiver.url}/other`, events: ['approval.requested'] });
    await page.getByRole('switch', { name: 'Tell this webhook' }).press('Space');
    await page.getByText('It is told nothing.').waitFor();
    expect(await current()).toMatchObject({ enabled: false });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There is no webhook yet.').waitFor();
    expect((await app.api('GET', `/api/webhooks/${hook.id}`)).status).toBe(404);
    await visitor.opens(`#/webhooks/${hook.id}`);
    await page.getByText('There is no such webhook.').waitFor();
    forgive(404);
  });

  it('are only looked at with a key that may not change them', async () => {
    const { page } = visitor;
    const callers = new Callers(app);
    const tenant = await callers.tenant();
    const { apiKey } = await callers.key(tenant.id, { rights: ['webhooks:read', 'webhooks:write'] });
    const { apiKey: reader } = await callers.key(tenant.id, { rights: ['webhooks:read'] });
    const made = await callers.asKey(apiKey, 'POST', '/api/webhooks', { url: receiver.url });
    expect(made.status).toBe(201);
    await signsIn('#/webhooks', reader);
    await page.getByRole('link', { name: receiver.url }).waitFor();
    expect(await page.getByRole('button', { name: 'New webhook' }).count()).toBe(0);
    await visitor.looksAt('webhooks');
    await page.getByRole('link', { name: receiver.url }).click();
    await page.getByText('Nothing was told yet.').waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Send a test' }).count()).toBe(0);
  });
});
