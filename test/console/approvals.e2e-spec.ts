import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { gmailScopes } from '../../src/gmail/index.js';
import { holdMail, tenantOf } from '../approvals/held-acts.js';
import { chromiumProgram, launchChromium } from '../browser/chromium.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { told } from '../policy/told.js';
import { outbox } from '../policy/ways-out.js';
import { callTool } from '../scopes/mcp-agent.js';
import { Visitor } from './visitor.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)('the approvals of the console', () => {
  let app: TestApp;
  let browser: Browser;
  let visitor: Visitor;
  let mailbox: TestMailbox;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    mailbox = await newMailbox(app, {
      name: 'Sales bot',
      scopes: [gmailScopes.modify],
      policy: { approvalLifeHours: 1 },
    });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(browser, app.url);
    await visitor.opens('#/approvals');
    await visitor.signsIn(adminApiKey);
    await visitor.reads('Approvals');
  });
  afterEach(async () => {
    await visitor.leaves();
    expect(visitor.complaints).toEqual([]);
    expect([...visitor.origins]).toEqual([app.url]);
  });

  /** Has an agent ask for a mail to someone new. */
  async function ask(subject: string): Promise<string> {
    const asked = await callTool(mailbox, 'send_message', {
      ...{ to: [`${randomUUID()}@evil.example`], subject, body: 'Canary text.' },
    });
    expect(told(asked)).toBe('held');
    return String(asked.structured.approvalId);
  }

  async function sent(subject: string): Promise<number> {
    const mails = await outbox({ app, mailbox });
    return mails.filter((mail) => JSON.stringify(mail).includes(subject)).length;
  }

  function button(name: string) {
    return visitor.page.getByRole('button', { name });
  }

  it('appear while one looks, and what is approved goes out, once', async () => {
    const { page } = visitor;
    await page.getByText('Nothing waits for a decision.').waitFor();
    await ask('Approved in the console');
    await page.getByRole('link', { name: 'A new message' }).waitFor();
    await visitor.looksAt('approvals');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await visitor.reads('A new message');
    await page.getByText('Approved in the console').waitFor();
    expect(await page.getByText('never written to').isVisible()).toBe(true);
    await visitor.looksAt('approval');
    await button('Approve').press('Enter');
    // The question has the focus, so that a key that is held down decides nothing.
    await page.getByRole('group', { name: 'Let this go to one recipient' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await sent('Approved in the console')).toBe(0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('It was approved, and went out.').waitFor();
    expect(await sent('Approved in the console')).toBe(1);
    expect(await button('Approve').count()).toBe(0);
    await page.getByRole('link', { name: 'All approvals' }).click();
    await page.getByText('Nothing waits for a decision.').waitFor();
    await page.getByText('Approved', { exact: true }).click();
    await page.getByRole('link', { name: 'Done' }).waitFor();
  });

  it('are rejected, after which nothing goes out', async () => {
    const id = await ask('Rejected in the console');
    await visitor.opens(`#/approvals/${id}`);
    await button('Reject').click();
    await button('Cancel').click();
    await button('Reject').click();
    await button('Yes, reject it').click();
    await visitor.page.getByText('It was rejected. Nothing went out.').waitFor();
    expect((await app.api<{ status: string }>('GET', `/api/approvals/${id}`)).body.status).toBe('rejected');
    expect(await sent('Rejected in the console')).toBe(0);
  });

  it.each<[string, (id: string) => Promise<unknown>, string, string]>([
    [
      'was decided elsewhere',
      (id) => app.api('POST', `/api/approvals/${id}`, { decision: 'reject' }),
      'It was decided elsewhere in the meantime.',
      'It was rejected. Nothing went out.',
    ],
    ['is too late', () => app.advance(3601), 'It came too late', 'Its time was over before anyone decided.'],
  ])('say that a decision %s, and what is true', async (_case, meanwhile, said, truth) => {
    const id = await ask(said);
    await visitor.opens(`#/approvals/${id}`);
    await button('Approve').click();
    await button('Yes, let it go out').waitFor();
    // What was read stays as it is: the server has the last word.
    await visitor.page.route(`**/api/approvals/${id}`, (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await meanwhile(id);
    await visitor.page.route(`**/api/approvals/${id}`, (route) => route.continue());
    await button('Yes, let it go out').click();
    await visitor.page.getByRole('alert').getByText(said).waitFor();
    await visitor.page.getByText(truth).waitFor();
    expect(await sent(said)).toBe(0);
    visitor.forgives('a status of 409', 'net::ERR_FAILED');
  });

  it('show what others wrote as text, with all that would mislead marked', async () => {
    const tenantId = await tenantOf(app, mailbox);
    const held = await holdMail(
      app,
      { tenantId, id: mailbox.id },
      {
        subject: 'Invoice \u202Efdp.exe',
        text: 'Pay\u200B now: https://bank.example',
        html: '<h1>Pay now</h1><img src="https://evil.example/pixel"><a href="https://evil.example/login">https://bank.example</a><script>window.ran = true</script>',
        to: [{ name: 'Your bank', address: 'pay@b\u0430nk.example' }],
        bcc: [{ name: '', address: 'eve@evil.example' }],
        replyTo: [{ name: '', address: 'answers@evil.example' }],
        language: 'de',
        headers: [{ name: 'X-Priority', value: '1' }],
        files: [
          {
            ...{ name: 'plan.pdf', mimeType: 'application/pdf', sizeBytes: 1536, origin: 'other_mail' },
            sha256: 'a'.repeat(64),
          },
        ],
      },
    );
    await visitor.opens(`#/approvals/${held.id}`);
    await visitor.reads('A new message');
    const { page } = visitor;
    const content = await page.getByRole('region', { name: 'What it says' }).innerText();
    for (const said of [
      'Invoice [U+202E]fdp.exe',
      'Pay[U+200B] now',
      'pay@xn--bnk-6cd.example',
      'holds letters beyond ASCII',
      'named “Your bank”',
      'answers@evil.example',
      'Bcc, hidden from the others',
      'which most recipients see, differs',
      'https://evil.example/login',
      'https://evil.example/pixel',
      'plan.pdf',
      '1.5 KB, from other mail of this mailbox',
      'a'.repeat(64),
      'It says to be written in de',
      'X-Priority: 1',
    ])
      expect(content).toContain(said);
    expect(content).not.toMatch(/[\u202E\u200B]/);
    // Nothing of the mail became part of the page.
    expect(
      await page.evaluate('[window.ran, document.querySelectorAll("section img, section a").length]'),
    ).toEqual([undefined, 0]);
    await visitor.looksAt('approval-hostile');
  });
});
