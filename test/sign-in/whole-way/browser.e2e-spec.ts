import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { until } from '../../../sandbox/index.js';
import { chromiumProgram, launchChromium } from '../../browser/chromium.js';
import { windows } from '../../browser/page-layout.js';
import { Person } from '../../browser/person.js';
import { callAs } from '../../harness/signed-in.js';
import { TestApp } from '../../harness/test-app.js';
import { Attempt, newAccount, register, signInVariables } from '../scripted-client.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

const title = 'Let an application use your mail?';

(chromiumProgram === undefined ? describe.skip : describe)('a client in a real browser', () => {
  let app: TestApp;
  let browser: Browser;
  let person: Person;
  let callbacks: Server;
  let redirectUri: string;
  beforeAll(async () => {
    callbacks = createServer((_request, response) => {
      const page = '<!doctype html><title>Client</title><link rel="icon" href="data:,"><h1>Back</h1>';
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    await new Promise<void>((resolve) => callbacks.listen(0, '127.0.0.1', resolve));
    redirectUri = `http://127.0.0.1:${(callbacks.address() as AddressInfo).port}/callback`;
    [app, browser] = await Promise.all([TestApp.start(signInVariables), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    callbacks.close();
    callbacks.closeAllConnections();
  });
  beforeEach(async () => void (person = await Person.at(browser)));
  afterEach(async () => {
    await person.leaves();
    expect(person.complaints).toEqual([]);
  });

  async function newAttempt(scope = 'gmail:read gmail:write gmail:send gmail:settings'): Promise<Attempt> {
    const { body } = await register(app, { client_name: 'Claude Code', redirect_uris: [redirectUri] });
    return new Attempt(app, String(body.client_id), { redirect_uri: redirectUri, scope });
  }

  /** The browser is back at the client, with a code that is good for tokens. */
  async function arrives(attempt: Attempt): Promise<{ token: string; url: string }> {
    await person.page.waitForURL(`${redirectUri}?*`);
    const { searchParams } = new URL(person.page.url());
    expect(searchParams.get('state')).toBe(attempt.state);
    const { body } = await attempt.redeem(searchParams.get('code') ?? '');
    return { token: String(body.access_token), url: `${app.environment.publicUrl}/mcp` };
  }

  interface Listed {
    mailboxes: { mailbox: string }[];
    connectAnotherUrl: string;
  }

  async function listed(client: { token: string; url: string }): Promise<Listed> {
    return (await callAs(client, 'list_mailboxes')).structuredContent as unknown as Listed;
  }

  describe.each(windows)('$width pixels wide', (window) => {
    it('is let in with one mailbox and a second; a third comes by a tool’s link, and one goes', async () => {
      await person.leaves();
      person = await Person.at(browser, window);
      const [first, second, third] = [await newAccount(app), await newAccount(app), await newAccount(app)];
      const attempt = await newAttempt();
      await person.opens(attempt.url);
      expect(await person.reads(title, 'client-asks')).toContain('Claude Code asks to use your Gmail');
      await person.presses('button', 'Continue with Google');
      await person.consents({ account: first });
      const client = await arrives(attempt);
      expect((await listed(client)).mailboxes).toMatchObject([{ mailbox: first }]);

      // The same client signs in once more, to have a second mailbox.
      const again = new Attempt(app, attempt.clientId, attempt.changes);
      await person.opens(again.url);
      await person.page.getByRole('button', { name: 'Connect a mailbox' }).click();
      await person.consents({ account: second });
      const read = await person.reads(title, 'client-asks-with-two');
      for (const words of [first, second, 'And those that I connect later']) expect(read).toContain(words);
      await person.page.getByRole('button', { name: 'Allow' }).click();
      const wide = await arrives(again);
      const { mailboxes, connectAnotherUrl } = await listed(wide);
      expect(mailboxes).toMatchObject([{ mailbox: first }, { mailbox: second }]);

      await person.opens(connectAnotherUrl);
      await person.page.getByRole('button', { name: 'Add a mailbox with Google' }).click();
      await person.consents({ account: third });
      await person.page.getByRole('heading', { name: third }).waitFor();
      await expectMailboxes(wide, [first, second, third]);
      expect(await person.reads('Your mailboxes', 'mailboxes-three')).toContain('Claude Code');

      await person.page.getByText(`Remove ${second}`, { exact: true }).click();
      await person.page.getByRole('button', { name: `Remove ${second} now` }).click();
      await person.page.getByRole('heading', { name: second }).waitFor({ state: 'detached' });
      await expectMailboxes(wide, [first, third]);
      expect(await callAs(wide, 'get_profile', { mailbox: third })).not.toHaveProperty('isError');
    });
  });

  /** A person who is signed in here: the form of our page then leads to the client by itself. */
  async function connectsElsewhere(): Promise<void> {
    const [account, attempt] = [await newAccount(app), await newAttempt('gmail:read')];
    await person.opens(attempt.url);
    await person.page.getByRole('button', { name: 'Continue with Google' }).click();
    await person.consents({ account });
    await arrives(attempt);
  }

  /** Tokens that are known by memory follow within a second. */
  async function expectMailboxes(client: { token: string; url: string }, accounts: string[]): Promise<void> {
    await until(
      'the client has them',
      async () => (await listed(client)).mailboxes.length === accounts.length,
    );
    expect((await listed(client)).mailboxes.map(({ mailbox }) => mailbox)).toEqual(accounts);
  }

  describe.each([
    ['Cursor', 'cursor://anysphere.cursor-mcp/oauth/callback'],
    ['Claude', 'claude://oauth/callback'],
    ['VS Code', 'vscode://vscode.github-authentication/did-authenticate'],
  ])('%s, which the system opens by a scheme of its own', (client_name, redirect_uri) => {
    it.each([
      ['Allow', { code: expect.any(String) }],
      ['Cancel', { error: 'access_denied', error_description: expect.any(String) }],
    ])('is handed what the person decided by %s', async (button, decided) => {
      const { body } = await register(app, { client_name, redirect_uris: [redirect_uri] });
      await connectsElsewhere();
      const attempt = new Attempt(app, String(body.client_id), { redirect_uri });
      await person.opens(attempt.url);
      const leaving = person.page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
      await person.page.getByRole('button', { name: button, exact: true }).click();
      const request = await leaving;
      // A browser that its policy holds back says so on the console as well, which `afterEach` reads.
      expect(request.failure()?.errorText).toBe('net::ERR_ABORTED');
      const { href, searchParams } = new URL(request.url());
      expect(href.split('?')[0]).toBe(redirect_uri);
      const iss = app.environment.publicUrl;
      expect(Object.fromEntries(searchParams)).toEqual({ ...decided, state: attempt.state, iss });
      const code = searchParams.get('code');
      if (code !== null) expect((await attempt.redeem(code)).status).toBe(200);
    });
  });

  it('is told by a page of its own that the person declined', async () => {
    const attempt = await newAttempt('gmail:read');
    await person.opens(attempt.url);
    await person.page.getByRole('button', { name: 'Cancel' }).click();
    await person.page.waitForURL(`${redirectUri}?*`);
    expect(new URL(person.page.url()).searchParams.get('error')).toBe('access_denied');
  });
});
