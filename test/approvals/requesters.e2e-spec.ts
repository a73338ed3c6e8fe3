import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../src/gmail/index.js';
import { People, PersonAuthorizations } from '../../src/identity/index.js';
import { ActWork } from '../../src/policy/index.js';
import { Callers } from '../harness/callers.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { callAs, signedIn, type SignedIn } from '../harness/signed-in.js';
import { TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';
import { DecidingBrowser, type Shown } from './deciding-browser.js';
import { tenantOf } from './held-acts.js';

const mail = { to: ['bea@example.com'], subject: 'Lunch', body: 'At noon.' };
const document = 'https://app.example.com/oauth/client.json';

let app: TestApp;
let callers: Callers;
let mailbox: TestMailbox;
let tenantId: string;
let console: DecidingBrowser;
beforeAll(async () => {
  app = await TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test' });
  callers = new Callers(app);
  const policy = { newRecipients: 'ask' };
  mailbox = await newMailbox(app, { scopes: [gmailScopes.modify], policy });
  tenantId = await tenantOf(app, mailbox);
  const decider = await callers.key(tenantId, { rights: ['approvals:decide'] });
  console = new DecidingBrowser(await callers.login(decider.apiKey));
});
afterAll(() => app.stop());

interface AuditLine {
  event: string;
  actor: unknown;
  details: Record<string, unknown>;
}

/** Has a client of a person’s ask for a mail that a person has to decide on. */
async function heldBy(wish: { clientId?: string; clientName?: string | null }) {
  const own = await newMailbox(app, { scopes: [gmailScopes.modify], policy: { newRecipients: 'ask' } });
  const person = await signedIn(app, { mailboxes: [own], ...wish });
  return { ...(await held(person)), person };
}

async function held(person: SignedIn): Promise<{ id: string }> {
  const { structuredContent } = await callAs(person, 'send_message', mail);
  expect(structuredContent).toMatchObject({ status: 'held' });
  return { id: String(structuredContent?.approvalId) };
}

async function read({ id }: { id: string }): Promise<unknown> {
  return (await app.api('GET', `/api/approvals/${id}`)).body.requester;
}

function page({ id }: { id: string }): Promise<Shown> {
  return console.opens(`${app.url}/approvals/${id}`);
}

async function emailOf({ personId }: SignedIn): Promise<string> {
  return (await app.part(People).get(tenantId, personId)).email;
}

describe('an approval names who asked', () => {
  it('a client that a host vouches for, and the person for whom', async () => {
    const act = await heldBy({ clientId: document, clientName: 'Notes' });
    const email = await emailOf(act.person);
    expect(await read(act)).toEqual({
      mcpToken: null,
      person: { id: act.person.personId, email },
      client: { id: document, name: 'Notes', verifiedHost: 'app.example.com' },
    });
    const { text } = await page(act);
    expect(text).toMatch(/Asked by<\/dt>\s*<dd><bdi>Notes<\/bdi>/);
    expect(text).toMatch(/Verified: <bdi>app\.example\.com<\/bdi> vouches for it/);
    expect(text).toContain(email);
  });

  it('a client that no host vouches for, whatever it calls itself', async () => {
    const clientName = 'app.example.com <b>verified</b> \u202Etxt';
    const act = await heldBy({ clientName });
    expect(await read(act)).toMatchObject({ client: { name: clientName, verifiedHost: null } });
    const { text } = await page(act);
    expect(text).toContain('Unverified: anyone can use this name');
    expect(text).not.toContain('vouches for it');
    expect(text).toContain('&lt;b&gt;verified&lt;/b&gt;');
    expect(text).toContain('[U+202E]');
    expect(text).not.toContain('\u202E');
  });

  it('a client without a name', async () => {
    const act = await heldBy({ clientName: null });
    expect(await read(act)).toMatchObject({ client: { id: act.person.clientId, name: null } });
    expect((await page(act)).text).toContain('An application without a name');
  });

  it('the same when the client may do nothing any more, and no address of a person who is gone', async () => {
    const act = await heldBy({ clientId: document, clientName: 'Notes' });
    await app.part(PersonAuthorizations).end(act.person, act.person.authorizationId);
    expect(await read(act)).toMatchObject({ client: { id: document, name: 'Notes' } });
    const email = await emailOf(act.person);
    await app.part(People).delete(tenantId, act.person.personId);
    expect(await read(act)).toMatchObject({ person: { id: act.person.personId, email: null } });
    const { text } = await page(act);
    expect(text).toContain('a person who is gone');
    expect(text).not.toContain(email);
  });

  it('an MCP token, and no person', async () => {
    const token = await app.api('POST', `/api/instances/${mailbox.id}/mcp-tokens`, { name: 'Sales bot' });
    const asToken = { ...mailbox, mcpToken: String(token.body.mcpToken ?? token.body.token) };
    const result = await callTool(asToken, 'send_message', mail);
    const id = /approvals\/([0-9a-f-]{36})/.exec(JSON.stringify(result))?.[1] ?? '';
    expect(await read({ id })).toEqual({
      mcpToken: { id: token.body.id, name: 'Sales bot' },
      person: null,
      client: null,
    });
    expect((await page({ id })).text).toMatch(/Asked by<\/dt>\s*<dd><bdi>Sales bot<\/bdi>/);
  });
});

async function recorded(act: { id: string }): Promise<[string, unknown, unknown][]> {
  const { items } = (await app.api('GET', '/api/audit?limit=200')).body;
  return (items as AuditLine[])
    .filter(({ details }) => details.actId === act.id)
    .map(({ event, actor, details }) => [event, actor, details.clientId]);
}

it('each step of an act is recorded with the client and the person who asked for it', async () => {
  const act = await heldBy({ clientId: document, clientName: 'Notes' });
  await app.api('POST', `/api/approvals/${act.id}`, { decision: 'reject' });
  expect(await recorded(act)).toEqual([
    ['act.rejected', { kind: 'operator', id: null }, document],
    ['act.held', { kind: 'person', id: act.person.personId }, document],
  ]);
});

it('what expires without a decision is recorded as theirs', async () => {
  const act = await heldBy({ clientId: document });
  await app.advance(8 * 86_400);
  await app.part(ActWork).sweep();
  expect((await recorded(act))[0]).toEqual([
    'act.expired',
    { kind: 'person', id: act.person.personId },
    document,
  ]);
});
