import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox, until } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { sandboxClientId, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool, callTools, listTools } from './mcp-agent.js';
import { urlsOf, type ScopeSet } from './scope-oracle.js';

let app: TestApp;
let replica: TestApp;
let accounts = 0;
beforeAll(async () => {
  app = await TestApp.start();
  replica = await TestApp.start({}, { beside: app });
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});
afterEach(() => app.google.clearFaults());

const mail = { to: ['demo@sandbox.test'], subject: 'Hello', body: 'Hello' };

async function connected(asked: ScopeSet): Promise<{ instance: CreatedInstance; account: string }> {
  const account = `scoped${++accounts}@sandbox.test`;
  await app.google.addAccount({ email: account });
  const instance = await app.createInstance({ scopes: urlsOf(asked) });
  await app.connect(instance.id, { account });
  return { instance, account };
}

/** Connected with a grant that opens more than is asked for. */
async function connectedWider(asked: ScopeSet, granted: ScopeSet): Promise<CreatedInstance> {
  const { instance } = await connected(granted);
  await patch(instance, asked);
  return instance;
}

function patch({ id }: CreatedInstance, asked: ScopeSet) {
  return app.api('PATCH', `/api/instances/${id}`, { scopes: urlsOf(asked) });
}

async function requestsToGmail(): Promise<number> {
  return (await app.google.ledger()).counters.gmail;
}

async function refusals(): Promise<Record<string, number>> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const counted = text.matchAll(/^evergrant_scope_refusals_total\{reason="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...counted].map(([, reason = '', count]) => [reason, Number(count)] as const));
}

describe('a tool that the instance does not ask for', () => {
  it('is never answered with a sign-in, however often it is called and the owner connects', async () => {
    const { instance, account } = await connected(['readonly']);
    expect(await listTools(instance)).not.toContain('send_message');
    for (let round = 0; round < 3; round += 1) {
      const { error, text } = await callTool(instance, 'send_message', mail);
      expect(error).toMatchObject({
        instanceId: instance.id,
        errorCode: 'INSUFFICIENT_SCOPE',
        requiresReauth: false,
        error: expect.stringContaining('its operator has to add the permission'),
      });
      expect(text).not.toContain('/connect/');
      await app.connect(instance.id, { account });
    }
    expect((await callTool(instance, 'search_messages')).isError).toBe(false);
  });

  it('is told so also where the grant is dead or there is none: a sign-in would not help', async () => {
    const { instance, account } = await connected(['readonly']);
    await app.google.revokeGrants({ account });
    const pending = await app.createInstance();
    for (const each of [instance, pending]) {
      const { error } = await callTool(each, 'send_message', mail);
      expect(error).toMatchObject({ errorCode: 'INSUFFICIENT_SCOPE', requiresReauth: false });
      const other = await callTool(each, 'search_messages');
      expect(other.error).toMatchObject({ requiresReauth: true, connectUrl: expect.any(String) });
    }
  });

  it('does not get through among others in one request', async () => {
    const instance = await connectedWider(['readonly'], ['modify']);
    const before = await requestsToGmail();
    const [labels, sent] = await callTools(instance, ['list_labels', {}], ['send_message', mail]);
    expect([labels?.isError, sent?.error.reason]).toEqual([false, 'not_asked_for']);
    expect((await requestsToGmail()) - before).toBe(1);
  });

  it('is refused by the other processes too, once its scope was taken away', async () => {
    const { instance } = await connected(['modify']);
    const there = { ...instance, mcpUrl: instance.mcpUrl.replace(app.url, replica.url) };
    expect((await callTool(there, 'send_message', mail)).isError).toBe(false);
    expect((await accessToken(replica, instance.id)).status).toBe(200);
    await patch(instance, ['readonly']);
    await until('the other process knows', async () => {
      const { error } = await callTool(there, 'send_message', mail);
      return error.reason === 'not_asked_for';
    });
    expect((await accessToken(replica, instance.id)).status).toBe(403);
  });
});

describe('a tool that the instance asks for and was not granted', () => {
  it('leads to a consent that asks for it, and works then', async () => {
    const { instance, account } = await connected(['readonly']);
    await patch(instance, ['readonly', 'send']);
    const status = await callTool(instance, 'get_connection_status');
    expect(status.structured.unavailableTools).toContainEqual({
      name: 'send_message',
      reason: 'not_granted',
      why: expect.stringContaining('which was not granted'),
    });
    const { error } = await callTool(instance, 'send_message', mail);
    expect(error).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      reason: 'not_granted',
      requiresReauth: true,
    });
    await connectMailbox(error.connectUrl as string, { account });
    expect((await callTool(instance, 'send_message', mail)).isError).toBe(false);
    expect(await listTools(instance)).toContain('send_message');
  });
});

describe('what a tool does on its way', () => {
  it('does not look into the sent mail for an instance that may only send', async () => {
    const instance = await connectedWider(['send'], ['modify']);
    await app.google.addFault({
      target: 'gmail',
      match: { path: '/gmail/v1/users/me/messages/send' },
      fault: { kind: 'reset-after' },
      times: 1,
    });
    const before = await requestsToGmail();
    const { error } = await callTool(instance, 'send_message', mail);
    expect(error).toMatchObject({ reason: 'outcomeUnknown', requiresReauth: false });
    expect((await requestsToGmail()) - before).toBe(1);
  });
});

describe('an adopted grant without scopes of identity', () => {
  it('asks no person to act, for all its tools work', async () => {
    const account = `bare${++accounts}@sandbox.test`;
    const { refreshTokens } = await app.google.grantMany({
      accounts: [account],
      clientId: sandboxClientId,
      scopes: urlsOf(['readonly']),
    });
    const instance = await app.createInstance();
    await app.api('PUT', `/api/instances/${instance.id}/credentials`, { refreshToken: refreshTokens[0] });
    const { structured } = await callTool(instance, 'get_connection_status');
    expect(structured).toMatchObject({ oauthStatus: 'completed', requiresReauth: false });
    expect(structured).not.toHaveProperty('connectUrl');
  });
});

describe('an access token that opens more than the instance asks for', () => {
  it('is refused with the scopes that are more, and no sign-in', async () => {
    const instance = await connectedWider(['readonly'], ['modify']);
    const { status, body } = await accessToken(app, instance.id);
    expect(status).toBe(403);
    expect(body).toMatchObject({
      instanceId: instance.id,
      errorCode: 'FORBIDDEN',
      reason: 'wider_than_asked',
      requiresReauth: false,
      error: expect.stringContaining('(https://www.googleapis.com/auth/gmail.modify)'),
    });
    const wider = await accessToken(app, instance.id, { query: '?allowWider=true' });
    expect(wider.body.scope).toContain('gmail.modify');
  });

  it.each([
    '',
    '?allowWider=false',
    '?allowWider=1',
    '?allowwider=true',
    '?allowWider=true&allowWider=false',
  ])('is not handed out for "%s"', async (query) => {
    const instance = await connectedWider(['readonly'], ['modify']);
    await accessToken(app, instance.id, { query: '?allowWider=true' });
    const { status, body } = await accessToken(app, instance.id, { query });
    expect([403, 400]).toContain(status);
    expect(body).not.toHaveProperty('accessToken');
  });

  it('is handed out again without saying so once the instance asks for as much', async () => {
    const instance = await connectedWider(['readonly'], ['modify']);
    await patch(instance, ['modify']);
    expect((await accessToken(app, instance.id)).status).toBe(200);
  });
});

describe('the count of refusals for scopes', () => {
  it('is there from the start, and tells the reasons apart', async () => {
    const fresh = await TestApp.start({}, { beside: app });
    const text = await (await fetch(`${fresh.url}/metrics`)).text();
    await fresh.stop();
    for (const reason of ['not_asked_for', 'not_authorized', 'not_granted', 'wider_than_asked'])
      expect(text).toContain(`evergrant_scope_refusals_total{reason="${reason}"} 0`);

    const instance = await connectedWider(['readonly'], ['modify']);
    const before = await refusals();
    await callTool(instance, 'send_message', mail);
    await accessToken(app, instance.id);
    await callTool(instance, 'search_messages');
    const { instance: reader } = await connected(['readonly']);
    await patch(reader, ['modify']);
    await callTool(reader, 'send_message', mail);
    const after = await refusals();
    const rises = Object.entries(after).map(([reason, count]) => [reason, count - before[reason]!]);
    expect(Object.fromEntries(rises)).toEqual({
      ...{ not_asked_for: 1, not_authorized: 0, not_granted: 1, wider_than_asked: 1 },
    });
  });
});
