import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { until, type FaultRuleInput } from '../../sandbox/index.js';
import { Callers, type Shown, type Tenant } from '../harness/callers.js';
import { startOutage } from '../harness/database/database-outage.js';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { chromiumProgram, launchChromium } from './chromium.js';
import { windows } from './page-layout.js';
import { Person, type Choice } from './person.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

if (chromiumProgram === undefined) {
  process.stderr.write(
    'Skipped: what a person sees in a browser, for there is no Chromium (apt-get install chromium)\n',
  );
}

(chromiumProgram === undefined ? describe.skip : describe)('a person in a real browser', () => {
  let app: TestApp;
  let browser: Browser;
  let tenant: Shown<Tenant>;
  let callers: Callers;
  let person: Person;
  /** An account of the test's own. */
  let email: string;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    callers = new Callers(app);
    tenant = await callers.tenant();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });
  beforeEach(async () => {
    email = `person-${randomUUID()}@sandbox.test`;
    await app.google.addAccount({ email });
    person = await Person.at(browser);
  });
  afterEach(async () => {
    await person.leaves();
    await app.google.clearFaults();
    expect(person.complaints).toEqual([]);
  });

  async function link(input: object = {}, returnTo?: string): Promise<{ id: string; url: string }> {
    const name = 'Sales bot';
    const created = await callers.asKey(tenant.apiKey, 'POST', '/api/instances', { name, ...input });
    const id = created.body.id as string;
    const path = `/api/instances/${id}/start-oauth`;
    const begun = await callers.asKey(
      tenant.apiKey,
      'POST',
      path,
      returnTo === undefined ? {} : { returnTo },
    );
    return { id, url: begun.body.authorizationUrl as string };
  }

  /** The way up to the provider's page. */
  async function atProvider(input: object = {}, returnTo?: string): Promise<string> {
    const { id, url } = await link(input, returnTo);
    await person.opens(url);
    await person.presses('button', 'Continue to Google');
    return id;
  }

  async function consented(choice: Choice = {}): Promise<void> {
    await atProvider();
    await person.consents({ account: email, ...choice });
  }

  const connected = () => person.reads('Mailbox connected', 'connected');

  async function triesAgain(choice: Choice = { account: email }): Promise<void> {
    await person.presses('button', 'Try again');
    await person.consents(choice);
    expect(await connected()).toContain('is now connected to Sales bot');
  }

  describe.each(windows)('$width pixels wide', (window) => {
    it('reads who asks for what, goes to Google and back, and is told which mailbox is connected to what', async () => {
      person = await Person.at(browser, window);
      const { url } = await link({ loginHint: email });
      await person.opens(url);
      const asked = await person.reads('Connect your mailbox?', 'connect');
      for (const words of [tenant.name, 'Sales bot', email, 'Read all of your mail', new URL(app.url).host])
        expect(asked).toContain(words);
      await person.presses('button', 'Continue to Google');
      await person.consents();
      expect(await connected()).toContain(`${email} is now connected to Sales bot.`);
    });
  });

  it('reads long names that others chose without a scroll bar', async () => {
    const name = `Über${'lang'.repeat(30)} <b>"; \u202Etxt.exe`;
    const { url } = await link({
      name,
      loginHint: `${'very.long.'.repeat(6)}name@subdomain.example.com`,
      scopes: [
        'https://mail.google.com/',
        'https://www.googleapis.com/auth/gmail.settings.basic',
        'https://www.googleapis.com/auth/gmail.settings.sharing',
        'https://www.googleapis.com/auth/gmail.labels',
      ],
    });
    await person.opens(url);
    expect(await person.reads('Connect your mailbox?', 'connect-long')).toContain('<b>"');
  });

  it('is brought back to where the link came from', async () => {
    const returnTo = 'https://app.example.com/settings?tab=mail';
    await person.context.route('https://app.example.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,"><h1>Settings</h1>' }),
    );
    const id = await atProvider({}, returnTo);
    await person.consents({ account: email });
    await person.page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(person.page.url()).toBe(`${returnTo}&connected=${id}`);
  });

  describe('before Google', () => {
    it('is led from another name of the machine to the one that works', async () => {
      const { url } = await link();
      await person.opens(url.replace('localhost', '127.0.0.1'));
      await person.reads('Open this page at its own address', 'other-address');
      await person.presses('link', `Open it at ${new URL(app.url).host}`);
      await person.reads('Connect your mailbox?', 'connect');
      expect(person.page.url()).toBe(url);
    });

    it.each<[string, (context: Person['context']) => Promise<unknown>]>([
      ['keeps no cookies', (context) => context.clearCookies()],
      [
        'brings a cookie that is none of ours',
        async (context) => {
          const [cookie] = await context.cookies();
          await context.addCookies([{ ...cookie!, value: 'garbage' }]);
        },
      ],
    ])('is told that the browser %s, and can go on once it does', async (_case, spoil) => {
      const { url } = await link();
      await person.opens(url);
      await spoil(person.context);
      await person.presses('button', 'Continue to Google');
      expect(await person.reads('Your browser keeps no cookies here', 'cookies')).toContain('not used up');
      expectRefused(400);
      await person.opens(url);
      await person.presses('button', 'Continue to Google');
      await person.consents({ account: email });
      await connected();
    });

    it('is protected from a site that posts the form by itself', async () => {
      const { url } = await link();
      await person.opens(url);
      await person.context.route('https://evil.example/**', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<link rel="icon" href="data:,"><form method="post" action="${url}"><button>A prize</button></form>`,
        }),
      );
      await person.opens('https://evil.example/');
      await person.page.getByRole('button').click();
      expect(await person.reads('This did not come from our page', 'foreign')).toContain('Nothing was begun');
      expectRefused(403);
    });

    it('is told of a link that is too old', async () => {
      const { url } = await link();
      await app.advance(601);
      await person.opens(url);
      expect(await person.reads('This link is no longer valid', 'link-over')).toContain('Ask for a new one');
    });

    it('is told of a link that another browser has used', async () => {
      const { url } = await link();
      const other = await Person.at(browser);
      await other.opens(url);
      await person.opens(url);
      await other.presses('button', 'Continue to Google');
      await other.leaves();
      await person.presses('button', 'Continue to Google');
      await person.reads('This link is no longer valid', 'link-over');
    });
  });

  describe('after a consent that failed', () => {
    it('denied, can try again', async () => {
      await consented({ decision: 'Deny' });
      expect(await person.reads('Not connected', 'denied')).toContain('The permission was not given');
      await triesAgain();
    });

    it('with a permission unticked, reads which, and can try again', async () => {
      await consented({ without: 'https://www.googleapis.com/auth/gmail.readonly' });
      const told = await person.reads('Not connected: a permission is missing', 'unticked');
      expect(told).toContain('Read all of your mail');
      await triesAgain();
    });

    it('that took too long, can try again', async () => {
      await atProvider();
      await app.advance(601);
      await person.consents({ account: email });
      await person.reads('Not connected: it took too long', 'expired');
      await triesAgain();
    });

    it('while Google fails, can try again', async () => {
      await app.google.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });
      await consented();
      expect(await person.reads('Not connected yet', 'outage')).toContain('Nothing was lost');
      await app.google.clearFaults();
      await triesAgain();
    });

    it('of another account, reads both names, and can choose the right one', async () => {
      const mailbox = await newMailbox(app);
      await person.opens(await app.connectUrl(mailbox.id));
      expect(await person.reads('Connect your mailbox again?', 'connect-again')).toContain('and no other');
      await person.presses('button', 'Continue to Google');
      await person.consents({ account: email });
      expect(await person.reads('Not connected: another account', 'other-account')).toContain(
        `You signed in as ${email}, but this connection belongs to ${mailbox.account}.`,
      );
      await person.presses('button', 'Try again');
      await person.consents({ account: mailbox.account });
      expect(await connected()).toContain(mailbox.account);
    });

    it('that the organisation ended, can sign in again', async () => {
      await failTokens(400, { error: 'invalid_grant', error_subtype: 'invalid_rapt' }, { times: 1 });
      await consented();
      const told = await person.reads('Not connected: sign in to Google again', 'session-control');
      expect(told).toContain('Your organisation asks you to sign in to Google again');
      await triesAgain();
    });

    it('for a wrong client secret, is told to tell the operator', async () => {
      await failTokens(401, { error: 'invalid_client' });
      await consented();
      const told = await person.reads('Not connected: not set up correctly', 'misconfigured');
      expect(told).toContain('tell the operator');
    });

    it.each(['admin_policy_enforced', 'org_internal'])(
      'for %s, is sent to the administrator',
      async (error) => {
        const fault: FaultRuleInput['fault'] = { kind: 'patch', set: { error }, remove: ['code'] };
        await app.google.addFault({ target: 'authorize', fault });
        await consented();
        const told = await person.reads(
          'Not connected: your organisation does not allow it',
          'administrator',
        );
        expect(told).toContain('Ask your administrator');
      },
    );
  });

  describe('after success', () => {
    it('is answered the same when the end is reloaded, and when the callback comes again', async () => {
      await consented();
      const told = await connected();
      const { callback } = person;
      await person.page.reload();
      expect(await connected()).toBe(told);
      await person.opens(callback);
      expect(await connected()).toBe(told);
    });

    it('is answered the same after going back, at whichever page the button is pressed again', async () => {
      const { url } = await link();
      await person.opens(url);
      await person.presses('button', 'Continue to Google');
      await person.consents({ account: email });
      const told = await connected();
      await person.page.goBack();
      await person.consents({ account: email });
      expect(await connected()).toBe(told);
      await person.page.goBack();
      await person.page.goBack();
      expect(await connected()).toBe(told);
    });
  });

  it.each(['', '?connected=00000000-0000-4000-8000-000000000000', '?error=none'])(
    'is told nothing by the last page without a consent: %j',
    async (query) => {
      await person.opens(`${app.url}/oauth/done${query}`);
      const told = await person.reads('Nothing to show here', 'nothing');
      expect(told).not.toMatch(/is now connected|Mailbox connected/);
    },
  );

  it('reads a page while the database is down, and goes on by reloading it', async () => {
    await atProvider();
    const endOutage = await startOutage(app.environment.DATABASE_URL!);
    try {
      await person.consents({ account: email });
      expect(await person.reads('Not available just now', 'database-down')).toContain('reload this page');
      expectRefused(503);
    } finally {
      await endOutage();
    }
    await until('the database answers', async () => (await fetch(`${app.url}/health/ready`)).ok);
    await person.page.reload();
    expect(await connected()).toContain(email);
  });

  async function failTokens(status: number, body: object, limit: { times?: number } = {}): Promise<void> {
    await app.google.addFault({ target: 'token', ...limit, fault: { kind: 'error', status, body } });
  }

  /** The browser itself says that a page came with this status. */
  function expectRefused(status: number): void {
    expect(person.answers.at(-1)!.status()).toBe(status);
    const said = person.complaints.splice(0);
    for (const each of said) expect(each).toContain(`the server responded with a status of ${status}`);
  }
});
