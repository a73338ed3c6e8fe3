import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../../sandbox/index.js';
import { fieldsOf } from '../../approvals/deciding-browser.js';
import type { HttpBrowser } from '../../harness/http-browser.js';
import { TestApp } from '../../harness/test-app.js';
import { letIn, newAccount, newBrowser, signInVariables, throughGoogle } from '../scripted-client.js';
import { KeptSignIn } from './kept-sign-in.js';
import { aiSdk, currentSdk, firstSdk, type SigningLibrary } from './signing-libraries.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

const draft = { to: ['friend@example.com'], subject: 'Hi', body: 'Hi' };

/** A person who is known to the browser opens the page anew, and allows what it shows by its button. */
async function allowAgain(browser: HttpBrowser, asked: URL | null, account: string): Promise<URL> {
  const page = await browser.open(asked?.href ?? '');
  return (await throughGoogle(browser, await browser.press(page, { decision: 'allow' }), account)).url;
}

describe.each<[string, SigningLibrary]>([
  ['@modelcontextprotocol/client in revision 2026-07-28', currentSdk('auto')],
  ['@modelcontextprotocol/client in the older revisions', currentSdk('legacy')],
  ['@modelcontextprotocol/sdk', firstSdk],
  ['@ai-sdk/mcp', aiSdk],
])('%s', (_name, library) => {
  it('is led from the URL alone to a call, asks for all scopes, and refreshes by rotation', async () => {
    const kept = new KeptSignIn();
    const url = `${app.url}/mcp`;
    await expect(library.connect(url, kept)).rejects.toThrow();
    const scopes = kept.asked?.searchParams.get('scope');
    expect(scopes).toContain('gmail:read gmail:write gmail:send gmail:settings');
    const { end, account } = await letIn({ app, url: kept.asked?.href ?? '' });
    expect(end.searchParams.get('state')).toBe(kept.storedState());
    await library.finish(url, kept, end);

    const client = await library.connect(url, kept);
    expect(await client.tools()).toContain('list_mailboxes');
    const profile = await client.call('get_profile', {});
    expect(profile).toMatchObject({ isError: false, text: expect.stringContaining(account) });
    await app.advance(61 * 60);
    expect(await client.call('create_draft', draft)).toMatchObject({ isError: false });
    await client.close();

    const [first, second, ...more] = kept.issued;
    expect(more).toEqual([]);
    expect(second?.refresh_token).toMatch(/^egrt_/);
    expect(second?.refresh_token).not.toBe(first?.refresh_token);
    expect(second?.access_token).not.toBe(first?.access_token);
  });

  it('is given a link by which its user allows what is missing, and goes on without a sign-in', async () => {
    const kept = new KeptSignIn();
    const url = `${app.url}/mcp`;
    const browser = newBrowser(app);
    await library.ask(url, kept, 'gmail:read');
    const { end, account } = await letIn({ app, url: kept.asked?.href ?? '' }, { browser });
    await library.finish(url, kept, end);
    const narrow = await library.connect(url, kept);
    expect(await narrow.call('search_messages', {})).toMatchObject({ isError: false });
    expect(await narrow.tools()).not.toContain('create_draft');
    const { text } =
      library.callsListedOnly === true
        ? await narrow.call('list_mailboxes', {})
        : await narrow.call('create_draft', draft);
    const link = /http\S+\/sign-in\/more\/[\w-]{43}/.exec(text)?.[0] ?? '';
    await narrow.close();

    await allowAgain(browser, new URL(link), account);
    const wide = await library.connect(url, kept);
    expect(await wide.tools()).toContain('create_draft');
    expect(await wide.call('create_draft', draft)).toMatchObject({ isError: false });
    await app.advance(61 * 60);
    expect(await wide.call('create_draft', { ...draft, subject: 'Ho' })).toMatchObject({ isError: false });
    await wide.close();
    expect(kept.issued).toHaveLength(2);
  });
});

it('a mailbox connected with less is told by a tool, with the page that mends it', async () => {
  const kept = new KeptSignIn();
  const library = currentSdk('auto');
  const url = `${app.url}/mcp`;
  const browser = newBrowser(app);
  await expect(library.connect(url, kept)).rejects.toThrow();
  const { end } = await letIn({ app, url: kept.asked?.href ?? '' }, { browser });
  await library.finish(url, kept, end);
  const client = await library.connect(url, kept);

  const second = await newAccount(app);
  await addOnPage(`${app.environment.publicUrl}/mailboxes`, ['gmail:read']);
  // Tokens that are known by memory open it within a second.
  await until('the client has it', async () =>
    (await client.call('list_mailboxes', {})).text.includes(second),
  );
  const inSecond = { ...draft, mailbox: second };
  const { isError, text } = await client.call('create_draft', inSecond);
  const { errorCode, error, connectUrl } = JSON.parse(text.slice(text.indexOf('{'))) as Record<
    string,
    string
  >;
  expect([isError, errorCode]).toEqual([true, 'INSUFFICIENT_SCOPE']);
  expect(error).toContain('gmail.compose');
  await addOnPage(connectUrl ?? '', ['gmail:read', 'gmail:write']);
  expect(await client.call('create_draft', inSecond)).toMatchObject({ isError: false });
  await client.close();

  async function addOnPage(page: string, scopes: string[]): Promise<void> {
    const { formToken = '' } = fieldsOf((await browser.open(page)).text);
    const body = new URLSearchParams({ formToken });
    for (const scope of scopes) body.append('scope', scope);
    const headers = { origin: app.environment.publicUrl, 'sec-fetch-site': 'same-origin' };
    const google = await browser.go(new URL(`${page}/add`), { method: 'POST', body, headers });
    expect((await throughGoogle(browser, google, second)).text).toContain(second);
  }
});
