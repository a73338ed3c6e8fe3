import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Browser } from 'playwright-core';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { outboundAct } from '../../src/gmail-mcp/acts/asked-act.js';
import type { ActMessage, OutboundAct, StoredAct } from '../../src/policy/index.js';
import { holdAct, holdMail, tenantOf } from '../approvals/held-acts.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { newPerson } from '../harness/people.js';
import { TestApp } from '../harness/test-app.js';
import { chromiumProgram, launchChromium } from './chromium.js';
import { windows } from './page-layout.js';
import { Person } from './person.js';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

const megabyte = 1_048_576;

/** As many recipients as Gmail takes. */
const unlimited = {
  SEND_RECIPIENTS_PER_MESSAGE: '0',
  SEND_RECIPIENTS_PER_HOUR: '0',
  SEND_RECIPIENTS_PER_DAY: '0',
};

/**
 * All that others can put into a mail to mislead the person who reads it here, in as much mail as Gmail takes. Not ours
 * to compose, which would take some of it out: a draft is another program's.
 */
const hostile = {
  to: [
    { name: 'boss@corp.example', address: 'thief@evil.example' },
    { name: '\u202Emoc.elpmaxe@ssob', address: 'reversed@evil.example' },
    { name: 'Pay Pal', address: 'service@p\u0430ypal.example' },
    { name: '', address: `${'very.long.'.repeat(6)}name@${'sub.'.repeat(20)}example.com` },
    ...Array.from({ length: 396 }, (_, n) => ({ name: `Person ${n}`, address: `person-${n}@example.com` })),
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
  attachments: [
    {
      filename: `report\u202Efdp.exe`,
      contentType: 'application/pdf',
      content: Buffer.alloc(15 * megabyte, 1),
    },
    {
      filename: `${'long-name-'.repeat(24)}.zip`,
      contentType: 'application/zip',
      content: Buffer.alloc(10.5 * megabyte, 2),
    },
    {
      filename: '<img src=x onerror=alert(1)>.txt',
      contentType: 'text/plain',
      content: Buffer.from('Hello, world'),
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
    [app, browser] = await Promise.all([TestApp.start(unlimited), launchChromium()]);
    mailbox = await newMailbox(app, { scopes: [gmailScopes.modify], name: `Sales \u202Etob <b>bot</b>` });
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

  /** Holds the hostile mail, with all its bytes. */
  async function hostileHeld(): Promise<{ act: StoredAct; url: string; mime: Buffer; messageId: string }> {
    const messageId = `<${randomUUID()}@example.com>`;
    const node = new MailComposer({ ...hostile, messageId, newline: 'win' }).compile();
    node.keepBcc = true;
    const mail = { mime: await node.build(), messageId };
    const asked = (await outboundAct({ kind: 'send', mail })) as OutboundAct & { message: ActMessage };
    const act = await holdAct(app, { tenantId, id: mailbox.id }, asked);
    return { act, url: `${app.url}/approvals/${act.id}`, ...mail };
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

    it('reads a hostile mail of 500 recipients and 35 MB for what it is, and it goes out as it was read', async () => {
      person = await Person.at(browser, window);
      const requests: string[] = [];
      const { act, url, mime, messageId } = await hostileHeld();
      expect(mime.length / megabyte).toBeGreaterThan(34.5);
      await signsIn(url);
      await person.page.getByRole('heading', { level: 1 }).filter({ hasText: 'Let this go out?' }).waitFor();
      person.page.on('request', (request) => requests.push(request.url()));
      const read = await person.reads('Let this go out?', 'approval-hostile');
      for (const words of [
        'Invoice [U+202E]gnp.exe[U+202C] <b>bold</b> <script>alert(1)</script>',
        'Zero[U+200B]width, soft[U+00AD]hyphen, [U+2066]isolated[U+2069], tag[U+E0041]s, and a family: 👨‍👩‍👧.',
        'service@xn--pypal-4ve.example (reads as service@pаypal.example)',
        'thief@evil.example, named “boss@corp.example”',
        '500 recipients, 3 new to this mailbox.',
        'To: 390 more',
        'report[U+202E]fdp.exe',
        '26 MB in all',
      ])
        expect(read).toContain(words);
      expect(await person.page.getByRole('button').allInnerTexts()).toEqual([
        'Reject',
        'Approve',
        'Sign out',
      ]);
      await person.page.emulateMedia({ colorScheme: 'dark' });
      await person.reads('Let this go out?', 'approval-hostile-dark');
      const closed = person.page.locator('details:not([open]) > summary');
      while ((await closed.count()) > 0) await closed.first().click();
      await person.page.evaluate('scrollTo(0, 0)');
      const opened = await person.reads('Let this go out?', 'approval-hostile-open');
      for (const words of [
        'person-395@example.com',
        'hidden-99@example.com',
        'Pay here [https://evil.example/pay]',
        '<script>document.title',
      ])
        expect(opened).toContain(words);
      expect(await person.page.locator('script, img, iframe, object, embed').count()).toBe(0);
      expect(requests).toEqual([]);
      await person.page.getByRole('button', { name: 'Approve' }).click();
      await person.reads('Approved', 'approval-approved');
      expect(await decided(act)).toBe('approved');
      const gone = async () =>
        (await app.google.outbox()).filter(({ givenMessageId }) => givenMessageId === messageId);
      await until('it has gone out', async () => (await gone()).length > 0, { limitMs: 40_000 });
      expect((await gone()).map(({ recipients }) => recipients.length)).toEqual([500]);
    });

    it('rejects', async () => {
      person = await Person.at(browser, window);
      const { act, url } = await held();
      await signsIn(url);
      await person.page.getByRole('button', { name: 'Reject' }).click();
      await person.reads('Rejected', 'approval-rejected');
      expect(await decided(act)).toBe('rejected');
    });
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
