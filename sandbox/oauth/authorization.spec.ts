import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { passConsent, SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

const gmailReadonly = 'https://www.googleapis.com/auth/gmail.readonly';

describe('the authorization endpoint', () => {
  let sandbox: Sandbox;
  let client: OAuthClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    client = new OAuthClient(sandbox);
  });
  afterAll(() => sandbox.close());

  it.each([
    ['an unknown client', { client_id: 'unknown-client' }, 401, 'invalid_client'],
    ['no client', { client_id: undefined }, 400, 'invalid_request'],
    [
      'an unregistered redirect URI',
      { redirect_uri: 'http://127.0.0.1/other' },
      400,
      'redirect_uri_mismatch',
    ],
    ['a longer redirect URI', { redirect_uri: 'http://127.0.0.1/callback/' }, 400, 'redirect_uri_mismatch'],
    [
      'a query behind the redirect URI',
      { redirect_uri: 'http://127.0.0.1/callback?a=b' },
      400,
      'redirect_uri_mismatch',
    ],
    ['another response type', { response_type: 'token' }, 400, 'unsupported_response_type'],
    ['an unknown scope', { scope: 'openid https://sandbox.test/scope' }, 400, 'invalid_scope'],
    ['no scope', { scope: undefined }, 400, 'invalid_request'],
    ['no code challenge', { code_challenge: undefined }, 400, 'invalid_request'],
    ['a plain code challenge', { code_challenge_method: 'plain' }, 400, 'invalid_request'],
    ['a code challenge without a method', { code_challenge_method: undefined }, 400, 'invalid_request'],
    ['a code challenge of the wrong length', { code_challenge: 'short' }, 400, 'invalid_request'],
    ['an unknown access type', { access_type: 'always' }, 400, 'invalid_request'],
    ['an unknown prompt', { prompt: 'none' }, 400, 'invalid_request'],
  ])('shows an error page of its own for %s, and does not redirect to the client', async (...of) => {
    const [, changes, status, error] = of;
    const response = await fetch(client.authorizationUrl(changes));
    expect(response.status).toBe(status);
    expect(new URL(response.url)).toMatchObject({
      origin: new URL(sandbox.url).origin,
      pathname: '/signin/oauth/error/v2',
    });
    expect(await response.text()).toContain(error);
  });

  it('names the fault in the address of that page as Google does', async () => {
    const url = client.authorizationUrl({ redirect_uri: 'http://127.0.0.1/other' });
    const { status, headers } = await fetch(url, { redirect: 'manual' });
    const authError = new URL(headers.get('location')!, sandbox.url).searchParams.get('authError')!;
    expect(status).toBe(302);
    // Tag and length of the first field, and the code.
    expect(authError).toMatch(/^ChVyZWRpcmVjdF91cmlfbWlzbWF0Y2/);
  });

  it('tells its own time, also when that was moved', async () => {
    await new SandboxControl(sandbox.controlUrl).advanceClock(7_200);
    const date = Date.parse((await fetch(client.authorizationUrl())).headers.get('date') ?? '');
    expect(Math.abs(date - Date.now() - 7_200_000)).toBeLessThan(60_000);
  });

  it('refuses a parameter that is given twice', async () => {
    const response = await fetch(`${client.authorizationUrl()}&state=another`);
    expect(response.status).toBe(400);
  });

  it('shows a page that says that it is a sandbox, offers the accounts and names the scopes', async () => {
    const response = await fetch(client.authorizationUrl({ login_hint: 'sam@sandbox.test' }));
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(html).toContain('Sandbox, not Google');
    expect(html.match(/type="radio"/g)).toHaveLength(3);
    expect(html.match(/type="checkbox"/g)).toHaveLength(3);
    expect(html).toMatch(/value="sam@sandbox\.test" required(="")? checked/);
    expect(html).toContain(gmailReadonly);
  });

  it('serves the stylesheet that the page links to', async () => {
    const html = await (await fetch(client.authorizationUrl())).text();
    const href = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1] ?? '';
    const stylesheet = await fetch(sandbox.url + href);
    expect(stylesheet.status).toBe(200);
    expect(stylesheet.headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('escapes what the request brings onto the page', async () => {
    const html = await (
      await fetch(client.authorizationUrl({ state: '"><script>alert(1)</script>' }))
    ).text();
    expect(html).not.toContain('<script>');
  });

  it('redirects with a code, the state as it came, the granted scopes and iss when allowed', async () => {
    const redirect = await client.consent({}, { state: 'a b&c=d/ü' });
    expect(redirect.get('state')).toBe('a b&c=d/ü');
    expect(redirect.get('iss')).toBe('https://accounts.google.com');
    expect(redirect.get('code')).toMatch(/^4\//);
    expect(redirect.get('scope')).toBe(
      `openid https://www.googleapis.com/auth/userinfo.email ${gmailReadonly}`,
    );
    expect(redirect.get('error')).toBeNull();
  });

  it('redirects with access_denied and without a code when denied', async () => {
    const redirect = await client.consent({ decision: 'deny' });
    expect(redirect.get('error')).toBe('access_denied');
    expect(redirect.get('state')).toBe('state-1');
    expect(redirect.get('code')).toBeNull();
  });

  it('grants the account that was chosen, not the one that was hinted at', async () => {
    const tokens = await client.connect({ account: 'alex@sandbox.test' }, { login_hint: 'sam@sandbox.test' });
    const userinfo = await client.userinfo(tokens.access_token);
    expect(await userinfo.json()).toMatchObject({ email: 'alex@sandbox.test', email_verified: true });
  });

  it('leaves out a scope that the person unticked', async () => {
    const tokens = await client.connect({ withoutScopes: [gmailReadonly] });
    expect(tokens.scope).toBe('openid https://www.googleapis.com/auth/userinfo.email');
    expect((await client.gmail(tokens.access_token, 'messages')).status).toBe(403);
  });

  it('checks the request again when the form comes back', async () => {
    const response = await fetch(sandbox.endpoints.authUrl, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        request: new URL(client.authorizationUrl({ redirect_uri: 'https://evil.example/' })).search,
        account: 'demo@sandbox.test',
        scope: 'openid',
        decision: 'allow',
      }),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('does not let the form grant more than was asked for', async () => {
    const response = await fetch(sandbox.endpoints.authUrl, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        request: new URL(client.authorizationUrl()).search,
        account: 'demo@sandbox.test',
        scope: 'https://mail.google.com/',
        decision: 'allow',
      }),
    });
    expect(response.status).toBe(400);
  });

  it('passes the consent page only for an account that is on it', async () => {
    await expect(passConsent(client.authorizationUrl(), { account: 'ghost@sandbox.test' })).rejects.toThrow(
      'not on the page',
    );
  });
});
