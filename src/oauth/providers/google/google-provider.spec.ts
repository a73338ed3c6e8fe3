import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GoogleProvider } from './google-provider.js';
import { GoogleProviderOptions } from './google-provider-options.js';

const refreshRequest = {
  provider: 'google',
  attemptId: 'attempt-1',
  refreshToken: '1//refresh-canary',
  client: { clientId: 'client-1', clientSecret: 'secret-canary' },
  singleUse: false,
} as const;
const codeRequest = {
  provider: 'google',
  code: '4/code-canary',
  codeVerifier: 'verifier-canary',
  redirectUri: 'http://localhost:3000/oauth/callback',
  client: refreshRequest.client,
} as const;
const tokens = JSON.stringify({ access_token: 'ya29.new', token_type: 'Bearer', expires_in: 3920 });

const open: { server: Server; provider: GoogleProvider }[] = [];

/** A provider whose endpoints all lead to one loopback server, which answers every request with `listener`. */
async function providerFor(listener: RequestListener, deadlineMs?: number): Promise<GoogleProvider> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoints = {
    authUrl: `${origin}/auth`,
    tokenUrl: `${origin}/token`,
    revokeUrl: `${origin}/revoke`,
    userinfoUrl: `${origin}/userinfo`,
  };
  const provider = new GoogleProvider(new GoogleProviderOptions(endpoints, deadlineMs));
  open.push({ server, provider });
  return provider;
}

function answering(
  status: number,
  body = '',
  headers: Record<string, string> = { 'content-type': 'application/json' },
): RequestListener {
  return (request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  };
}

afterEach(async () => {
  for (const { server, provider } of open.splice(0)) {
    server.closeAllConnections();
    server.close();
    await provider.onApplicationShutdown();
  }
});

describe('GoogleProvider, authorization URL', () => {
  const request = {
    clientId: 'client-1',
    redirectUri: 'http://localhost:3000/oauth/callback',
    scopes: ['openid', 'https://www.googleapis.com/auth/gmail.readonly'],
    state: 'state-1',
    codeChallenge: 'challenge-1',
    loginHint: null,
    forceConsent: false,
    chooseAccount: false,
  };
  const parametersOf = async (changes: object) => {
    const provider = await providerFor(answering(200));
    const url = new URL(provider.authorizationUrl({ ...request, ...changes }));
    expect(url.pathname).toBe('/auth');
    return Object.fromEntries(url.searchParams);
  };
  const always = {
    response_type: 'code',
    client_id: 'client-1',
    redirect_uri: 'http://localhost:3000/oauth/callback',
    scope: 'openid https://www.googleapis.com/auth/gmail.readonly',
    state: 'state-1',
    code_challenge: 'challenge-1',
    code_challenge_method: 'S256',
    access_type: 'offline',
    include_granted_scopes: 'false',
  };

  it('asks for a code with PKCE and for offline access, and for nothing more', async () => {
    expect(await parametersOf({})).toEqual(always);
  });

  it('hints at the account and forces the consent page when told to', async () => {
    expect(await parametersOf({ loginHint: 'ada@example.com', forceConsent: true })).toEqual({
      ...always,
      login_hint: 'ada@example.com',
      prompt: 'consent',
    });
  });
});

describe('GoogleProvider, requests', () => {
  async function sent(call: (provider: GoogleProvider) => Promise<unknown>) {
    const requests: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
    const provider = await providerFor((request, response) => {
      void text(request).then((body) => {
        requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
        response.writeHead(200, { 'content-type': 'application/json' }).end(tokens);
      });
    });
    const outcome = await call(provider);
    expect(requests).toHaveLength(1);
    return { ...requests[0]!, form: Object.fromEntries(new URLSearchParams(requests[0]!.body)), outcome };
  }

  it('refreshes with exactly these form fields', async () => {
    const { line, headers, form, outcome } = await sent((provider) => provider.refresh(refreshRequest));
    expect(line).toBe('POST /token');
    expect(headers.authorization).toBeUndefined();
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8');
    expect(form).toEqual({
      grant_type: 'refresh_token',
      refresh_token: '1//refresh-canary',
      client_id: 'client-1',
      client_secret: 'secret-canary',
    });
    expect(outcome).toMatchObject({
      status: 'refreshed',
      path: 'direct',
      tokens: { accessToken: 'ya29.new', expiresInSeconds: 3920 },
    });
  });

  it('redeems a code with exactly these form fields', async () => {
    const { line, form, outcome } = await sent((provider) => provider.exchangeCode(codeRequest));
    expect(line).toBe('POST /token');
    expect(form).toEqual({
      grant_type: 'authorization_code',
      code: '4/code-canary',
      code_verifier: 'verifier-canary',
      redirect_uri: 'http://localhost:3000/oauth/callback',
      client_id: 'client-1',
      client_secret: 'secret-canary',
    });
    expect(outcome).toMatchObject({
      status: 'exchanged',
      path: 'direct',
      tokens: { accessToken: 'ya29.new' },
    });
  });

  it('revokes a refresh token without showing the secret', async () => {
    const { line, form } = await sent((provider) =>
      provider.revoke('1//refresh-canary', refreshRequest.client),
    );
    expect(line).toBe('POST /revoke');
    expect(form).toEqual({ token: '1//refresh-canary', client_id: 'client-1' });
  });

  it('presents the access token to userinfo in the header alone', async () => {
    const { line, headers, body } = await sent((provider) => provider.account('ya29.access-canary'));
    expect(line).toBe('GET /userinfo');
    expect(headers.authorization).toBe('Bearer ya29.access-canary');
    expect(body).toBe('');
  });
});

describe('GoogleProvider, account', () => {
  it('tells subject and email', async () => {
    const body = { sub: '1078', email: 'ada@example.com', email_verified: true, picture: 'https://x' };
    const provider = await providerFor(answering(200, JSON.stringify(body)));
    expect(await provider.account('ya29.token')).toEqual({
      status: 'known',
      account: { subject: '1078', email: 'ada@example.com', emailVerified: true },
    });
  });

  it.each([
    ['a 200 without sub', 200, '{"email":"ada@example.com"}', 'malformed_response'],
    ['a numeric sub', 200, '{"sub":1,"email":"ada@example.com"}', 'malformed_response'],
    ['a 200 without email', 200, '{"sub":"1"}', 'malformed_response'],
    ['a blank email', 200, '{"sub":"1","email":" "}', 'malformed_response'],
    ['a 200 that is not JSON', 200, '<html>', 'malformed_response'],
    ['a 401', 401, '{"error":"invalid_grant"}', 'http_401'],
    ['a 503', 503, '', 'http_503'],
  ])('takes %s for an outage', async (_title, status, body, reason) => {
    const provider = await providerFor(answering(status, body));
    expect(await provider.account('ya29.token')).toMatchObject({ status: 'unavailable', reason });
  });

  it('takes a challenge to the access token for an outage', async () => {
    const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
    const provider = await providerFor(answering(401, '', headers));
    expect(await provider.account('ya29.token')).toMatchObject({ status: 'unavailable', reason: 'http_401' });
  });

  it('takes an access token that no header can hold for a failure of its own', async () => {
    const provider = await providerFor(answering(200));
    expect(await provider.account('a\r\nb')).toMatchObject({
      status: 'unavailable',
      errorCode: 'UNKNOWN_ERROR',
    });
  });
});

describe('GoogleProvider, faults', () => {
  const refreshed = async (listener: RequestListener, deadlineMs?: number) =>
    (await providerFor(listener, deadlineMs)).refresh(refreshRequest);

  it('rejects on invalid_client although a challenge header comes with it', async () => {
    const headers = { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="oauth"' };
    expect(await refreshed(answering(401, '{"error":"invalid_client"}', headers))).toEqual({
      status: 'rejected',
      path: 'direct',
      errorCode: 'INVALID_CLIENT',
      reason: 'invalid_client',
    });
  });

  it('does not follow redirects', async () => {
    let requests = 0;
    const outcome = await refreshed((request, response) => {
      requests += 1;
      response.writeHead(307, { location: request.url }).end();
    });
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'http_307' });
    expect(requests).toBe(1);
  });

  it('takes an HTML page about automated queries for an outage', async () => {
    const page = answering(403, '<html>automated queries</html>', { 'content-type': 'text/html' });
    expect(await refreshed(page)).toMatchObject({ errorCode: 'SERVICE_UNAVAILABLE', reason: 'http_403' });
  });

  it.each([
    ['seconds', { 'retry-after': '40' }],
    ['a date', { 'retry-after': 'Sun, 06 Nov 1994 08:50:17 GMT', date: 'Sun, 06 Nov 1994 08:49:37 GMT' }],
  ])('passes on a Retry-After in %s', async (_title, headers) => {
    expect(await refreshed(answering(429, '', headers))).toMatchObject({
      reason: 'http_429',
      retryAfterSeconds: 40,
    });
  });

  it('gives up at its deadline when no answer comes', async () => {
    expect(await refreshed(() => undefined, 100)).toMatchObject({
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'deadline_exceeded',
      provablyNotSent: false,
    });
  });

  it('gives up at its deadline when the body hangs', async () => {
    const hanging: RequestListener = (_request, response) =>
      response.writeHead(200).write('{"access_token":');
    expect(await refreshed(hanging, 100)).toMatchObject({ reason: 'malformed_response' });
  });

  it('takes a reset for a network error that may have reached the provider', async () => {
    expect(await refreshed((request) => request.socket.resetAndDestroy())).toMatchObject({
      errorCode: 'NETWORK_ERROR',
      reason: 'connection_reset',
      provablyNotSent: false,
    });
  });

  it.each([
    ['tokens', 200, tokens],
    ['a verdict', 400, '{"error":"invalid_grant"}'],
  ])('believes no truncated body, be it %s', async (_title, status, body) => {
    const truncated: RequestListener = (request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length + 1 });
      response.write(body, () => request.socket.end());
    };
    expect(await refreshed(truncated)).toMatchObject({
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'malformed_response',
    });
  });

  it('believes no body of absurd size', async () => {
    const padded = tokens + ' '.repeat(2 ** 20);
    expect(await refreshed(answering(200, padded))).toMatchObject({ reason: 'malformed_response' });
  });

  it('knows that a refused request was never sent', async () => {
    const provider = await providerFor(answering(200));
    const { server } = open.at(-1)!;
    server.close();
    await once(server, 'close');
    expect(await provider.refresh(refreshRequest)).toMatchObject({
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'connection_refused',
      provablyNotSent: true,
    });
  });

  it('sends nothing over plain http beyond loopback', async () => {
    const url = 'http://oauth.example.com/';
    const endpoints = { authUrl: url, tokenUrl: url, revokeUrl: url, userinfoUrl: url };
    const provider = new GoogleProvider(new GoogleProviderOptions(endpoints));
    expect(await provider.refresh(refreshRequest)).toMatchObject({
      errorCode: 'UNKNOWN_ERROR',
      reason: 'unexpected_failure',
    });
    await provider.onApplicationShutdown();
  });

  it('finishes what is under way when the application shuts down, and takes on nothing more', async () => {
    const arrivals = new EventEmitter<{ request: [ServerResponse] }>();
    const provider = await providerFor((_request, response) => arrivals.emit('request', response));
    const arrived = once(arrivals, 'request') as Promise<[ServerResponse]>;
    const underWay = provider.refresh(refreshRequest);
    const [response] = await arrived;
    const closed = provider.onApplicationShutdown();
    expect(await provider.refresh(refreshRequest)).toMatchObject({
      reason: 'shutting_down',
      provablyNotSent: true,
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(tokens);
    expect(await underWay).toMatchObject({ status: 'refreshed' });
    await closed;
    open.pop()?.server.close();
  });
});

describe('GoogleProvider, revoking', () => {
  it('shows the secret to a server that insists on it, as RFC 7009 has it', async () => {
    const forms: URLSearchParams[] = [];
    const provider = await providerFor((request, response) => {
      void text(request).then((body) => {
        const form = new URLSearchParams(body);
        forms.push(form);
        const isAuthenticated = form.get('client_secret') === codeRequest.client.clientSecret;
        response.writeHead(isAuthenticated ? 200 : 401, { 'content-type': 'application/json' });
        response.end(isAuthenticated ? '' : '{"error":"invalid_client"}');
      });
    });
    expect(await provider.revoke('1//token', codeRequest.client)).toEqual({ status: 'revoked' });
    expect(forms.map((form) => form.has('client_secret'))).toEqual([false, true]);
  });

  it.each([
    ['200', 200, '', 'revoked'],
    ['a token that Google no longer knows', 400, '{"error":"invalid_token"}', 'revoked'],
    ['another 400', 400, '{"error":"invalid_request"}', 'unavailable'],
    ['a 400 that is no JSON', 400, '<html>', 'unavailable'],
    ['429', 429, '', 'unavailable'],
    ['503', 503, '', 'unavailable'],
  ])('takes %s for what it is', async (_case, status, body, outcome) => {
    const provider = await providerFor(answering(status, body));
    expect(await provider.revoke('1//token', codeRequest.client)).toMatchObject({ status: outcome });
  });

  it('counts the clients of one Cloud project as one, and no others', async () => {
    const provider = await providerFor(answering(200));
    const scopes = ['17-a.apps.test', '17-b.apps.test', '170-a.apps.test', 'client-1'].map((id) =>
      provider.revocationScope(id),
    );
    expect(scopes).toEqual(['17', '17', '170', 'client-1']);
  });
});

describe('GoogleProvider, anything', () => {
  const canaries = ['1//refresh-canary', 'secret-canary', '4/code-canary', 'verifier-canary'];

  it.each(['error', 'error_subtype', 'error_description', 'access_token_hint'])(
    'lets nothing of the request out of an answer that echoes it as %s',
    async (field) => {
      const echo: RequestListener = (request, response) => {
        void text(request).then((form) => {
          const body = { error: 'invalid_grant', [field]: decodeURIComponent(form) };
          response.writeHead(400, { 'retry-after': form }).end(JSON.stringify(body));
        });
      };
      const provider = await providerFor(echo);
      const outcomes = [await provider.refresh(refreshRequest), await provider.exchangeCode(codeRequest)];
      for (const canary of canaries) expect(JSON.stringify(outcomes)).not.toContain(canary);
      expect(outcomes.map(({ status }) => status)).not.toContain('refreshed');
    },
  );

  it('makes one of three outcomes of whatever a server answers, and leaks nothing', async () => {
    let next: RequestListener = answering(200);
    const provider = await providerFor((request, response) => next(request, response));
    const body = fc.oneof(fc.string(), fc.json(), fc.constantFrom(tokens, '{"error":"invalid_grant"}'));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 999 }), body, async (status, sent) => {
        next = answering(status, sent);
        const outcome = await provider.refresh(refreshRequest);
        expect(['refreshed', 'rejected', 'unavailable']).toContain(outcome.status);
        for (const canary of canaries) expect(JSON.stringify(outcome)).not.toContain(canary);
      }),
    );
  });
});
