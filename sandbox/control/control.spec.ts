import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxControl, startSandbox } from '../index.js';
import type { Sandbox } from '../index.js';
import { OAuthClient, registered } from '../testing/oauth-client.js';

describe('the control port', () => {
  let sandbox: Sandbox;
  let control: SandboxControl;
  let client: OAuthClient;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    sandbox = await startSandbox({
      port: 0,
      stateDir: null,
      clients: [registered],
      log: (line) => lines.push(line),
    });
    control = new SandboxControl(sandbox.controlUrl);
    client = new OAuthClient(sandbox);
  });
  afterEach(() => sandbox.close());

  it.each(['/faults', '/holds', '/settings', '/clock', '/ledger'])(
    'is not on the data port: %s',
    async (path) => {
      expect((await fetch(sandbox.url + path)).status).toBe(404);
      expect((await fetch(sandbox.controlUrl + path)).status).toBe(200);
    },
  );

  it('lists every token request in order, with its outcome and grant', async () => {
    const tokens = await client.connect();
    await client.refresh(tokens.refresh_token);
    await client.refresh(tokens.refresh_token, { client_secret: 'wrong' });
    await client.refresh('1//0unknown');
    const { tokenRequests, grants } = await control.ledger();
    const account = 'demo@sandbox.test';
    const grantId = grants[0]?.grantId;
    const { clientId } = registered;
    expect(tokenRequests).toMatchObject([
      { sequence: 1, grantType: 'authorization_code', outcome: 'issued', account, clientId, grantId },
      { sequence: 2, grantType: 'refresh_token', outcome: 'issued', account, clientId, grantId },
      { sequence: 3, grantType: 'refresh_token', outcome: 'invalid_client', account, clientId, grantId },
      { sequence: 4, grantType: 'refresh_token', outcome: 'invalid_grant', account: null, grantId: null },
    ]);
    expect(tokenRequests[1]?.returnedRefreshToken).toBeNull();
    expect(tokenRequests[1]?.presentedRefreshToken).toBe(tokenRequests[0]?.returnedRefreshToken);
    expect(grants).toMatchObject([{ account, clientId, alive: true, endedBecause: null }]);
  });

  it('counts requests by endpoint, and forgets them on request', async () => {
    const tokens = await client.connect();
    await client.userinfo(tokens.access_token);
    await client.gmail(tokens.access_token, 'profile');
    await client.gmail('wrong', 'profile');
    expect((await control.ledger()).counters).toEqual({
      authorize: 2,
      token: 1,
      revoke: 0,
      userinfo: 1,
      gmail: 2,
    });
    await control.clearLedger();
    const { counters, tokenRequests, grants } = await control.ledger();
    expect(counters.token).toBe(0);
    expect(tokenRequests).toEqual([]);
    expect(grants).toHaveLength(1);
  });

  it('moves the clock forward', async () => {
    const before = Date.parse((await control.clock()).now);
    const after = Date.parse((await control.advanceClock(3600)).now);
    expect(after - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it('adds an account, which can then consent and has mail', async () => {
    const added = await control.addAccount({ email: 'New.Person@sandbox.test', name: 'New Person' });
    expect(added.email).toBe('new.person@sandbox.test');
    const tokens = await client.connect({ account: added.email });
    expect(await (await client.userinfo(tokens.access_token)).json()).toMatchObject(added);
    const { messages } = (await (await client.gmail(tokens.access_token, 'messages')).json()) as {
      messages: unknown[];
    };
    expect(messages).not.toHaveLength(0);
  });

  it('delivers a message, which comes first and joins the thread that it answers', async () => {
    const body = { contentType: 'text/plain', text: 'Fresh from the press 📰' } as const;
    const from = 'Press <press@news.example>';
    const first = await control.deliver('demo@sandbox.test', {
      from,
      subject: 'One',
      messageId: '<1@news>',
      body,
    });
    const reply = await control.deliver('demo@sandbox.test', {
      from,
      subject: 'Re: One',
      inReplyTo: '<1@news>',
      body,
    });
    expect(reply.threadId).toBe(first.threadId);
    const tokens = await client.connect();
    const list = await (await client.gmail(tokens.access_token, 'messages?q=from:press&maxResults=1')).json();
    expect(list).toMatchObject({ messages: [{ threadId: first.threadId }], resultSizeEstimate: 2 });
  });

  it('refuses to deliver to an account that does not exist', async () => {
    const mail = {
      from: 'a@b.example',
      subject: 'x',
      body: { contentType: 'text/plain' as const, text: 'x' },
    };
    await expect(control.deliver('ghost@sandbox.test', mail)).rejects.toThrow('404');
  });

  it('registers a client, or gives it a new secret', async () => {
    const added = { clientId: '77-new', clientSecret: 'one', redirectUris: ['http://127.0.0.1/new'] };
    await control.registerClient(added);
    const newClient = new OAuthClient(sandbox, added);
    const tokens = await newClient.connect();
    expect(tokens.status).toBe(200);
    await control.registerClient({ ...added, clientSecret: 'two' });
    expect(await newClient.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_client' });
    const renewed = await newClient.refresh(tokens.refresh_token, { client_secret: 'two' });
    expect(renewed.status).toBe(200);
  });

  it('refuses a setting that does not exist', async () => {
    const response = await fetch(`${sandbox.controlUrl}/settings`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rotation: 'sometimes' }),
    });
    expect(response.status).toBe(400);
    expect((await control.settings()).rotation).toBe('none');
  });

  it('logs requests without their queries', async () => {
    await client.connect();
    expect(lines).toEqual(['GET /o/oauth2/v2/auth 200', 'POST /o/oauth2/v2/auth 303', 'POST /token 200']);
  });
});
