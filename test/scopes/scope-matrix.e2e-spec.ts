import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessToken } from '../harness/access-tokens.js';
import { bearer, Callers } from '../harness/callers.js';
import { sandboxClientId, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { callTool, listTools } from './mcp-agent.js';
import {
  acts,
  covers,
  expected,
  listed,
  permits,
  scopeSets,
  urlsOf,
  type Act,
  type Expected,
  type ScopeSet,
} from './scope-oracle.js';

/** Of whose tools the acts are. */
const toolsets = ['core', 'changes'];

interface Mailbox {
  account: string;
  messageId: string;
  threadId: string;
}

/** What was seen that should not be. */
let wrong: string[] = [];
/** Acts that were tried beyond what the instance asks for, and requests to Gmail while that was tried. */
let beyond = { tried: 0, requestsToGmail: 0 };

let app: TestApp;
let tokenReader: Record<string, string>;
let mailbox: Mailbox;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0', GMAIL_QUOTA_UNITS_PER_MINUTE: '1000000' });
  const [tenant] = await app.dataSource.query<{ id: string }[]>(
    "SELECT id FROM tenants WHERE name = 'default'",
  );
  const key = await new Callers(app).key(tenant!.id, { rights: ['access-tokens:read'] });
  tokenReader = bearer(key.apiKey);
  mailbox = await newMailbox('matrix@sandbox.test');
});
afterAll(() => app.stop());

async function newMailbox(account: string): Promise<Mailbox> {
  await app.google.addAccount({ email: account });
  const mail = { contentType: 'text/plain' as const, charset: 'utf-8' as const, text: 'Hello' };
  const { id, threadId } = await app.google.deliver(account, {
    from: 'Ada <ada@example.com>',
    subject: 'Matrix',
    body: mail,
  });
  return { account, messageId: id, threadId };
}

async function adopted(asked: ScopeSet, granted: ScopeSet): Promise<CreatedInstance> {
  const instance = await app.createInstance({ scopes: urlsOf(asked), toolsets });
  const { refreshTokens } = await app.google.grantMany({
    accounts: [mailbox.account],
    clientId: sandboxClientId,
    scopes: ['openid', 'https://www.googleapis.com/auth/userinfo.email', ...urlsOf(granted)],
  });
  const { status } = await app.api('PUT', `/api/instances/${instance.id}/credentials`, {
    refreshToken: refreshTokens[0],
  });
  if (status !== 200) throw new Error(`Not adopted: ${status}`);
  return instance;
}

async function consented({ id }: CreatedInstance, account: string): Promise<void> {
  const end = await app.connect(id, { account });
  if (end.searchParams.get('connected') !== id) throw new Error(`Not connected: ${end.search}`);
}

function toolOf(act: Act): string {
  return act === 'reply' ? 'send_message' : act;
}

function inputOf(act: Act, { account, messageId, threadId }: Mailbox): object {
  const mail = { to: [account], body: 'Hello' };
  const inputs: Record<Act, object> = {
    search_messages: {},
    search_threads: {},
    get_message: { messageId },
    get_messages: { messageIds: [messageId] },
    get_thread: { threadId },
    get_links: { messageId },
    get_attachment: { messageId, partId: '' },
    list_labels: {},
    get_profile: {},
    list_changes: {},
    watch_mailbox: {},
    stop_watch: {},
    modify_message_labels: { messageId, addLabelIds: ['STARRED'] },
    modify_thread_labels: { threadId, addLabelIds: ['STARRED'] },
    create_draft: mail,
    send_message: mail,
    reply_to_message: { messageId, body: 'Hello' },
    forward_message: { messageId, to: [account] },
    // There is none: it was looked for.
    send_draft: { draftId: 'r1' },
    reply: { ...mail, replyToMessageId: messageId },
  };
  return inputs[act];
}

async function requestsToGmail(): Promise<number> {
  return (await app.google.ledger()).counters.gmail;
}

async function seenOf(instance: CreatedInstance, act: Act, box: Mailbox): Promise<string> {
  const { isError, error, text } = await callTool(instance, toolOf(act), inputOf(act, box));
  if (!isError) return 'allowed';
  const { errorCode, reason, requiresReauth, connectUrl } = error;
  if (act === 'send_draft' && errorCode === 'NOT_FOUND') return 'allowed';
  const asksForSignIn = requiresReauth === true && typeof connectUrl === 'string';
  const isQuiet = requiresReauth === false && !text.includes('/connect/');
  if (errorCode !== 'INSUFFICIENT_SCOPE' || !(asksForSignIn || isQuiet)) return text;
  return `${String(reason)}, ${asksForSignIn ? 'with a link' : 'no sign-in'}`;
}

const shown: Record<Expected, string> = {
  allowed: 'allowed',
  not_asked_for: 'not_asked_for, no sign-in',
  not_granted: 'not_granted, with a link',
};

/** Tries everything on an instance, and notes what is not as it should be. */
async function examine(instance: CreatedInstance, asked: ScopeSet, granted: ScopeSet, box = mailbox) {
  const pair = `asked ${asked.join('+')}, granted ${granted.join('+')}`;
  const note = (what: string, seen: unknown, right: unknown) => {
    if (JSON.stringify(seen) !== JSON.stringify(right))
      wrong.push(`${pair}: ${what} is ${JSON.stringify(seen)}, not ${JSON.stringify(right)}`);
  };
  const before = await requestsToGmail();
  // A refused reply may have sent nothing, but its steps are judged one by one: it is beyond if any of them is.
  const refused = acts.filter((act) => expected(act, asked, granted) !== 'allowed');
  for (const act of refused)
    note(act, await seenOf(instance, act, box), shown[expected(act, asked, granted)]);
  beyond.tried += refused.filter((act) => !permits(act, asked)).length;
  beyond.requestsToGmail += (await requestsToGmail()) - before;
  for (const act of acts.filter((each) => !refused.includes(each)))
    note(act, await seenOf(instance, act, box), 'allowed');

  const tools = acts.filter((act) => act !== 'reply');
  const can = tools.filter((act) => listed(act, asked, granted) === 'allowed');
  note('tools/list', await listTools(instance), [...can, 'get_connection_status']);
  const { structured } = await callTool(instance, 'get_connection_status');
  const unavailable = structured.unavailableTools as { name: string; reason: string }[];
  note(
    'get_connection_status',
    unavailable.filter(({ reason }) => reason !== 'toolset_off').map(({ name, reason }) => [name, reason]),
    tools.filter((act) => !can.includes(act)).map((act) => [act, listed(act, asked, granted)]),
  );

  const within = covers(asked, granted) ? 200 : 403;
  const wider = '?allowWider=true';
  // The second time it would come from memory.
  for (const [what, query, headers, right] of [
    ['access-token', '', {}, within],
    ['access-token again', '', {}, within],
    ['access-token again, to a key of few rights', '', tokenReader, within],
    ['a wider access-token without the right', wider, tokenReader, within],
    ['a wider access-token', wider, {}, 200],
  ] as const) {
    const { status, body } = await accessToken(app, instance.id, { query, headers });
    note(what, status, right);
    if (status === 403) note(what, [body.reason, body.accessToken], ['wider_than_asked', undefined]);
  }
}

/** Judges what was noted since the last time; something has to have been tried. */
function expectNothingBeyond(): void {
  const { tried, requestsToGmail: requests } = beyond;
  const noted = wrong;
  wrong = [];
  beyond = { tried: 0, requestsToGmail: 0 };
  expect({ noted, requests }).toEqual({ noted: [], requests: 0 });
  expect(tried).toBeGreaterThan(30);
}

describe('no act goes beyond what an instance asks for and was granted', () => {
  it('when the owner granted what it asks for', async () => {
    for (const scopes of scopeSets) {
      const instance = await app.createInstance({ scopes: urlsOf(scopes), toolsets });
      await consented(instance, mailbox.account);
      await examine(instance, scopes, scopes);
    }
    expectNothingBeyond();
  }, 120_000);

  it('when it was given a refresh token that opens more', async () => {
    let pairs = 0;
    for (const asked of scopeSets) {
      for (const granted of scopeSets.filter((each) => covers(each, asked) && !covers(asked, each))) {
        pairs += 1;
        await examine(await adopted(asked, granted), asked, granted);
      }
    }
    expect(pairs).toBe(25);
    expectNothingBeyond();
  }, 120_000);

  it('when its scopes were changed after it was connected, to fewer, to more and to others', async () => {
    for (const granted of scopeSets) {
      const instance = await adopted(granted, granted);
      for (const asked of scopeSets) {
        await app.api('PATCH', `/api/instances/${instance.id}`, { scopes: urlsOf(asked) });
        await examine(instance, asked, granted);
      }
    }
    expectNothingBeyond();
  }, 240_000);

  it('when a sibling’s wider consent healed it', async () => {
    // No more than these at once, or their verdicts would be held as a spike.
    const pairs: [asked: ScopeSet, granted: ScopeSet][] = [
      [['readonly'], ['modify']],
      [['metadata'], ['readonly']],
      [['send'], ['full']],
      [['labels'], ['full']],
      [['send'], ['compose']],
    ];
    const healed = await Promise.all(
      pairs.map(async ([asked, granted], index) => {
        const box = await newMailbox(`healed${index}@sandbox.test`);
        const instance = await app.createInstance({ scopes: urlsOf(asked), toolsets });
        await consented(instance, box.account);
        const sibling = await app.createInstance({ scopes: urlsOf(granted), toolsets });
        await app.google.revokeGrants({ account: box.account });
        return { instance, sibling, box, asked, granted };
      }),
    );
    await app.advance(3600);
    for (const { instance } of healed) expect((await accessToken(app, instance.id)).status).toBe(401);
    for (const { sibling, instance, box, asked, granted } of healed) {
      await consented(sibling, box.account);
      await examine(instance, asked, granted, box);
    }
    expectNothingBeyond();
  }, 120_000);
});
