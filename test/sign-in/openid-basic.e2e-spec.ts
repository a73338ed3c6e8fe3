import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK } from 'jose';
import {
  ClientSecretBasic,
  ClientSecretJwt,
  ClientSecretPost,
  generateKeyPair,
  None,
  PrivateKeyJwt,
  type ClientAuth,
} from 'oauth4webapi';
import type { HttpBrowser } from '../harness/http-browser.js';
import { TestApp } from '../harness/test-app.js';
import { Asked, callback, discovered, RelyingParty, type Parameters } from './relying-party.js';
import { letIn, newBrowser, signInVariables } from './scripted-client.js';

// The test plan of the OpenID Foundation's Basic OP profile (oidcc-basic-certification-test-plan), as far as it can be
// run here; its names stand at the tests. docs/decisions/0028 says what of it is not offered, and why.

let app: TestApp;
let party: RelyingParty;
/** In which a person is signed in. */
let browser: HttpBrowser;
let account: string;
beforeAll(async () => {
  app = await TestApp.start(signInVariables);
  party = await RelyingParty.registered(app);
  ({ browser, account } = await letIn(await party.ask()));
});
afterAll(() => app.stop());

/** The person who is signed in allows it. */
async function allowed(asked: Asked): Promise<URL> {
  return (await browser.press(await browser.open(asked.url), { decision: 'allow' })).url;
}

async function tokensFor(parameters: Parameters = {}) {
  const asked = await party.ask(parameters);
  return asked.tokens(await allowed(asked));
}

/** The error with which a request is sent back to where it came from. */
async function refused(parameters: Parameters): Promise<string | null> {
  const asked = await party.ask(parameters);
  const { url } = await browser.open(asked.url);
  expect(url.origin + url.pathname).toBe(callback);
  // Answers to response types that would bring a token are read from the fragment.
  const answer = new URLSearchParams(url.search || url.hash.slice(1));
  const { publicUrl } = app.environment;
  expect(Object.fromEntries(answer)).toMatchObject({ state: asked.state, iss: publicUrl });
  expect([answer.has('code'), answer.has('access_token'), answer.has('id_token')]).not.toContain(true);
  return answer.get('error');
}

describe('the discovery document', () => {
  it('has what OpenID Connect Discovery asks of every provider', async () => {
    const { publicUrl } = app.environment;
    expect(await discovered(app)).toMatchObject({
      issuer: publicUrl,
      authorization_endpoint: `${publicUrl}/authorize`,
      token_endpoint: `${publicUrl}/token`,
      jwks_uri: `${publicUrl}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });

  it('says of what is not offered that it is not, where silence would be a yes', async () => {
    expect(await discovered(app)).toMatchObject({
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    });
  });

  // An access token is for one MCP endpoint (RFC 8707); who the person is, the ID token tells.
  it('names no UserInfo endpoint, and there is none (oidcc-userinfo-*)', async () => {
    expect(await discovered(app)).not.toHaveProperty('userinfo_endpoint');
    const { tokens } = await tokensFor();
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    for (const method of ['GET', 'POST'])
      expect((await fetch(`${app.url}/userinfo`, { method, headers })).status).toBe(404);
  });
});

describe('an ID token', () => {
  // `at_hash` is optional where the token came from the token endpoint itself (Core, section 3.1.3.6).
  it('is signed, of this issuer, for this client, and for this request (oidcc-server)', async () => {
    const { claims } = await tokensFor();
    expect(claims).toEqual({
      iss: app.environment.publicUrl,
      aud: party.client.client_id,
      sub: expect.stringMatching(/^[\x21-\x7e]{1,255}$/),
      iat: expect.any(Number),
      exp: (claims?.iat ?? 0) + 3600,
      nonce: expect.any(String),
    });
  });

  it('names in its header a published key (oidcc-idtoken-signature)', async () => {
    const [header = ''] = String((await tokensFor()).tokens.id_token).split('.');
    const { keys } = (await (await fetch(`${app.url}/jwks`)).json()) as { keys: { kid: string }[] };
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
    expect([alg, keys.map((key) => key.kid)]).toEqual(['RS256', expect.arrayContaining([kid])]);
  });

  it('is signed for a client, too, that would have it unsigned (oidcc-idtoken-unsigned)', async () => {
    const unsigned = await RelyingParty.registered(app, { id_token_signed_response_alg: 'none' });
    const asked = await unsigned.ask();
    const { tokens } = await asked.tokens(await allowed(asked));
    expect(String(tokens.id_token).split('.')[2]).not.toBe('');
  });

  it('has no nonce where none was sent (oidcc-ensure-request-without-nonce-succeeds)', async () => {
    expect((await tokensFor({ nonce: null })).claims).not.toHaveProperty('nonce');
  });

  it.each(['openid email gmail:read', 'email gmail:read openid'])(
    'has the address for the scopes %j (oidcc-scope-email, -ensure-other-scope-order-succeeds)',
    async (scope) => {
      expect((await tokensFor({ scope })).claims).toMatchObject({ email: account, email_verified: true });
    },
  );

  // Google tells us no more than the address, and `scopes_supported` names none of them.
  it.each(['profile', 'address', 'phone'])(
    'takes no harm from the scope %s (oidcc-scope-*)',
    async (scope) => {
      const { tokens, claims } = await tokensFor({ scope: `openid ${scope} gmail:read` });
      expect(tokens.scope).toBe('gmail:read');
      expect(Object.keys(claims ?? {}).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'nonce', 'sub']);
    },
  );

  it('is given to those alone who ask for openid', async () => {
    const { tokens } = await tokensFor({ scope: 'gmail:read email', nonce: null });
    expect(tokens).not.toHaveProperty('id_token');
  });

  it('names the same person to every client alike (Core, section 8)', async () => {
    const other = await RelyingParty.registered(app);
    const asked = await other.ask();
    const { claims } = await asked.tokens(await allowed(asked));
    expect(claims?.sub).toBe((await tokensFor()).claims?.sub);
  });

  it('that comes with a refresh tells of the same sign-in (oidcc-refresh-token)', async () => {
    const first = await tokensFor({ max_age: '1000' });
    const next = await party.refreshed(String(first.tokens.refresh_token));
    const { sub, auth_time } = first.claims ?? {};
    expect(next.claims).toMatchObject({ sub, auth_time });
    expect(next.tokens.access_token).not.toBe(first.tokens.access_token);
  });
});

describe('a request', () => {
  it.each([
    ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
    ['oidcc-display-page', { display: 'page' }],
    ['oidcc-display-popup', { display: 'popup' }],
    ['oidcc-login-hint', { login_hint: 'buffy@sandbox.test' }],
    ['oidcc-ui-locales', { ui_locales: 'se' }],
    ['oidcc-claims-locales', { claims_locales: 'se' }],
    ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: '1 2' }],
    ['oidcc-claims-essential', { claims: '{"userinfo":{"name":{"essential":true}}}' }],
    ['oidcc-id-token-hint, where the person may be asked', { id_token_hint: 'e30.e30.' }],
  ])('succeeds with what need not be understood: %s', async (_name, parameters) => {
    expect((await tokensFor(parameters)).claims?.sub).toBeDefined();
  });

  it('may be posted as a form, from the page of the client (oidcc-ensure-post-request-succeeds)', async () => {
    const asked = await party.ask();
    const page = await browser.go(new URL(String(party.server.authorization_endpoint)), {
      ...{ method: 'POST', body: asked.parameters },
      headers: { origin: new URL(callback).origin, 'sec-fetch-site': 'cross-site' },
    });
    const { url } = await browser.press(page, { decision: 'allow' });
    expect((await asked.tokens(url)).claims?.sub).toBeDefined();
  });

  it('without a response type is sent back (oidcc-response-type-missing)', async () => {
    expect(await refused({ response_type: null })).toBe('invalid_request');
  });

  it.each(['token', 'id_token', 'code id_token', 'none'])('for %s is sent back', async (response_type) => {
    expect(await refused({ response_type })).toBe('unsupported_response_type');
  });

  it.each([
    ['request', 'request_not_supported'],
    ['request_uri', 'request_uri_not_supported'],
    ['registration', 'registration_not_supported'],
  ])('with %s is told that it is not understood (oidcc-unsigned-request-object-…)', async (name, error) => {
    const inside = { redirect_uri: 'https://evil.example/', client_id: party.client.client_id };
    const unsigned = ['{"alg":"none"}', JSON.stringify(inside), ''].map((part) =>
      Buffer.from(part).toString('base64url'),
    );
    expect(await refused({ [name]: unsigned.join('.') })).toBe(error);
  });

  it.each([
    ['no redirect URI', null],
    ['another', 'https://rp.example/other'],
    ['a longer path', `${callback}/more`],
    ['a query of its own', `${callback}?foo=bar`],
    ['another host', 'https://evil.example/callback'],
  ])('with %s leads nowhere (oidcc-ensure-registered-redirect-uri)', async (_case, redirect_uri) => {
    const { url, status, headers } = await browser.open((await party.ask({ redirect_uri })).url);
    expect([url.origin, status, headers.get('location')]).toEqual([app.environment.publicUrl, 400, null]);
  });

  it.each([
    ['a person who is not signed in', () => newBrowser(app)],
    // A page for each authorization is the rule against a confused deputy (MCP, security best practices).
    ['one who is, since each is asked each time', () => browser],
  ])('that wants no page for %s is told that one is needed (oidcc-prompt-none-*)', async (_case, at) => {
    const asked = await party.ask({ prompt: 'none' });
    const { searchParams } = (await at().open(asked.url)).url;
    expect(['login_required', 'consent_required']).toContain(searchParams.get('error'));
    expect(searchParams.get('state')).toBe(asked.state);
  });
});

describe('a sign-in', () => {
  /** A person signed in a while ago, by the clock of the database. @returns what they would post to allow it */
  async function signedInBefore(seconds: number): Promise<Record<string, string[]>> {
    ({ account, browser } = await letIn(await party.ask()));
    await app.advance(seconds);
    const { text } = await browser.open((await party.ask()).url);
    const fields = ['person', 'mailbox'].map((name) => {
      const [, value = ''] = new RegExp(`name="${name}"\\s+value="([^"]+)"`).exec(text) ?? [];
      return [name, [value]] as [string, string[]];
    });
    return Object.fromEntries(fields);
  }

  const now = () => Date.now() / 1000;

  it.each([
    ['prompt=login (oidcc-prompt-login)', { prompt: 'login', max_age: null }],
    ['max_age=1 (oidcc-max-age-1)', { max_age: '1' }],
    ['max_age=0', { max_age: '0' }],
  ])('that was before is not enough for %s', async (_case, parameters) => {
    const fields = await signedInBefore(100);
    const asked = await party.ask(parameters);
    const page = await browser.open(asked.url);
    const forced = await browser.press(page, { decision: 'allow' }, fields);
    expect([forced.status, forced.url.origin]).toEqual([403, app.environment.publicUrl]);
    expect(page.text).not.toContain('value="allow"');
    const { end } = await letIn(asked, { browser, account });
    const { claims } = await asked.tokens(end);
    expect(Number(claims?.auth_time)).toBeGreaterThan(now() - 50);
  });

  it('is told of by its time, and spares the way to Google, within max_age (oidcc-max-age-10000)', async () => {
    await signedInBefore(100);
    const { claims } = await tokensFor({ max_age: '10000' });
    expect(Number(claims?.auth_time)).toBeLessThan(now() - 99);
  });
});

describe('a code', () => {
  it('serves once, and used again takes back what it gave (oidcc-codereuse)', async () => {
    const asked = await party.ask();
    const end = await allowed(asked);
    const { tokens } = await asked.tokens(end);
    const again = await party.redeemed(asked, end);
    expect([again.status, await again.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await fetch(`${app.url}/mcp`, { method: 'POST', headers })).status).toBe(401);
    await expect(party.refreshed(String(tokens.refresh_token))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('is good for who asked alone, with the proof of it', async () => {
    const asked = await party.ask();
    const end = await allowed(asked);
    const stranger = await RelyingParty.registered(app);
    const unproven = new Asked(party, asked.parameters, 'x'.repeat(43));
    for (const answer of [await stranger.redeemed(asked, end), await party.redeemed(unproven, end)])
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });
});

describe('a client proves itself', () => {
  async function signsIn(client: RelyingParty): Promise<number> {
    const asked = await client.ask();
    return (await client.redeemed(asked, await allowed(asked))).status;
  }

  it('by every way that is announced', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'rp' }] };
    const ways: Record<string, [object, (secret: string) => ClientAuth]> = {
      none: [{}, None],
      client_secret_basic: [{}, ClientSecretBasic],
      client_secret_post: [{}, ClientSecretPost],
      private_key_jwt: [{ jwks }, () => PrivateKeyJwt({ key: privateKey, kid: 'rp' })],
    };
    const announced = (await discovered(app)).token_endpoint_auth_methods_supported ?? [];
    expect([...announced].sort()).toEqual(Object.keys(ways).sort());
    for (const [token_endpoint_auth_method, [metadata, proof]] of Object.entries(ways)) {
      const client = await RelyingParty.registered(app, { token_endpoint_auth_method, ...metadata }, proof);
      expect(client.client).toMatchObject({ token_endpoint_auth_method });
      expect([token_endpoint_auth_method, await signsIn(client)]).toEqual([token_endpoint_auth_method, 200]);
    }
  });

  it.each([
    ['by a way that is not announced', ClientSecretJwt],
    ['with another secret', () => ClientSecretBasic('another')],
    ['not at all', None],
  ])('and is refused where it does so %s', async (_case, proof) => {
    expect(await signsIn(party.provingBy(proof(party.secret)))).toBe(401);
  });
});
