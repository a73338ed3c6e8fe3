import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonServers } from '../../src/gmail-mcp/endpoint/person-servers.js';
import type { PersonCaller } from '../../src/gmail-mcp/guards/mcp-request.js';
import type { OpenedInstance } from '../../src/gmail-mcp/tool-permission.js';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { deliverFiles } from '../harness/attached-files.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { callAs, newToken, signedIn, type SignedIn, type ToolResult } from '../harness/signed-in.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { RowSecurityAlone } from './lowered-walls.js';
import { mailboxUri } from '../watching/watched-mailbox.js';
import { household, type Household } from './two-tenants.js';

/** Has the tenants, of which a replica is told at its start who signs in to which. */
let app: TestApp;
let replica: TestApp;
let theirs: Household;
/** Of one tenant. */
let victim: Person;
let neighbour: Person;
/** Of another tenant. */
let stranger: Person;

interface Person {
  signIn: SignedIn;
  mailbox: TestMailbox;
}

beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' });
  theirs = await household(app, 'theirs');
  replica = await TestApp.start(
    {
      ...{ RATE_LIMIT_PER_MINUTE: '0', PUBLIC_URL: app.environment.publicUrl },
      SIGN_IN_DOMAINS: `sandbox.test,other.test=${theirs.tenantId}`,
    },
    { beside: app, tenantDatabase: RowSecurityAlone },
  );
  victim = await newPerson();
  neighbour = await newPerson();
  const ofTheirs = { ...theirs.instance, account: theirs.account };
  const email = `${randomUUID()}@other.test`;
  stranger = { mailbox: ofTheirs, signIn: await signedIn(replica, { email, mailboxes: [ofTheirs] }) };
  expect(stranger.signIn.tenantId).toBe(theirs.tenantId);
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});

async function newPerson(): Promise<Person> {
  const mailbox = await newMailbox(app, { scopes: [gmailScopes.modify], toolsets: ['core', 'drafts'] });
  return { mailbox, signIn: await signedIn(replica, { mailboxes: [mailbox] }) };
}

function marksOf({ signIn, mailbox }: Person): string[] {
  return [
    signIn.personId,
    signIn.authorizationId,
    signIn.clientId,
    signIn.token,
    mailbox.id,
    mailbox.account,
  ];
}

type Method = [method: string, params?: Record<string, unknown>];

/** All methods; what names a mailbox names this one, by address and by id. */
function methodsAbout(named: { id: string; account: string }, by = [named.id, named.account]): Method[] {
  const info = { capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  return [
    ['initialize', { protocolVersion: '2025-11-25', ...info }],
    ...['ping', 'server/discover', 'tools/list', 'prompts/list', 'resources/list'].map((each): Method => [
      each,
    ]),
    ['resources/templates/list'],
    ...['resources/subscribe', 'resources/unsubscribe'].map((each): Method => [each, { uri: mailboxUri }]),
    ['tools/call', { name: 'list_mailboxes', arguments: {} }],
    ...by.flatMap((mailbox): Method[] => [
      ['prompts/get', { name: 'whats_new', arguments: { mailbox } }],
      ['resources/read', { uri: `gmail://message/m1?mailbox=${encodeURIComponent(mailbox)}` }],
      ...gmailTools.map(({ name }): Method => ['tools/call', { name, arguments: { mailbox } }]),
    ]),
  ];
}

async function send(
  path: string,
  authorization: string,
  [method, params]: Method,
): Promise<{ status: number; authenticate: string | null; text: string }> {
  const response = await fetch(replica.url + path, {
    method: 'POST',
    headers: {
      ...(authorization === '' ? {} : { authorization }),
      ...{ accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params ? { params } : {}) }),
  });
  const challenge = response.headers.get('www-authenticate');
  const id = path.split('/').at(-1) ?? '';
  return {
    status: response.status,
    // It names the endpoint that was called.
    authenticate: challenge?.replace(id, '…') ?? null,
    text: await response.text(),
  };
}

/** A stream, which is no answer to be compared: `test/people-endpoint/listening.e2e-spec.ts` says who is told what. */
const listen: Method = ['subscriptions/listen', { notifications: { resourceSubscriptions: [mailboxUri] } }];

function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** Identities that open nothing at the endpoint of all mailboxes. */
async function refusedIdentities(): Promise<Record<string, string>> {
  const ended = await newToken(replica, victim.signIn, { lifeSeconds: -1 });
  const ofOne = { ...victim.signIn, url: `${app.environment.publicUrl}/mcp/${victim.mailbox.id}` };
  const elsewhere = { ...victim.signIn, url: 'https://other.example/mcp' };
  return {
    'no token': '',
    'a made-up token': bearer('A'.repeat(43)),
    'another scheme': `Basic ${Buffer.from(`x:${victim.signIn.token}`).toString('base64')}`,
    'a token that is over': bearer(ended),
    'a token for one mailbox': bearer(await newToken(replica, ofOne)),
    'a token for another server': bearer(await newToken(replica, elsewhere)),
    'the MCP token of the mailbox': bearer(victim.mailbox.mcpToken),
    'another tenant’s MCP token': bearer(theirs.instance.mcpToken),
    'another tenant’s key': bearer(theirs.apiKey),
    'the operator’s key': bearer(adminApiKey),
  };
}

it('each method that the endpoints have is asked for here', () => {
  const asked = new Set([...methodsAbout(victim.mailbox), listen].map(([method]) => method));
  const instances = [victim.mailbox as unknown as OpenedInstance];
  const caller = { ...({ holder: { kind: 'person' }, instances } as unknown as PersonCaller) };
  const server = replica.part(PersonServers).newServer(caller, 'modern').server as unknown as {
    _requestHandlers: Map<string, unknown>;
  };
  const methods = [...server._requestHandlers.keys()];
  expect(methods).toContain('tools/call');
  expect(methods.filter((method) => !asked.has(method))).toEqual([]);
});

describe('the endpoint of all mailboxes', () => {
  it('answers no other identity, whatever is asked', async () => {
    for (const [who, authorization] of Object.entries(await refusedIdentities())) {
      const answers = await Promise.all(
        [...methodsAbout(victim.mailbox, [victim.mailbox.account]), listen].map((method) =>
          send('/mcp', authorization, method),
        ),
      );
      const [first] = answers;
      expect([who, first?.status]).toEqual([who, 401]);
      for (const answer of answers) expect({ who, ...answer }).toEqual({ who, ...first });
      for (const mark of marksOf(victim)) expect(first?.text).not.toContain(mark);
    }
  });

  it.each([
    ['another person of the tenant', () => neighbour],
    ['a person of another tenant', () => stranger],
  ])('tells %s nothing of a mailbox, nor that it is there', async (_who, other) => {
    const { token } = other().signIn;
    const nowhere = { id: randomUUID(), account: `${randomUUID()}@sandbox.test` };
    const [there, absent] = [methodsAbout(victim.mailbox), methodsAbout(nowhere)];
    const named = (text: string, { id, account }: { id: string; account: string }): string =>
      text
        .replaceAll(id, '<id>')
        .replaceAll(encodeURIComponent(account), '<account>')
        .replaceAll(account, '<account>');
    for (const [n, method] of there.entries()) {
      const [aimed, missed] = await Promise.all([
        send('/mcp', bearer(token), method),
        send('/mcp', bearer(token), absent[n]!),
      ]);
      expect(named(withoutChance(aimed.text), victim.mailbox)).toBe(
        named(withoutChance(missed.text), nowhere),
      );
      // What was asked for stands in the question, and in the URI of a resource that is not there.
      const echoed = method[0] === 'resources/read' ? [victim.mailbox.id, victim.mailbox.account] : [];
      for (const mark of marksOf(victim).filter((each) => !echoed.includes(each)))
        expect([method, aimed.text]).not.toEqual([method, expect.stringContaining(mark)]);
    }
  });
});

/** Fences and times differ from answer to answer. */
function withoutChance(text: string): string {
  return text.replaceAll(/\[[0-9a-f]{8}\]/g, '[fence]').replaceAll(/connect\/[\w-]+/g, 'connect/…');
}

describe('the endpoint of one mailbox', () => {
  it('answers no person’s token but that of its own person for it, and alike whether it is there', async () => {
    const path = `/mcp/${victim.mailbox.id}`;
    const forVictim = `${app.environment.publicUrl}${path}`;
    const foreign = {
      'its person’s token for all': victim.signIn.token,
      'a neighbour’s token for it': await newToken(replica, { ...neighbour.signIn, url: forVictim }),
      'a stranger’s token for it': await newToken(replica, { ...stranger.signIn, url: forVictim }),
      'a neighbour’s token for all': neighbour.signIn.token,
    };
    const nowhere = `/mcp/${randomUUID()}`;
    for (const [who, token] of Object.entries(foreign))
      for (const method of [...methodsAbout(victim.mailbox, [victim.mailbox.id]), listen]) {
        const [there, absent] = await Promise.all([
          send(path, bearer(token), method),
          send(nowhere, bearer(token), method),
        ]);
        expect([who, there.status]).toEqual([who, 401]);
        expect(there).toEqual(absent);
      }
    const own = await newToken(replica, { ...victim.signIn, url: forVictim });
    expect((await send(path, bearer(own), ['tools/list'])).status).toBe(200);
  });
});

async function attachmentLink({ signIn, mailbox }: Person): Promise<Link> {
  const file = { contentType: 'application/pdf', fileName: 'a.pdf', bytes: Buffer.from('%PDF') };
  const messageId = await deliverFiles(app, mailbox.account, [file]);
  const url = await linkBy(signIn, 'get_attachment', { messageId, partId: '1', mailbox: mailbox.account });
  return { url, open: () => fetch(url) };
}

async function uploadLink({ signIn, mailbox }: Person): Promise<Link> {
  const file = { filename: 'a.txt', sizeBytes: 4, mailbox: mailbox.account };
  const url = await linkBy(signIn, 'create_attachment_upload', file);
  return { url, open: () => fetch(url, { method: 'PUT', body: 'text' }) };
}

interface Link {
  url: URL;
  /** Does with it what it is for. */
  open: () => Promise<Response>;
}

/** The link that a tool gives, as the replica takes it. */
async function linkBy(signIn: SignedIn, tool: string, input: Record<string, unknown>): Promise<URL> {
  const { structuredContent } = await callAs({ ...signIn, url: `${replica.url}/mcp` }, tool, input);
  return new URL(new URL(structuredContent?.url as string).pathname, replica.url);
}

describe.each([
  ['an attachment', attachmentLink],
  ['an upload', uploadLink],
])('a link to %s that a person’s client was given', (_what, linkOf) => {
  async function whenOpened(end: (own: Person) => Promise<unknown>): Promise<[number, unknown]> {
    const own = await newPerson();
    const link = await linkOf(own);
    await end(own);
    const answer = await link.open();
    return [answer.status, ((await answer.json()) as { reason?: unknown }).reason];
  }

  it('opens it', async () => {
    const answer = await (await linkOf(await newPerson())).open();
    expect(answer.status).toBe(200);
    await answer.text();
  });

  it.each<[string, (own: Person) => Promise<unknown>]>([
    [
      'the person has ended what the client was allowed',
      ({ signIn }) =>
        replica.dataSource.query('DELETE FROM person_authorizations WHERE id = $1', [signIn.authorizationId]),
    ],
    [
      'the mailbox is not the person’s any more',
      ({ mailbox }) =>
        replica.dataSource.query('DELETE FROM person_mailboxes WHERE instance_id = $1', [mailbox.id]),
    ],
    [
      'the person has taken the mailbox from the client',
      ({ signIn }) =>
        replica.dataSource.query("UPDATE person_authorizations SET instance_ids = '{}' WHERE id = $1", [
          signIn.authorizationId,
        ]),
    ],
    ['the mailbox is gone', ({ mailbox }) => app.api('DELETE', `/api/instances/${mailbox.id}`)],
    [
      'no entry names the person any more',
      ({ signIn }) =>
        replica.dataSource.query("UPDATE people SET email = 'x@elsewhere.test' WHERE id = $1", [
          signIn.personId,
        ]),
    ],
    [
      'the mailbox has become another person’s',
      ({ mailbox }) =>
        replica.dataSource.query('UPDATE person_mailboxes SET person_id = $1 WHERE instance_id = $2', [
          ...[neighbour.signIn.personId, mailbox.id],
        ]),
    ],
  ])('opens nothing once %s', async (_when, end) => {
    expect(await whenOpened(end)).toEqual([404, 'link_withdrawn']);
  });

  it('opens nothing with any of it changed, nor what another kind of link opens', async () => {
    const { url } = await linkOf(await newPerson());
    const [kind, sealed = ''] = url.pathname.split('/').slice(2);
    const middle = Math.floor(sealed.length / 2);
    const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    const asAttachment = (link: string): Promise<Response> => fetch(`${replica.url}/api/attachments/${link}`);
    const asUpload = (link: string): Promise<Response> =>
      fetch(`${replica.url}/api/uploads/${link}`, { method: 'PUT', body: 'text' });
    const [own, other] = kind === 'uploads' ? [asUpload, asAttachment] : [asAttachment, asUpload];
    const answers = await Promise.all([own(changed), own('x'.repeat(200)), other(sealed)]);
    const told = await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]));
    expect(told.map(([status]) => status)).toEqual([404, 404, 404]);
    expect(told[0]?.[1]).toEqual(told[1]?.[1]);
  });
});

describe('a file that was uploaded for one mailbox', () => {
  it('is sent along by no other, and none is told that it is there', async () => {
    const own = await newPerson();
    const file = { filename: 'canary.txt', sizeBytes: 4 };
    const at = (person: Person): SignedIn => ({ ...person.signIn, url: `${replica.url}/mcp` });
    const made = (await callAs(at(own), 'create_attachment_upload', file)).structuredContent;
    await fetch(new URL(new URL(made?.url as string).pathname, replica.url), { method: 'PUT', body: 'text' });
    const draftWith = (person: Person, attachment: unknown): Promise<ToolResult> =>
      callAs(at(person), 'create_draft', {
        ...{ to: ['a@example.com'], subject: 'x', body: 'x', attachments: [attachment] },
      });
    for (const other of [neighbour, stranger]) {
      const [aimed, missed] = [made?.attachment as string, `upload/${randomUUID()}`];
      const [there, nowhere] = [await draftWith(other, aimed), await draftWith(other, missed)];
      expect(there.isError).toBe(true);
      expect(JSON.stringify(there).replaceAll(aimed, '<upload>')).toBe(
        JSON.stringify(nowhere).replaceAll(missed, '<upload>'),
      );
    }
    expect((await draftWith(own, made?.attachment)).isError).not.toBe(true);
  });
});

describe('an approval that a person’s client caused', () => {
  it('is shown and decided by no token of any person', async () => {
    const own = await newPerson();
    await app.api('PATCH', `/api/instances/${own.mailbox.id}`, { policy: { newRecipients: 'ask' } });
    const mail = { to: ['a@example.com'], subject: 'Canary', body: 'Canary' };
    const { structuredContent } = await callAs(
      { ...own.signIn, url: `${replica.url}/mcp` },
      'send_message',
      mail,
    );
    const approvalId = structuredContent?.approvalId as string;
    expect(approvalId).toMatch(/^[0-9a-f-]{36}$/);
    for (const { signIn } of [own, neighbour, stranger]) {
      const headers = { authorization: bearer(signIn.token), 'content-type': 'application/json' };
      const rest = `${replica.url}/api/approvals/${approvalId}`;
      const read = await fetch(rest, { headers });
      const decided = await fetch(rest, { method: 'POST', headers, body: '{"decision":"approve"}' });
      const page = await fetch(`${replica.url}/approvals/${approvalId}`, { headers, redirect: 'manual' });
      expect([read.status, decided.status]).toEqual([401, 401]);
      expect(await page.text()).not.toContain('Canary');
    }
    expect(await app.google.outbox()).toEqual([]);
  });
});
