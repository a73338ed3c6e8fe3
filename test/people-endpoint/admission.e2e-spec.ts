import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { People, PersonAuthorizations, PersonTokens } from '../../src/identity/index.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { callAs, newToken, personClient, refusalOf, signedIn, type SignedIn } from '../harness/signed-in.js';
import { TestApp } from '../harness/test-app.js';

const allScopes = 'gmail:read gmail:write gmail:send gmail:settings';

let app: TestApp;
let replica: TestApp;
let own: TestMailbox;
let person: SignedIn;
beforeAll(async () => {
  app = await TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test' });
  const { publicUrl } = app.environment;
  replica = await TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test', PUBLIC_URL: publicUrl }, { beside: app });
  own = await newMailbox(app, { scopes: [gmailScopes.modify] });
  person = await signedIn(app, { mailboxes: [own] });
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});

async function ask(
  path: string,
  token: string | null,
  at = app,
): Promise<{ status: number; challenge: string }> {
  const response = await fetch(at.url + path, {
    method: 'POST',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  await response.text();
  return { status: response.status, challenge: response.headers.get('www-authenticate') ?? '' };
}

function challengeFor(path: string): string {
  const metadata = `${app.environment.publicUrl}/.well-known/oauth-protected-resource${path}`;
  return `Bearer resource_metadata="${metadata}", scope="${allScopes}"`;
}

describe('a request that shows no good token', () => {
  it.each(['', `/${randomUUID()}`])(
    'is told where to get one, with all scopes at once: /mcp%s',
    async (id) => {
      const path = `/mcp${id}`;
      expect(await ask(path, null)).toEqual({ status: 401, challenge: challengeFor(path) });
      const { status, challenge } = await ask(path, 'nonsense');
      expect(status).toBe(401);
      expect(challenge).toMatch(/, error="invalid_token", error_description="[^"]+"$/);
      expect(challenge.startsWith(challengeFor(path))).toBe(true);
    },
  );

  it('is told nothing that it has not said itself of what is no id', async () => {
    expect(await ask('/mcp/"quoted', null)).toEqual({ status: 401, challenge: 'Bearer' });
  });
});

describe('a person’s token', () => {
  it('opens the endpoint that it is for, and no other', async () => {
    const other = await newMailbox(app);
    const ofOne = await signedIn(app, { mailboxes: [own, other], path: `/mcp/${other.id}` });
    const answers = await Promise.all([
      ask('/mcp', person.token),
      ask(`/mcp/${own.id}`, person.token),
      ask(`/mcp/${other.id}`, ofOne.token),
      ask(`/mcp/${own.id}`, ofOne.token),
      ask('/mcp', ofOne.token),
      ask('/mcp', own.mcpToken),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 401, 401, 401]);
  });

  it('opens one mailbox, as an MCP token does, with the tools that it was allowed', async () => {
    const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify] });
    const { url, token } = await signedIn(app, {
      ...{ mailboxes: [mailbox], path: `/mcp/${mailbox.id}`, scopes: ['gmail:read'] },
    });
    const client = await personClient({ url, token });
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('search_messages');
    expect(names).not.toContain('list_mailboxes');
    expect(names).not.toContain('send_message');
    await client.close();
    expect((await callAs({ url, token }, 'search_messages')).structuredContent).toHaveProperty('messages');
    expect((await ask(`/mcp/${mailbox.id}`, mailbox.mcpToken)).status).toBe(200);
  });

  it('opens no mailbox that the person has not opened to the client', async () => {
    const hidden = await newMailbox(app);
    const shown = await newMailbox(app);
    const two = await signedIn(app, { mailboxes: [shown, hidden], opened: [shown] });
    expect((await callAs(two, 'list_mailboxes')).structuredContent?.mailboxes).toMatchObject([
      { instanceId: shown.id },
    ]);
    const named = await callAs(two, 'get_profile', { mailbox: hidden.account });
    expect(refusalOf(named)).toMatchObject({ reason: 'mailbox_unknown' });
    expect(JSON.stringify(named)).not.toContain(hidden.id);
  });

  it.each<[string, (its: SignedIn) => Promise<unknown>]>([
    ['was revoked', ({ token }) => app.part(PersonTokens).revoke(token)],
    ['whose authorization was ended', (its) => app.part(PersonAuthorizations).end(its, its.authorizationId)],
    ['whose person was deleted', ({ tenantId, personId }) => app.part(People).delete(tenantId, personId)],
  ])('that %s is refused in all processes within a second', async (_what, end) => {
    const its = await signedIn(app, { mailboxes: [await newMailbox(app)] });
    const both = [app, replica];
    for (const at of both) expect((await ask('/mcp', its.token, at)).status).toBe(200);
    await end(its);
    expect((await ask('/mcp', its.token)).status).toBe(401);
    const endedAtMs = performance.now();
    await until('the answer has changed', async () => (await ask('/mcp', its.token, replica)).status === 401);
    expect(performance.now() - endedAtMs).toBeLessThan(1_500);
  });

  it('is over at its end', async () => {
    const token = await newToken(app, person, { lifeSeconds: 60 });
    expect((await ask('/mcp', token)).status).toBe(200);
    await app.advance(61);
    expect((await ask('/mcp', token)).status).toBe(401);
  });
});

describe('a scope that the client was not allowed', () => {
  it('is named in the result, and never by HTTP, with a link by which the person allows it', async () => {
    const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify] });
    const reader = await signedIn(app, { mailboxes: [mailbox], scopes: ['gmail:read', 'gmail:write'] });
    const client = await personClient(reader);
    const names = (await client.listTools()).tools.map(({ name }) => name);
    await client.close();
    expect(names).toContain('create_draft');
    expect(names).not.toContain('send_message');

    const mail = { to: ['a@example.com'], subject: 'Hi', body: 'Hi' };
    const refusal = refusalOf(await callAs(reader, 'send_message', mail));
    expect(refusal).toMatchObject({
      ...{ errorCode: 'INSUFFICIENT_SCOPE', reason: 'not_authorized', scope: 'gmail:send' },
      requiresReauth: false,
    });
    expect(refusal.error).toContain('gmail:send');
    expect(refusal.connectUrl).toContain('/sign-in/more/');
    const { structuredContent } = await callAs(reader, 'list_mailboxes');
    expect(JSON.stringify(structuredContent)).toContain('"reason":"not_authorized"');
    expect(await app.google.outbox()).toEqual([]);
  });

  it('is not to be had by a tool that was allowed for something else', async () => {
    const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify] });
    const { id } = await app.google.deliver(mailbox.account, {
      ...{ from: 'Bea <bea@example.com>', to: mailbox.account, subject: 'Invoice 7' },
      body: { contentType: 'text/plain', text: 'Canary' },
    });
    const sender = await signedIn(app, { mailboxes: [mailbox], scopes: ['gmail:send'] });
    // It quotes what it answers, and so would read it.
    const answer = await callAs(sender, 'reply_to_message', { messageId: id, body: 'Hi', dryRun: true });
    expect(refusalOf(answer)).toMatchObject({ errorCode: 'INSUFFICIENT_SCOPE', reason: 'not_asked_for' });
  });

  it('is mended on the page of the person’s mailboxes where the mailbox was connected with less', async () => {
    const narrow = await newMailbox(app, { scopes: [gmailScopes.readonly] });
    const writer = await signedIn(app, { mailboxes: [narrow] });
    const refusal = refusalOf(await callAs(writer, 'create_draft', { to: ['a@example.com'], body: 'Hi' }));
    const page = `${app.environment.publicUrl}/mailboxes`;
    expect(refusal).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      reason: 'not_asked_for',
      connectUrl: page,
    });
    expect((await callAs(writer, 'list_mailboxes')).structuredContent).toMatchObject({
      connectAnotherUrl: page,
    });
  });

  it('is mended by a link where it is Google’s that is missing', async () => {
    const narrow = await newMailbox(app, { scopes: [gmailScopes.readonly] });
    await app.api('PATCH', `/api/instances/${narrow.id}`, { scopes: [gmailScopes.modify] });
    const writer = await signedIn(app, { mailboxes: [narrow] });
    const refusal = refusalOf(await callAs(writer, 'create_draft', { to: ['a@example.com'], body: 'Hi' }));
    expect(refusal).toMatchObject({ errorCode: 'INSUFFICIENT_SCOPE', reason: 'not_granted' });
    expect(refusal.connectUrl).toContain('/connect/');
  });
});

it('counts the calls of one client, whichever of its tokens they come with', async () => {
  const limited = await TestApp.start(
    { SIGN_IN_DOMAINS: 'sandbox.test', PUBLIC_URL: app.environment.publicUrl, RATE_LIMIT_PER_MINUTE: '3' },
    { beside: app },
  );
  const its = await signedIn(app, { mailboxes: [own] });
  const another = await newToken(app, its);
  const statuses: number[] = [];
  for (const token of [its.token, another, its.token, another])
    statuses.push((await ask('/mcp', token, limited)).status);
  await limited.stop();
  // What may be a call of a tool is told in its result: this is none.
  expect(statuses).toEqual([200, 200, 200, 429]);
});

it('tells in the audit log who it was, and by which client', async () => {
  const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify] });
  const its = await signedIn(app, { mailboxes: [mailbox] });
  await callAs(its, 'send_message', { to: ['a@example.com'], subject: 'Hi', body: 'Hi' });
  const { body } = await app.api<{
    items: { event: string; actor: object; details: { clientId?: string } }[];
  }>('GET', `/api/audit?instanceId=${mailbox.id}&actor=${its.personId}`);
  const actor = { kind: 'person', id: its.personId };
  expect(body.items.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['tool.called', 'mail.sent', 'act.intended']),
  );
  for (const each of body.items) expect(each.actor).toEqual(actor);
  const called = body.items.find(({ event }) => event === 'tool.called');
  expect(called?.details.clientId).toBe(its.clientId);
});

describe('a suspended tenant', () => {
  it('has no caller, until it is resumed', async () => {
    const [{ id }] = await app.dataSource.query<[{ id: string }]>(
      "SELECT id FROM tenants WHERE name = 'default'",
    );
    await app.dataSource.query('UPDATE tenants SET suspended_at = evergrant_now() WHERE id = $1', [id]);
    await until('the answer has changed', async () => (await ask('/mcp', person.token)).status === 401);
    await app.dataSource.query('UPDATE tenants SET suspended_at = NULL WHERE id = $1', [id]);
    await until('the answer has changed', async () => (await ask('/mcp', person.token)).status === 200);
  });
});
