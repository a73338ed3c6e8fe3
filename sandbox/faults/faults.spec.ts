import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxControl, fingerprint, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';
import type { TokenAnswer } from '../testing/oauth-client.js';

describe('faults on request', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;
  let tokens: TokenAnswer;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, stateDir: null, clients: [registered] });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
    tokens = await client.connect();
    await control.clearLedger();
  });
  afterEach(() => sandbox.close());

  const rawRefresh = (): Promise<Response> =>
    client.postRaw({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  const outcomes = async () =>
    (await control.ledger()).tokenRequests.map(({ outcome, fault }) => ({ outcome, fault }));

  it('error: answers the status, the body and the headers as given, and does no work', async () => {
    await control.addFault({
      target: 'token',
      fault: {
        kind: 'error',
        status: 400,
        body: { error: 'invalid_grant', error_subtype: 'invalid_rapt' },
        headers: { 'retry-after': '7' },
      },
    });
    const response = await rawRefresh();
    expect(response.status).toBe(400);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ error: 'invalid_grant', error_subtype: 'invalid_rapt' });
    expect(await outcomes()).toEqual([{ outcome: 'not-processed', fault: 'error' }]);
  });

  it('html: answers a page', async () => {
    const fault = { kind: 'html', status: 403, body: '<html>automated queries</html>' } as const;
    await control.addFault({ target: 'token', fault });
    const response = await rawRefresh();
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toBe('<html>automated queries</html>');
  });

  it('non-json and empty: answer 200 with nothing to use', async () => {
    await control.addFault({ target: 'token', times: 1, fault: { kind: 'non-json' } });
    await control.addFault({ target: 'token', times: 1, fault: { kind: 'empty' } });
    const nonJson = await rawRefresh();
    expect([nonJson.status, await nonJson.text()]).toEqual([200, 'OK']);
    const empty = await rawRefresh();
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    expect((await rawRefresh()).status).toBe(200);
  });

  it('hang: never answers, and is cut when the sandbox closes', async () => {
    await control.addFault({ target: 'userinfo', fault: { kind: 'hang' } });
    const settled = client.userinfo(tokens.access_token).then(
      () => 'answered',
      () => 'cut',
    );
    // Another request is served meanwhile; the hanging one is not.
    expect((await client.gmail(tokens.access_token, 'profile')).status).toBe(200);
    await sandbox.close();
    expect(await settled).toBe('cut');
  });

  it('delay: answers as usual, later', async () => {
    await control.addFault({ target: 'token', fault: { kind: 'delay', delayMs: 120 } });
    const startedMs = performance.now();
    expect((await rawRefresh()).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(115);
  });

  it('reset: cuts the connection before any work is done', async () => {
    await control.configure({ rotation: 'rotate' });
    await control.addFault({ target: 'token', times: 1, fault: { kind: 'reset' } });
    await expect(rawRefresh()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await outcomes()).toEqual([{ outcome: 'not-processed', fault: 'reset' }]);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('reset-after: rotates, then cuts the connection', async () => {
    await control.configure({ rotation: 'rotate' });
    await control.addFault({ target: 'token', times: 1, fault: { kind: 'reset-after' } });
    await expect(rawRefresh()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    const { tokenRequests, grants } = await control.ledger();
    expect(tokenRequests).toMatchObject([{ outcome: 'issued', fault: 'reset-after' }]);
    expect(grants[0]?.refreshToken).toBe(tokenRequests[0]?.returnedRefreshToken);
    expect(await client.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  it('truncated: announces the whole answer and sends half of it', async () => {
    await control.addFault({ target: 'token', fault: { kind: 'truncated' } });
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
      client_id: registered.clientId,
      client_secret: registered.clientSecret,
    }).toString();
    const { hostname, port } = new URL(sandbox.url);
    const raw = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /token HTTP/1.1\r\nHost: sandbox\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
      });
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('end', () => resolve(received));
      socket.on('error', reject);
    });
    const [head = '', sent = ''] = raw.split('\r\n\r\n');
    const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toMatch(/^HTTP\/1\.1 200/);
    expect(sent).toHaveLength(Math.floor(announced / 2));
    expect(sent).toMatch(/^\{"access_token"/);
    expect(await outcomes()).toEqual([{ outcome: 'issued', fault: 'truncated' }]);
  });

  it('drip: sends the whole answer, byte by byte', async () => {
    await control.addFault({ target: 'token', fault: { kind: 'drip', everyMs: 1 } });
    const { body } = await rawRefresh();
    const chunks: Uint8Array[] = [];
    for await (const chunk of body ?? []) chunks.push(chunk as Uint8Array);
    expect(chunks.length).toBeGreaterThan(20);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ token_type: 'Bearer' });
    expect(await outcomes()).toEqual([{ outcome: 'issued', fault: 'drip' }]);
  });

  it.each([
    ['absent', { remove: ['expires_in'] }, undefined],
    ['zero', { set: { expires_in: 0 } }, 0],
    ['negative', { set: { expires_in: -5 } }, -5],
    ['a string', { set: { expires_in: '3599' } }, '3599'],
  ])('patch: makes expires_in %s and leaves the rest', async (_case, change, expected) => {
    await control.addFault({ target: 'token', fault: { kind: 'patch', ...change } });
    const answer = await client.refresh(tokens.refresh_token);
    expect(answer.expires_in).toEqual(expected);
    expect(answer.access_token).toMatch(/^ya29\./);
  });

  it('patch: drops the access token', async () => {
    await control.addFault({ target: 'token', fault: { kind: 'patch', remove: ['access_token'] } });
    expect(await client.refresh(tokens.refresh_token)).not.toHaveProperty('access_token');
  });

  it('patch: overrides iss on the redirect, not on the page before it', async () => {
    await control.addFault({
      target: 'authorize',
      times: 1,
      fault: { kind: 'patch', set: { iss: 'https://evil.example' }, remove: ['scope'] },
    });
    const redirect = await client.consent();
    expect(redirect.get('iss')).toBe('https://evil.example');
    expect(redirect.has('scope')).toBe(false);
    expect(redirect.get('code')).not.toBeNull();
  });

  it('hold: keeps requests from the work until they are released', async () => {
    await control.configure({ rotation: 'rotate' });
    await control.addFault({ target: 'token', fault: { kind: 'hold' } });
    const requests = [rawRefresh(), rawRefresh()];
    const held = await control.heldRequests({ atLeast: 2 });
    expect(held).toHaveLength(2);
    expect(held[0]).toMatchObject({
      target: 'token',
      path: '/token',
      grantType: 'refresh_token',
      clientId: registered.clientId,
      account: 'demo@sandbox.test',
    });
    expect(await outcomes()).toEqual([
      { outcome: 'not-processed', fault: 'hold' },
      { outcome: 'not-processed', fault: 'hold' },
    ]);
    expect(await control.release(1)).toEqual({ released: 1 });
    expect(await control.release()).toEqual({ released: 1 });
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 400]);
    expect(await control.heldRequests()).toEqual([]);
  });

  it('hold and another fault: the held request meets what is in force when it is released', async () => {
    await control.addFault({ target: 'token', times: 1, fault: { kind: 'hold' } });
    const request = rawRefresh();
    await control.heldRequests({ atLeast: 1 });
    await control.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });
    await control.release();
    expect((await request).status).toBe(503);
  });

  it('holds a request whose caller went away, and still does its work when released', async () => {
    await control.configure({ rotation: 'rotate' });
    await control.addFault({ target: 'token', times: 1, fault: { kind: 'hold' } });
    const abort = new AbortController();
    const request = fetch(sandbox.endpoints.tokenUrl, {
      method: 'POST',
      signal: abort.signal,
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token ?? '',
        client_id: registered.clientId,
        client_secret: registered.clientSecret,
      }),
    });
    await control.heldRequests({ atLeast: 1 });
    abort.abort();
    await expect(request).rejects.toThrow();
    await control.release();
    // The ledger is read on a later turn than the release, by which time the work is done.
    expect((await control.ledger()).tokenRequests).toMatchObject([{ outcome: 'issued' }]);
  });

  it.each([
    ['target', { target: 'gmail' as const }],
    ['grant type', { target: 'token' as const, match: { grantType: 'authorization_code' } }],
    ['client', { target: 'token' as const, match: { clientId: 'another-client' } }],
    ['account', { target: 'token' as const, match: { account: 'sam@sandbox.test' } }],
  ])('spares requests of another %s', async (_case, scope) => {
    await control.addFault({ ...scope, fault: { kind: 'error', status: 500, body: {} } });
    expect((await rawRefresh()).status).toBe(200);
  });

  it('meets only the path that was named', async () => {
    const match = { path: '/gmail/v1/users/me/messages', account: 'demo@sandbox.test' };
    await control.addFault({ target: 'gmail', match, fault: { kind: 'error', status: 429, body: {} } });
    expect((await client.gmail(tokens.access_token, 'messages?q=x')).status).toBe(429);
    expect((await client.gmail(tokens.access_token, 'profile')).status).toBe(200);
  });

  it('counts the times, lists what is in force, and clears one or all', async () => {
    const error = { kind: 'error', status: 503, body: {} } as const;
    await control.addFault({ target: 'token', times: 2, fault: error });
    const { id } = await control.addFault({ target: 'gmail', fault: error });
    await rawRefresh();
    expect(await control.faults()).toMatchObject([
      { times: 2, hits: 1 },
      { id, hits: 0 },
    ]);
    expect((await rawRefresh()).status).toBe(503);
    expect((await rawRefresh()).status).toBe(200);
    await control.clearFaults(id);
    expect(await control.faults()).toEqual([]);
    await control.addFault({ target: 'gmail', fault: error });
    await control.clearFaults();
    expect((await client.gmail(tokens.access_token, 'profile')).status).toBe(200);
  });

  it('names what is wrong with a fault that it does not understand', async () => {
    const response = await fetch(`${sandbox.controlUrl}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'token', fault: { kind: 'explode' } }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('kind');
  });

  it('never shows a token in the ledger, only its fingerprint', async () => {
    await control.configure({ rotation: 'rotate' });
    const refreshed = await client.refresh(tokens.refresh_token);
    const ledger = await control.ledger();
    expect(ledger.tokenRequests[0]).toMatchObject({
      presentedRefreshToken: fingerprint(tokens.refresh_token!),
      returnedRefreshToken: fingerprint(refreshed.refresh_token!),
    });
    for (const secret of [tokens.refresh_token!, refreshed.refresh_token!, refreshed.access_token!]) {
      expect(JSON.stringify(ledger)).not.toContain(secret);
    }
  });
});
