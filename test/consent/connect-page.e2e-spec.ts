import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { finishConsent, postForm, pressConnectButton } from '../../sandbox/index.js';
import { Callers } from '../harness/callers.js';
import { adminApiKey, TestApp, type CreatedInstance } from '../harness/test-app.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

interface Flow {
  state_hash: string | null;
  browser_hash: string | null;
  oauth_client_id: string | null;
}

async function flowOf(instanceId: string): Promise<Flow> {
  const [flow] = await app.dataSource.query<[Flow]>(
    'SELECT state_hash, browser_hash, oauth_client_id FROM oauth_flows WHERE instance_id = $1',
    [instanceId],
  );
  return flow;
}

const nothingBegun = { state_hash: null, browser_hash: null, oauth_client_id: null };

async function page(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { redirect: 'manual', headers });
  return { response, text: await response.text(), cookies: response.headers.getSetCookie() };
}

/** The cookie that a connect page sets, as a browser sends it back. */
async function cookieFrom(link: string): Promise<string> {
  return (await page(link)).cookies[0]!.split(';')[0]!;
}

/** The handle of the flow that a cookie is of. */
function flowIn(cookie: string): string {
  return /evergrant_flow_([^=]+)=/.exec(cookie)![1]!;
}

function post(link: string, headers: Record<string, string>): Promise<Response> {
  return fetch(link, { method: 'POST', redirect: 'manual', headers });
}

describe('consent phishing', () => {
  it('shows whose link it is and what it gives away, and begins nothing without the button', async () => {
    const { apiKey, name } = await callers.tenant();
    const created = await callers.asKey(apiKey, 'POST', '/api/instances', {
      name: 'Prize draw <b>',
      loginHint: 'victim@example.com',
      scopes: ['https://www.googleapis.com/auth/gmail.modify'],
    });
    const id = created.body.id as string;
    const link = await callers.asKey(apiKey, 'POST', `/api/instances/${id}/start-oauth`, {});
    const { response, text } = await page(link.body.authorizationUrl as string);

    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
    expect(text).toContain(name);
    expect(text).toContain('Prize draw &lt;b&gt;');
    expect(text).toContain('victim@example.com');
    expect(text).toContain('send mail in your name');
    expect(text).toContain(new URL(app.url).host);
    expect(text).not.toContain(app.environment.GOOGLE_AUTH_URL);
    expect(await flowOf(id)).toEqual(nothingBegun);
  });

  it('is not helped by a site that posts the form by itself', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const cookie = await cookieFrom(link);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://sub.localhost', 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      {},
    ];
    for (const headers of foreign) {
      const answer = await post(link, { ...headers, cookie });
      expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
      expect(await answer.text()).toContain('Nothing was begun');
    }
    expect(await flowOf(id)).toEqual(nothingBegun);
  });

  it('cannot frame the page', async () => {
    const { id } = await app.createInstance();
    const { response } = await page(await app.connectUrl(id));
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });
});

describe('a connect link', () => {
  it('is not spent by previews and scanners, however often they open it', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    for (let opened = 0; opened < 10; opened += 1) {
      expect((await page(link)).response.status).toBe(200);
      await fetch(link, { method: 'HEAD', redirect: 'manual' });
    }
    expect(await flowOf(id)).toEqual(nothingBegun);
    const { location, cookie } = await pressConnectButton(link);
    expect(await finishConsent({ location, cookie: cookie! })).toContain(`connected=${id}`);
  });

  it('begins at the button: cookie, state, redirect', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const cookie = await cookieFrom(link);
    const answer = await post(link, { origin: app.url, cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain(app.environment.GOOGLE_AUTH_URL);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie()).toEqual([
      `${cookie}; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax`,
    ]);
    expect(await flowOf(id)).toEqual({
      state_hash: expect.any(String),
      browser_hash: expect.any(String),
      oauth_client_id: expect.any(String),
    });
  });

  it('is spent by the first of two browsers that opened it', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const [first, second] = [await cookieFrom(link), await cookieFrom(link)];
    const begun = await postForm(link, first);
    expect((await postForm(link, second)).location).toBe(
      `${app.url}/oauth/done?error=state_expired&flow=${flowIn(second)}`,
    );
    expect(await finishConsent({ location: begun.location, cookie: first })).toContain(`connected=${id}`);
  });

  it('survives a double click: either answer connects, or can be tried again', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const cookie = await cookieFrom(link);
    const [first, second] = [await postForm(link, cookie), await postForm(link, cookie)];
    const late = new URL(await finishConsent({ location: first.location, cookie }));
    expect(late.searchParams.get('error')).toBe('state_expired');
    expect(await (await fetch(late, { headers: { cookie } })).text()).toContain('Try again');
    expect(await finishConsent({ location: second.location, cookie })).toContain(`connected=${id}`);
  });

  it('says that the browser keeps no cookies, and is not used up by it', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const answer = await post(link, { origin: app.url });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('keeps no cookies');
    expect(await flowOf(id)).toEqual(nothingBegun);
  });

  it.each(['garbage', 'x'.repeat(43).concat('y'), ''])(
    'takes no cookie that is none of ours: %j',
    async (value) => {
      const { id } = await app.createInstance();
      const link = await app.connectUrl(id);
      const [name] = (await cookieFrom(link)).split('=');
      expect((await post(link, { origin: app.url, cookie: `${name}=${value}` })).status).toBe(400);
    },
  );

  it('opened under another name of this machine leads to its own', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const elsewhere = await page(link.replace('localhost', '127.0.0.1'));
    expect(elsewhere.text).toContain('Open this page at its own address');
    expect(elsewhere.text).toContain(link);
    expect(elsewhere.cookies).toEqual([]);
    const { port } = new URL(app.url);
    const posted = await post(link, { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' });
    expect(posted.status).toBe(403);
    expect(await posted.text()).toContain('Open this page at its own address');
    expect(await flowOf(id)).toEqual(nothingBegun);
  });

  it('may redirect its form to Google and back, and loads nothing', async () => {
    const { id } = await app.createInstance();
    const { response } = await page(await app.connectUrl(id, 'https://app.example.com/'));
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self' https:/,
    );
    expect(policy).not.toContain('unsafe');
    // Else a browser would post the form with `Origin: null`.
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('under https', () => {
  it('cookies carry __Host-, for the flow and for the console', async () => {
    const secure = await TestApp.start({ PUBLIC_URL: 'https://evergrant.example.com' });
    try {
      const local = `http://localhost:${secure.environment.PORT}`;
      const call = async <Body>(path: string, body: object): Promise<Body> => {
        const answer = await fetch(local + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        return (await answer.json()) as Body;
      };
      const { id } = await call<CreatedInstance>('/api/instances', { name: 'Box' });
      const path = `/api/instances/${id}/start-oauth`;
      const { authorizationUrl } = await call<{ authorizationUrl: string }>(path, {});
      const opened = await page(authorizationUrl.replace('https://evergrant.example.com', local));
      expect(opened.cookies).toEqual([
        expect.stringMatching(
          /^__Host-evergrant_flow_[\w-]{16}=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
        ),
      ]);

      const session = await fetch(`${local}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiKey: adminApiKey }),
      });
      const [cookie = ''] = session.headers.getSetCookie();
      expect(cookie).toMatch(
        /^__Host-evergrant_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      const named = await fetch(`${local}/api/session`, { headers: { cookie: cookie.split(';')[0]! } });
      expect(named.status).toBe(200);
      const planted = cookie.split(';')[0]!.replace('__Host-', '');
      expect((await fetch(`${local}/api/session`, { headers: { cookie: planted } })).status).toBe(401);
    } finally {
      await secure.stop();
    }
  });
});
