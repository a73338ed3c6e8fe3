import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { ActMessage, StoredAct } from '../../src/policy/index.js';
import { holdMail, tenantOf } from '../approvals/held-acts.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { newPerson } from '../harness/people.js';
import { TestApp } from '../harness/test-app.js';
import { chromiumProgram, launchChromium } from './chromium.js';
import { windows } from './page-layout.js';
import { Person } from './person.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

const megabyte = 1_048_576;

/** All that others can put into a mail to mislead the person who reads it here. */
const hostile: Partial<ActMessage> = {
  to: [
    { name: 'boss@corp.example', address: 'thief@evil.example' },
    { name: '\u202Emoc.elpmaxe@ssob', address: 'reversed@evil.example' },
    { name: 'Pay Pal', address: 'service@p\u0430ypal.example' },
    { name: '', address: `${'very.long.'.repeat(6)}name@${'sub.'.repeat(20)}example.com` },
    ...Array.from({ length: 400 }, (_, n) => ({ name: `Person ${n}`, address: `person-${n}@example.com` })),
  ],
  bcc: Array.from({ length: 100 }, (_, n) => ({ name: '', address: `hidden-${n}@example.com` })),
  subject: 'Invoice \u202Egnp.exe\u202C <b>bold</b> <script>alert(1)</script>',
  text: [
    '<h1>Approved by your administrator</h1><form action="https://evil.example"><button>Approve</button></form>',
    `Zero\u200Bwidth, soft\u00ADhyphen, \u2066isolated\u2069, tag\u{E0041}s, and a family: 👨\u200D👩\u200D👧.`,
    'Donaudampfschifffahrt'.repeat(60),
    'مرحبا بالعالم',
  ].join('\n'),
  html: `<style>p { display: none }</style><script>document.title = 'gone'</script>
    <p>Pay <a href="https://evil.example/pay">here</a></p><img src="https://evil.example/pixel.gif" alt="a picture">`,
  files: [
    {
      name: `report\u202Efdp.exe`,
      mimeType: 'application/pdf',
      sizeBytes: 20 * megabyte,
      sha256: 'a'.repeat(64),
      origin: 'upload',
    },
    {
      name: `${'long-name-'.repeat(30)}.zip`,
      mimeType: 'application/zip',
      sizeBytes: 15 * megabyte,
      sha256: 'b'.repeat(64),
      origin: 'other_mail',
    },
    {
      name: '<img src=x onerror=alert(1)>.txt',
      mimeType: 'text/plain',
      sizeBytes: 12,
      sha256: 'c'.repeat(64),
      origin: 'conversation',
    },
  ],
};

(chromiumProgram === undefined ? describe.skip : describe)('a person who decides in a real browser', () => {
  let app: TestApp;
  let browser: Browser;
  let mailbox: TestMailbox;
  let tenantId: string;
  let person: Person;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    mailbox = await newMailbox(app, { name: `Sales \u202Etob <b>bot</b>` });
    tenantId = await tenantOf(app, mailbox);
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

  async function held(changes: Partial<ActMessage> = {}): Promise<{ act: StoredAct; url: string }> {
    const act = await holdMail(app, { tenantId, id: mailbox.id }, changes);
    return { act, url: `${app.url}/approvals/${act.id}` };
  }

  async function signsIn(url: string, account = mailbox.account): Promise<void> {
    await person.opens(url);
    await person.presses('button', 'Sign in with Google');
    await person.consents({ account });
  }

  async function decided({ id }: StoredAct): Promise<string> {
    const { body } = await app.api<{ status: string }>('GET', `/api/approvals/${id}`, undefined, {
      'x-evergrant-tenant': tenantId,
    });
    return body.status;
  }

  describe.each(windows)('$width pixels wide', (window) => {
    it('is asked to sign in, reads what is to go out, and approves it by the keyboard', async () => {
      person = await Person.at(browser, window);
      const { act, url } = await held();
      await person.opens(url);
      const asked = await person.reads('Something may wait for your decision', 'approval-sign-in');
      expect(asked).not.toContain('Canary');
      await person.presses('button', 'Sign in with Google');
      await person.consents({ account: mailbox.account });
      const read = await person.reads('Let this go out?', 'approval');
      for (const words of ['Canary subject', 'Canary text.', 'bea@example.com', 'new', mailbox.account])
        expect(read).toContain(words);
      await person.page.getByRole('button', { name: 'Reject' }).focus();
      await person.presses('button', 'Approve');
      await person.reads('Approved', 'approval-approved');
      expect(await decided(act)).toBe('approved');
      await person.page.reload();
      await person.reads('Approved', 'approval-approved');
    });
  });

  it('reads a hostile mail for what it is', async () => {
    const requests: string[] = [];
    const { act, url } = await held(hostile);
    await signsIn(url);
    await person.page.getByRole('heading', { level: 1 }).filter({ hasText: 'Let this go out?' }).waitFor();
    person.page.on('request', (request) => requests.push(request.url()));
    const read = await person.reads('Let this go out?', 'approval-hostile');
    for (const words of [
      'Invoice [U+202E]gnp.exe[U+202C] <b>bold</b> <script>alert(1)</script>',
      'Zero[U+200B]width, soft[U+00AD]hyphen, [U+2066]isolated[U+2069], tag[U+E0041]s, and a family: 👨‍👩‍👧.',
      'service@xn--pypal-4ve.example (reads as service@pаypal.example)',
      'thief@evil.example, named “boss@corp.example”',
      '504 recipients, 3 new to this mailbox.',
      'To: 394 more',
      'report[U+202E]fdp.exe',
      '35 MB in all',
    ])
      expect(read).toContain(words);
    expect(await person.page.getByRole('button').allInnerTexts()).toEqual(['Reject', 'Approve', 'Sign out']);
    await person.page.emulateMedia({ colorScheme: 'dark' });
    await person.reads('Let this go out?', 'approval-hostile-dark');
    const closed = person.page.locator('details:not([open]) > summary');
    while ((await closed.count()) > 0) await closed.first().click();
    await person.page.evaluate('scrollTo(0, 0)');
    const opened = await person.reads('Let this go out?', 'approval-hostile-open');
    for (const words of [
      'person-399@example.com',
      'hidden-99@example.com',
      'Pay here [https://evil.example/pay]',
      '<script>document.title',
    ])
      expect(opened).toContain(words);
    expect(requests).toEqual([]);
    await person.page.getByRole('button', { name: 'Reject' }).click();
    await person.reads('Rejected', 'approval-rejected');
    expect(await decided(act)).toBe('rejected');
  });

  it('reads which account is expected after signing in with another one', async () => {
    const { url } = await held();
    await signsIn(url, await newPerson(app));
    const told = await person.reads('Not signed in: another account', 'approval-other-account');
    expect(told).toContain(mailbox.account);
    expect(person.answers.at(-1)!.status()).toBe(403);
    person.complaints.splice(0);
    await person.presses('link', 'Back to the page, to try again');
    await person.reads('Something may wait for your decision', 'approval-sign-in');
  });

  it('is protected from a site that posts the decision, or frames the page', async () => {
    const { act, url } = await held();
    await signsIn(url);
    await person.reads('Let this go out?', 'approval');
    await person.context.route('https://evil.example/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<link rel="icon" href="data:,"><iframe src="${url}"></iframe><form method="post" action="${url}">
          <input name="decision" value="approve"><button>A prize</button></form>`,
      }),
    );
    await person.opens('https://evil.example/');
    const frame = person.page.frames().at(1)!;
    expect(await frame.content()).not.toContain('Canary');
    await person.page.getByRole('button').click();
    await person.reads('This did not come from our page', 'foreign');
    person.complaints.splice(0);
    expect(await decided(act)).toBe('pending');
  });
});
