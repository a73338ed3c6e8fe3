import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { gmailScopes } from '../../src/gmail/index.js';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { Callers, type Shown, type Tenant } from '../harness/callers.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { signedIn, type SignedIn } from '../harness/signed-in.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { told } from '../policy/told.js';
import { callTool } from '../scopes/mcp-agent.js';
import { Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)('the console on a tenant', () => {
  let app: TestApp;
  let browser: Browser;
  let visitor: Visitor;
  let callers: Callers;
  let mailbox: TestMailbox;
  let person: SignedIn;
  beforeAll(async () => {
    [app, browser] = await Promise.all([
      TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test' }),
      launchChromium(),
    ]);
    callers = new Callers(app);
    mailbox = await newMailbox(app, { name: 'Sales bot', scopes: [gmailScopes.modify], policy: null });
    person = await signedIn(app, { email: 'ada@sandbox.test', mailboxes: [mailbox] });
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

  function button(name: string) {
    return visitor.page.getByRole('button', { name });
  }

  async function enters(hash: string, title: string, apiKey = adminApiKey): Promise<void> {
    await visitor.opens(hash);
    await visitor.signsIn(apiKey);
    await visitor.reads(title);
  }

  async function statusFor(apiKey: string): Promise<number> {
    return (await callers.asKey(apiKey, 'GET', '/api/instances')).status;
  }

  it('makes an API key that works, shows it once, and revokes it', async () => {
    const { page } = visitor;
    await enters('#/keys', 'API keys');
    await button('New API key').click();
    await page.getByLabel('Name').fill('Nightly job');
    await page.getByLabel('Read the audit log').check();
    await page.getByLabel('It ends').selectOption('in 30 days');
    await visitor.looksAt('keys-new');
    await button('Create the key').click();
    const shown = page.getByRole('group', { name: 'The key Nightly job' });
    const apiKey = (await shown.locator('pre').innerText()).trim();
    expect(await statusFor(apiKey)).toBe(200);
    await visitor.looksAt('keys');
    await button('I have copied it').click();
    expect(await page.content()).not.toContain(apiKey);
    await button('Revoke Nightly job').click();
    await button('Yes, revoke').click();
    await page
      .getByRole('list', { name: 'API keys' })
      .getByText('Nightly job', { exact: true })
      .waitFor({ state: 'detached' });
    expect(await statusFor(apiKey)).toBe(401);
  });

  it('creates, suspends, resumes and deletes a tenant, whose name has to be typed', async () => {
    const { page } = visitor;
    await enters('#/tenants', 'Tenants');
    await button('New tenant').click();
    await page.getByLabel('Name').fill('Acme');
    await button('Create the tenant').click();
    const apiKey = (
      await page.getByRole('group', { name: 'The first key of Acme' }).locator('pre').innerText()
    ).trim();
    await button('Suspend Acme').click();
    await button('Yes, suspend').click();
    await button('Resume Acme').waitFor();
    expect(await statusFor(apiKey)).toBe(403);
    await visitor.looksAt('tenants');
    await button('Resume Acme').click();
    await button('Suspend Acme').waitFor();
    expect(await statusFor(apiKey)).toBe(200);
    await button('Delete Acme').click();
    expect(await button('Delete for ever').isDisabled()).toBe(true);
    await page.getByLabel('Type Acme to delete it').fill('Acme');
    await button('Delete for ever').click();
    await page
      .getByRole('list', { name: 'Tenants' })
      .getByText('Acme', { exact: true })
      .waitFor({ state: 'detached' });
    expect(await statusFor(apiKey)).toBe(401);
    // What the operator works in is not taken away from under them.
    expect(await button('Delete default').count()).toBe(0);
  });

  it('changes the policy, which rules from then on, and loses no change unasked', async () => {
    const { page } = visitor;
    const send = () =>
      callTool(mailbox, 'send_message', { to: ['bea@example.com'], subject: 'x', body: 'x' });
    await enters('#/policy', 'Policy');
    await page.getByLabel('New messages').selectOption('Deny');
    await page.getByText('There are changes that are not saved.').waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await button('Stay here').click();
    expect(await page.getByLabel('New messages').inputValue()).toBe('deny');
    await page.getByLabel('Denied recipients', { exact: true }).fill('eve@evil.example\nno address');
    await page.getByLabel('Messages an hour', { exact: true }).fill('9');
    await button('Save').click();
    await page.getByRole('alert').getByText('See the fields that are marked').waitFor();
    const denied = page.getByLabel('Denied recipients', { exact: true });
    expect(await denied.getAttribute('aria-invalid')).toBe('true');
    expect(await denied.evaluate('document.activeElement.value')).toContain('no address');
    await visitor.looksAt('policy');
    visitor.forgives('a status of 400');
    await denied.fill('eve@evil.example');
    await button('Save').click();
    await page.getByText('The policy is saved').waitFor();
    expect((await app.api('GET', '/api/policy')).body).toEqual({
      acts: { send: 'deny' },
      denyRecipients: ['eve@evil.example'],
      messagesPerHour: 9,
    });
    expect(told(await send())).toMatch(/^FORBIDDEN policy_denied/);
    await page.getByLabel('New messages').selectOption('');
    await button('Save').click();
    await page.getByText('The policy is saved').waitFor();
    expect(told(await send())).toBe('held');
  });

  it('ends what a client may do for a person, and then the person', async () => {
    const { page } = visitor;
    const status = async () =>
      (await fetch(person.url, { method: 'POST', headers: { authorization: `Bearer ${person.token}` } }))
        .status;
    expect(await status()).not.toBe(401);
    await enters('#/people', 'People');
    await visitor.looksAt('people');
    await page.getByRole('link', { name: 'ada@sandbox.test' }).click();
    await visitor.reads('ada@sandbox.test');
    await page.getByRole('link', { name: 'Sales bot' }).waitFor();
    await visitor.looksAt('person');
    await button('End what Test client may do').click();
    await button('Yes, end it').click();
    await page.getByText('No client may act for this person.').waitFor();
    expect(await status()).toBe(401);
    await button('Remove this person').click();
    await button('Yes, remove').click();
    await visitor.reads('People');
    await page.getByText('No one has signed in yet.').waitFor();
    expect((await app.api('GET', `/api/people/${person.personId}`)).status).toBe(404);
    expect((await app.api('GET', `/api/instances/${mailbox.id}`)).status).toBe(200);
  });

  it('tells all of that in the audit log, filtered and in full', async () => {
    const { page } = visitor;
    const other = await callers.tenant();
    await Promise.all(Array.from({ length: 3 }, () => callers.newInstance(other.apiKey)));
    await app.api('PUT', '/api/policy', { dryRun: true });
    await app.api('PUT', '/api/policy', {});
    await enters('#/audit', 'Audit log');
    await page.getByRole('listitem').filter({ hasText: 'Policy changed' }).first().waitFor();
    await visitor.looksAt('audit');
    await page.getByRole('combobox', { name: 'Event' }).fill('policy.changed');
    await page.getByRole('listitem').filter({ hasText: 'Signed in' }).first().waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Policy changed/ })
      .first()
      .press('Enter');
    const detail = page.getByRole('dialog', { name: 'Policy changed' });
    await detail.getByText('"dryRun"').waitFor();
    await visitor.looksAt('audit-event');
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export all as JSON lines' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('audit.jsonl');
  });

  it('shows to a key what it may, and no more', async () => {
    const tenant: Shown<Tenant> = await callers.tenant();
    const rights = ['instances:read', 'people:read'];
    const { apiKey } = await callers.key(tenant.id, { rights });
    await enters('#/policy', 'Policy', apiKey);
    await visitor.page.getByText('Your key may read the policy').waitFor();
    expect(await visitor.page.getByLabel('New messages').isDisabled()).toBe(true);
    expect(await button('Save').count()).toBe(0);
    const links = await visitor.page.getByRole('navigation').getByRole('link').allInnerTexts();
    expect(links).toEqual(['Mailboxes', 'Numbers', 'People', 'Policy']);
    for (const hash of ['#/approvals', '#/keys', '#/tenants', '#/audit']) {
      await visitor.opens(hash);
      await visitor.reads('Page not found');
    }
  });
});
