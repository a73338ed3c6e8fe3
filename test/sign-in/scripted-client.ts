import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { passConsent, type ConsentChoice } from '../../sandbox/index.js';
import { HttpBrowser, type OpenPage } from '../harness/http-browser.js';
import type { TestApp } from '../harness/test-app.js';

export const redirectUri = 'http://localhost/callback';

export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Who may sign in in these tests. */
export const signInVariables = { SIGN_IN_DOMAINS: 'sandbox.test' };

export async function register(app: TestApp, metadata: Record<string, unknown> = {}): Promise<Answered> {
  const answer = await fetch(`${app.url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Scripted',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      ...metadata,
    }),
  });
  return { status: answer.status, headers: answer.headers, body: await bodyOf(answer) };
}

/** A request for authorization, with what the client keeps of it. */
export class Attempt {
  readonly state = randomUUID();
  readonly verifier = randomBytes(32).toString('base64url');

  constructor(
    readonly app: TestApp,
    readonly clientId: string,
    readonly changes: Record<string, string> = {},
  ) {}

  get publicUrl(): string {
    return this.app.environment.publicUrl;
  }

  get redirectUri(): string {
    return this.changes.redirect_uri ?? redirectUri;
  }

  get url(): string {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: redirectUri,
      scope: 'gmail:read',
      state: this.state,
      resource: `${this.publicUrl}/mcp`,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...this.changes,
    });
    return `${this.publicUrl}/authorize?${query.toString()}`;
  }

  redeem(code: string, changes: Record<string, string> = {}, at = this.app.url): Promise<Answered> {
    return token(at, {
      grant_type: 'authorization_code',
      code,
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      code_verifier: this.verifier,
      resource: this.changes.resource ?? `${this.publicUrl}/mcp`,
      ...changes,
    });
  }
}

export async function token(
  at: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const answer = await fetch(`${at}/token`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers,
  });
  return { status: answer.status, headers: answer.headers, body: await bodyOf(answer) };
}

export function refresh(
  attempt: Attempt,
  refreshToken: string,
  at = attempt.app.url,
  changes: Record<string, string> = {},
): Promise<Answered> {
  return token(at, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: attempt.clientId,
    resource: `${attempt.publicUrl}/mcp`,
    ...changes,
  });
}

async function bodyOf(answer: Response): Promise<Record<string, unknown>> {
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

export function newBrowser(app: TestApp): HttpBrowser {
  return new HttpBrowser([app.environment.publicUrl]);
}

/** A Google account of the test's own. */
export async function newAccount(app: TestApp): Promise<string> {
  const email = `${randomUUID()}@sandbox.test`;
  await app.google.addAccount({ email });
  return email;
}

/** From Google's page on, once or twice, to the page at which the browser then stays. */
export async function throughGoogle(
  browser: HttpBrowser,
  page: OpenPage,
  account: string,
  choice: ConsentChoice = {},
): Promise<OpenPage> {
  let at = page;
  for (let visit = 0; visit < 2 && at.url.searchParams.has('redirect_uri'); visit += 1)
    at = await browser.open(await passConsent(at.url.href, { ...choice, account }));
  return at;
}

/** A person lets the client in. */
export async function letIn(
  attempt: Pick<Attempt, 'app' | 'url'>,
  {
    browser = newBrowser(attempt.app),
    account,
    ...choice
  }: { browser?: HttpBrowser } & Pick<ConsentChoice, 'account' | 'withoutScopes'> = {},
): Promise<{ code: string; end: URL; browser: HttpBrowser; account: string }> {
  const signedIn = account ?? (await newAccount(attempt.app));
  const page = await browser.open(attempt.url);
  const google = await browser.press(page, { decision: 'google' });
  const { url: end, text } = await throughGoogle(browser, google, signedIn, choice);
  const code = end.searchParams.get('code');
  if (code === null) throw new Error(`Not let in: ${end.href} ${text.slice(0, 500)}`);
  return { code, end, browser, account: signedIn };
}

/** A client that was let in, with its first tokens. */
export async function connected(app: TestApp, changes: Record<string, string> = {}) {
  const { body } = await register(app);
  const attempt = new Attempt(app, String(body.client_id), changes);
  const { code, browser, account } = await letIn(attempt);
  const tokens = await attempt.redeem(code);
  if (tokens.status !== 200) throw new Error(`No tokens: ${JSON.stringify(tokens.body)}`);
  const { access_token, refresh_token } = tokens.body;
  return {
    attempt,
    browser,
    account,
    accessToken: String(access_token),
    refreshToken: String(refresh_token),
  };
}
