import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { TestApp } from '../harness/test-app.js';
import { authorize, mailboxIds, newAccount, ourDomain, personOf, verify } from '../people/people-stage.js';
import { chromiumProgram, launchChromium } from './chromium.js';
import { windows } from './page-layout.js';
import { Person } from './person.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

(chromiumProgram === undefined ? describe.skip : describe)(
  'a person with mailboxes in a real browser',
  () => {
    let app: TestApp;
    let browser: Browser;
    let person: Person;
    beforeAll(async () => {
      [app, browser] = await Promise.all([TestApp.start({ SIGN_IN_DOMAINS: ourDomain }), launchChromium()]);
    });
    afterAll(async () => {
      await browser.close();
      await app.stop();
    });
    beforeEach(async () => {
      person = await Person.at(browser);
    });
    afterEach(async () => {
      await person.leaves();
      expect(person.complaints).toEqual([]);
    });

    const title = 'Your mailboxes';

    async function signsIn(account: string): Promise<void> {
      await person.opens(`${app.url}/mailboxes`);
      await person.reads(title, 'mailboxes-sign-in');
      await person.presses('button', 'Sign in with Google');
      await person.consents({ account });
      await person.page.getByText('You are signed in as').waitFor();
    }

    async function adds(account: string): Promise<void> {
      await person.page.getByRole('button', { name: 'Add a mailbox with Google' }).click();
      await person.consents({ account });
      await person.page.getByRole('heading', { name: account }).waitFor();
    }

    describe.each(windows)('$width pixels wide', (window) => {
      it('signs in, adds two mailboxes, ends a program, removes one, and signs out', async () => {
        await person.leaves();
        person = await Person.at(browser, window);
        const account = await newAccount(app);
        const second = await newAccount(app, {
          domain: `${'a-very-long-name-of-a-domain.'.repeat(3)}example`,
        });
        await signsIn(account);
        expect(await person.reads(title, 'mailboxes-none')).toContain('You have connected no mailbox yet.');
        await adds(account);
        await adds(second);
        const known = await personOf(app, account);
        const { token } = await authorize(app, known, {
          clientName: `Claude <b>${'long'.repeat(40)}</b> \u202Etxt`,
        });
        await person.page.reload();
        await person.page.getByText('Remove', { exact: false }).first().click();
        const read = await person.reads(title, 'mailboxes-two');
        for (const words of [
          account,
          second,
          'Read all of your mail',
          'Claude <b>long',
          'all your mailboxes',
        ])
          expect(read).toContain(words);
        await person.page.getByRole('button', { name: /^End the access of Claude/ }).click();
        await person.page.getByText('No program may use your mailboxes.').waitFor();
        expect(await verify(app, token)).toBeNull();
        await person.page.getByText(`Remove ${account}`, { exact: true }).click();
        await person.page.getByRole('button', { name: `Remove ${account} now` }).click();
        await person.page.getByRole('heading', { name: account }).waitFor({ state: 'detached' });
        expect(await mailboxIds(app, known)).toHaveLength(1);
        await person.page.getByRole('button', { name: 'Sign out' }).click();
        expect(await person.reads(title, 'mailboxes-signed-out')).not.toContain(account);
      });
    });

    it('reads why an account may not sign in, and tries another one', async () => {
      const stranger = await newAccount(app, { domain: 'stranger.example' });
      const account = await newAccount(app);
      await person.opens(`${app.url}/mailboxes`);
      await person.presses('button', 'Sign in with Google');
      await person.consents({ account: stranger });
      await person.page.waitForURL('**/mailboxes?outcome=not_admitted');
      expect(await person.reads(title, 'mailboxes-not-admitted')).toContain('may not sign in here');
      await person.page.getByRole('button', { name: 'Sign in with Google' }).click();
      await person.consents({ account });
      await person.page.getByText('You are signed in as').waitFor();
    });

    it('connects a mailbox again whose grant has ended', async () => {
      const account = await newAccount(app);
      await signsIn(account);
      await adds(account);
      await app.dataSource.query(
        `UPDATE mcp_credentials SET oauth_status = 'failed', verdict = 'failed', error_code = 'INVALID_REFRESH_TOKEN'
       WHERE email = $1`,
        [account],
      );
      await person.page.reload();
      expect(await person.reads(title, 'mailboxes-ended')).toContain('It is not connected at the moment.');
      await person.page.getByRole('button', { name: `Connect ${account} again` }).click();
      await person.consents({ account });
      await person.page.getByText('It can be used to:').waitFor();
    });

    it('cannot be led to press a button by a page that frames it', async () => {
      const account = await newAccount(app);
      await signsIn(account);
      await person.page.setContent(`<iframe src="${app.url}/mailboxes"></iframe>`);
      await expect(
        person.page.frameLocator('iframe').getByText('Your mailboxes').waitFor({ timeout: 1_000 }),
      ).rejects.toThrow();
      person.complaints.length = 0;
    });
  },
);
