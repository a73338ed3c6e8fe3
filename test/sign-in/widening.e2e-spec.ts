import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { until } from '../../sandbox/index.js';
import { PersonTokens } from '../../src/identity/index.js';
import { fieldsOf } from '../approvals/deciding-browser.js';
import { readText, type HttpBrowser, type OpenPage } from '../harness/http-browser.js';
import { callAs, personClient, refusalOf } from '../harness/signed-in.js';
import { TestApp } from '../harness/test-app.js';
import {
  connected,
  newBrowser,
  refresh,
  register,
  signInVariables,
  throughGoogle,
  Attempt,
} from './scripted-client.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

const draft = { to: ['friend@example.com'], subject: 'Hi', body: 'Hi' };
const allScopes = 'gmail:read gmail:write gmail:send gmail:settings';

interface Narrow extends Awaited<ReturnType<typeof connected>> {
  link: string;
  its: { token: string; url: string };
}

function at(accessToken: string): { token: string; url: string } {
  return { token: accessToken, url: `${app.environment.publicUrl}/mcp` };
}

/** A client that may read only, and the link that it was given when it wanted to write. */
async function reader(scope = 'gmail:read'): Promise<Narrow> {
  const client = await connected(app, { scope });
  const its = at(client.accessToken);
  return { ...client, its, link: await linkOf(its) };
}

async function linkOf(its: Narrow['its'], tool = 'create_draft'): Promise<string> {
  const { connectUrl } = refusalOf(await callAs(its, tool, draft));
  expect(connectUrl).toMatch(/\/sign-in\/more\/[\w-]{43}$/);
  return String(connectUrl);
}

/** Allows what a link asks for, over Google where that is needed. */
async function allow({ browser, account }: Narrow, page: OpenPage): Promise<OpenPage> {
  return throughGoogle(browser, await browser.press(page, { decision: 'allow' }), account);
}

async function mayWrite(its: Narrow['its']): Promise<boolean> {
  return (await callAs(its, 'create_draft', draft)).isError !== true;
}

async function heldBy({ accessToken }: Narrow): Promise<string[]> {
  return (await app.part(PersonTokens).verify(accessToken))?.scopes ?? [];
}

/** A browser in which another person is signed in, by a client of their own. */
async function strangersBrowser(): Promise<HttpBrowser> {
  return (await connected(app)).browser;
}

function post(
  browser: HttpBrowser,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<OpenPage> {
  const origin = app.environment.publicUrl;
  return browser.go(new URL(url), {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
  });
}

describe('a call that its client was not allowed', () => {
  it('is answered with a link, and tells clients that look what to ask for', async () => {
    const { its } = await reader();
    const answer = await fetch(its.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${its.token}`,
        ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      },
      body: JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
        params: { name: 'create_draft', arguments: draft },
      }),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('/sign-in/more/')]);
    const metadata = `${app.environment.publicUrl}/.well-known/oauth-protected-resource/mcp`;
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer resource_metadata="${metadata}", scope="gmail:read gmail:write", error="insufficient_scope"`,
    );
  });

  it('is told of by list_mailboxes too, for clients that call what is listed only', async () => {
    const { its } = await reader();
    const { structuredContent } = await callAs(its, 'list_mailboxes');
    expect(structuredContent?.allowMoreUrl).toMatch(/\/sign-in\/more\//);
    const wide = await connected(app, { scope: allScopes });
    const told = await callAs(at(wide.accessToken), 'list_mailboxes');
    expect(told.structuredContent).not.toHaveProperty('allowMoreUrl');
  });

  it('goes on by itself in a client that opens URLs, once its person has allowed it', async () => {
    const narrow = await reader();
    const capabilities = { elicitation: { url: {} } };
    const client = new Client(
      { name: 'asks', version: '1' },
      { capabilities, versionNegotiation: { mode: 'auto' } },
    );
    const asked: string[] = [];
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      asked.push(params.message);
      const { url = '' } = params as { url?: string };
      await allow(narrow, await narrow.browser.open(url));
      return { action: 'accept' };
    });
    const requestInit = { headers: { authorization: `Bearer ${narrow.its.token}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(narrow.its.url), { requestInit }));
    const result = await client.callTool({ name: 'create_draft', arguments: draft });
    await client.close();
    expect(asked).toEqual([expect.stringContaining('more than you have allowed this application')]);
    expect(result.isError).not.toBe(true);
  });
});

describe('the page behind the link', () => {
  it('names the client, how far it is to be trusted, what it has, and what it asks for', async () => {
    const { link, browser, account } = await reader();
    const page = await browser.open(link);
    const text = readText(page.text);
    expect(text).toContain('Scripted, which uses your Gmail through this server, asks to do more with it');
    expect(text).toContain('Unverified: anyone can use this name.');
    expect(text).toMatch(/It can already: Read all of your mail.* It asks to be able to: File your mail/);
    expect(text).not.toContain('Send mail in your name');
    expect(text).toContain(`In ${account} (Google will ask you once more)`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('lets the client do more at once, with the tokens that it has, and with those that come', async () => {
    const narrow = await reader();
    const client = await personClient(narrow.its);
    const listed = async (): Promise<string[]> => (await client.listTools()).tools.map(({ name }) => name);
    expect(await listed()).not.toContain('create_draft');
    const end = await allow(narrow, await narrow.browser.open(narrow.link));
    expect(readText(end.text)).toContain('It can now: Read all of your mail');
    const again = await personClient(narrow.its);
    expect((await again.listTools()).tools.map(({ name }) => name)).toContain('create_draft');
    await Promise.all([client.close(), again.close()]);
    expect(await mayWrite(narrow.its)).toBe(true);
    const refreshed = await refresh(narrow.attempt, narrow.refreshToken);
    expect(refreshed.body).toMatchObject({ scope: 'gmail:read gmail:write' });
    expect(await mayWrite(at(String(refreshed.body.access_token)))).toBe(true);
    const later = await refresh(narrow.attempt, String(refreshed.body.refresh_token));
    expect(later.body).toMatchObject({ scope: 'gmail:read gmail:write' });
  });

  it('asks Google for nothing where the mailbox serves it already', async () => {
    const wide = await connected(app, { scope: allScopes });
    const { body } = await register(app);
    const attempt = new Attempt(app, String(body.client_id), { scope: 'gmail:read' });
    const shown = await wide.browser.open(attempt.url);
    const { url } = await wide.browser.press(shown, { decision: 'allow' });
    const { body: tokens } = await attempt.redeem(url.searchParams.get('code') ?? '');
    const its = at(String(tokens.access_token));
    const page = await wide.browser.open(await linkOf(its));
    expect(page.text).not.toContain('Google will ask you once more');
    const end = await wide.browser.press(page, { decision: 'allow' });
    expect(readText(end.text)).toContain('This was decided: you let Scripted do more');
    expect(await mayWrite(its)).toBe(true);
  });

  it('lets a person choose, where all is asked for that the client lacks', async () => {
    const narrow = await reader();
    const { structuredContent } = await callAs(narrow.its, 'list_mailboxes');
    const page = await narrow.browser.open(String(structuredContent?.allowMoreUrl));
    const none = await narrow.browser.press(page, { decision: 'allow' }, { scope: [] });
    expect(readText(none.text)).toContain('Choose what it may do.');
    const google = await narrow.browser.press(page, { decision: 'allow' }, { scope: ['gmail:write'] });
    await throughGoogle(narrow.browser, google, narrow.account);
    expect(await heldBy(narrow)).toEqual(['gmail:read', 'gmail:write']);
  });

  it('gives no more than the link asks for, whatever is posted', async () => {
    const narrow = await reader();
    const page = await narrow.browser.open(narrow.link);
    const scope = ['gmail:send', 'gmail:settings', 'gmail:write'];
    const google = await narrow.browser.press(page, { decision: 'allow' }, { scope });
    expect(google.url.searchParams.get('scope')).not.toContain('gmail.send');
    await throughGoogle(narrow.browser, google, narrow.account);
    expect(await heldBy(narrow)).toEqual(['gmail:read', 'gmail:write']);
  });

  it('leaves a token alone for which its client had asked less', async () => {
    const narrow = await reader('gmail:read gmail:settings');
    const { body } = await refresh(narrow.attempt, narrow.refreshToken, app.url, { scope: 'gmail:read' });
    const less = at(String(body.access_token));
    expect(body.scope).toBe('gmail:read');
    await allow(narrow, await narrow.browser.open(narrow.link));
    expect([await mayWrite(narrow.its), await mayWrite(less)]).toEqual([true, false]);
  });

  it('is recorded as the person’s act, with what the client may do then', async () => {
    const narrow = await reader();
    await allow(narrow, await narrow.browser.open(narrow.link));
    const { items } = (await app.api('GET', '/api/audit?event=authorization.widened')).body;
    expect((items as unknown[])[0]).toMatchObject({
      actor: { kind: 'person' },
      subject: { kind: 'authorization' },
      details: { clientId: narrow.attempt.clientId, scopes: ['gmail:read', 'gmail:write'] },
    });
  });

  it('counts in every process within a second', async () => {
    const { publicUrl } = app.environment;
    const replica = await TestApp.start({ ...signInVariables, PUBLIC_URL: publicUrl }, { beside: app });
    const narrow = await reader();
    const there = { ...narrow.its, url: `${replica.url}/mcp` };
    expect(await mayWrite(there)).toBe(false);
    await allow(narrow, await narrow.browser.open(narrow.link));
    await until('the other process knows it', () => mayWrite(there));
    await replica.stop();
  });
});

describe('the link', () => {
  it('is good once: a second time it tells what was decided', async () => {
    const narrow = await reader();
    const page = await narrow.browser.open(narrow.link);
    await allow(narrow, page);
    const again = await narrow.browser.open(narrow.link);
    expect(readText(again.text)).toContain('This was decided: you let Scripted do more');
    expect(again.text).not.toContain('<form');
    const before = await heldBy(narrow);
    const replayed = await post(narrow.browser, narrow.link, { ...fieldsOf(page.text), decision: 'allow' });
    expect(readText(replayed.text)).toContain('This was decided');
    expect(await heldBy(narrow)).toEqual(before);
  });

  it('is over after ten minutes', async () => {
    const narrow = await reader();
    const page = await narrow.browser.open(narrow.link);
    await app.advance(601);
    const late = await post(narrow.browser, narrow.link, { ...fieldsOf(page.text), decision: 'allow' });
    expect(readText(late.text)).toContain('This link has expired');
    expect(await heldBy(narrow)).toEqual(['gmail:read']);
  });

  it('changes nothing when it is cancelled', async () => {
    const narrow = await reader();
    const page = await narrow.browser.open(narrow.link);
    const end = await narrow.browser.press(page, { decision: 'deny' });
    expect(readText(end.text)).toContain('Nothing was changed');
    const late = await post(narrow.browser, narrow.link, { ...fieldsOf(page.text), decision: 'allow' });
    expect(readText(late.text)).toContain('Nothing was changed');
    expect(await heldBy(narrow)).toEqual(['gmail:read']);
  });

  it('changes nothing when Google is told no', async () => {
    const narrow = await reader();
    const google = await narrow.browser.press(await narrow.browser.open(narrow.link), { decision: 'allow' });
    const end = await throughGoogle(narrow.browser, google, narrow.account, { decision: 'deny' });
    expect(readText(end.text)).toContain('Google says that you did not agree');
    expect(await heldBy(narrow)).toEqual(['gmail:read']);
  });

  it('agrees to nothing by itself, nor does the way back from Google', async () => {
    const narrow = await reader();
    await narrow.browser.open(narrow.link);
    await narrow.browser.open(`${narrow.link}/continue?outcome=connected`);
    expect(await heldBy(narrow)).toEqual(['gmail:read']);
  });

  it('is of no use to another person, who is told the same as of a link that is none', async () => {
    const narrow = await reader();
    const stranger = await strangersBrowser();
    const nothing = `${app.environment.publicUrl}/sign-in/more/${'x'.repeat(43)}`;
    const plain = (page: OpenPage, link: string): unknown => [page.status, page.text.replaceAll(link, '')];
    for (const below of ['', '/continue?outcome=connected']) {
      const told = await stranger.open(narrow.link + below);
      expect(told.status).toBe(404);
      expect(plain(told, narrow.link)).toEqual(plain(await stranger.open(nothing + below), nothing));
      expect(told.text).not.toContain('Scripted');
    }
    const own = await narrow.browser.open(narrow.link);
    const fields = { ...fieldsOf(own.text), decision: 'allow' };
    const told = await post(stranger, narrow.link, fields);
    expect(plain(told, narrow.link)).toEqual(plain(await post(stranger, nothing, fields), nothing));
    expect(await heldBy(narrow)).toEqual(['gmail:read']);
  });

  it('is not taken with the form of another link, of another site, or of none', async () => {
    const narrow = await reader();
    const other = await linkOf(narrow.its);
    const { formToken = '' } = fieldsOf((await narrow.browser.open(other)).text);
    const fields = { decision: 'allow', scope: 'gmail:write' };
    const own = fieldsOf((await narrow.browser.open(narrow.link)).text);
    const answers = [
      await post(narrow.browser, narrow.link, { ...fields, formToken }),
      await post(narrow.browser, narrow.link, { ...fields, formToken: '' }),
      await post(narrow.browser, narrow.link, { ...fields, ...own }, { origin: 'https://evil.example' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await heldBy(narrow)).toEqual(['gmail:read']);
  });

  it('has a person sign in first who is not, and then decide', async () => {
    const narrow = await reader();
    const browser = newBrowser(app);
    const page = await browser.open(narrow.link);
    expect([page.status, readText(page.text)]).toEqual([200, expect.stringContaining('Sign in to decide')]);
    expect(page.text).not.toContain('Scripted');
    const google = await browser.press(page, { decision: 'google' });
    const back = await throughGoogle(browser, google, narrow.account);
    expect(back.url.href).toBe(`${narrow.link}?outcome=signed_in`);
    expect(readText(back.text)).toContain('Scripted');
    await allow({ ...narrow, browser }, back);
    expect(await heldBy(narrow)).toEqual(['gmail:read', 'gmail:write']);
  });

  it('leads to nothing once the client was ended', async () => {
    const narrow = await reader();
    await app.dataSource.query('DELETE FROM person_authorizations WHERE client_id = $1', [
      narrow.attempt.clientId,
    ]);
    expect((await narrow.browser.open(narrow.link)).status).toBe(404);
  });
});

it('a client that registers the same name has an authorization of its own, which no link of another widens', async () => {
  const narrow = await reader();
  const { body } = await register(app);
  const attempt = new Attempt(app, String(body.client_id));
  const { browser, account } = narrow;
  const shown = await browser.open(attempt.url);
  const { url } = await browser.press(shown, { decision: 'allow' });
  const { body: tokens } = await attempt.redeem(url.searchParams.get('code') ?? '');
  const twin = at(String(tokens.access_token));
  await allow({ ...narrow, browser, account }, await browser.open(narrow.link));
  expect([await mayWrite(narrow.its), await mayWrite(twin)]).toEqual([true, false]);
});
