import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Client,
  type ClientCapabilities,
  type ElicitResult,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';

type Mode = 'auto' | 'legacy';
type Action = ElicitResult['action'];

interface Question {
  mode?: string;
  message: string;
  url?: string;
}

let app: TestApp;
/** One for all that mend nothing: when many grants end at once, none of the ends is believed. */
let dead: TestMailbox;
let mailbox: TestMailbox;
beforeAll(async () => {
  app = await TestApp.start();
  dead = await deadMailbox();
});
afterAll(() => app.stop());
beforeEach(() => {
  mailbox = dead;
});

async function deadMailbox(): Promise<TestMailbox> {
  const made = await newMailbox(app);
  await app.google.revokeGrants({ account: made.account });
  return made;
}

/** A client of the current SDK, and the person behind it, who does something about each question and then answers. */
class AskedClient {
  readonly questions: Question[] = [];

  private constructor(readonly client: Client) {}

  static async connect(
    mode: Mode,
    elicitation: ClientCapabilities['elicitation'] | undefined,
    person: (question: Question) => Promise<Action>,
  ): Promise<AskedClient> {
    const capabilities = elicitation === undefined ? {} : { elicitation };
    const client = new Client(
      { name: 'evergrant-tests', version: '1.0.0' },
      { capabilities, versionNegotiation: { mode } },
    );
    const asked = new AskedClient(client);
    if (elicitation !== undefined)
      client.setRequestHandler('elicitation/create', async ({ params }) => {
        const question = params as Question;
        asked.questions.push(question);
        return { action: await person(question) };
      });
    const requestInit = { headers: { authorization: `Bearer ${mailbox.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(mailbox.mcpUrl), { requestInit }));
    return asked;
  }

  search() {
    return this.call('search_messages', { maxResults: 1 });
  }

  async call(name: string, input: Record<string, unknown>) {
    const result = await this.client.callTool({ name, arguments: input });
    return { isError: result.isError === true, text: JSON.stringify(result.content) };
  }
}

const urls = { url: {} };

async function connectAgain(): Promise<Action> {
  await app.connect(mailbox.id, { account: mailbox.account });
  return 'accept';
}

async function using<Found>(client: AskedClient, use: (client: AskedClient) => Promise<Found>) {
  try {
    return await use(client);
  } finally {
    await client.client.close();
  }
}

describe('a client of 2026-07-28 that opens URLs', () => {
  it('is asked for a sign-in at our own page, and its call goes on once that is done', async () => {
    mailbox = await deadMailbox();
    await using(await AskedClient.connect('auto', urls, connectAgain), async (agent) => {
      expect(await agent.search()).toMatchObject({ isError: false });
      expect(agent.questions).toEqual([
        {
          mode: 'url',
          message: expect.stringContaining(mailbox.account),
          url: expect.stringContaining(`${app.url}/connect/`),
        },
      ]);
    });
  });

  it('is asked so for a resource as well', async () => {
    mailbox = await deadMailbox();
    await using(await AskedClient.connect('auto', urls, connectAgain), async (agent) => {
      const read = agent.client.readResource({ uri: 'gmail://message/none' });
      await expect(read).rejects.toMatchObject({ code: -32602 });
      expect(agent.questions).toHaveLength(1);
    });
  });

  it.each<[string, Action]>([
    ['says yes and has not signed in', 'accept'],
    ['says no', 'decline'],
    ['says nothing', 'cancel'],
  ])('gets the refusal with a link if its person %s, and is asked once', async (_what, action) => {
    await using(await AskedClient.connect('auto', urls, async () => action), async (agent) => {
      const { isError, text } = await agent.search();
      expect([isError, agent.questions.length]).toEqual([true, 1]);
      expect(text).toContain('INVALID_REFRESH_TOKEN');
      expect(text).toContain(`${app.url}/connect/`);
    });
  });
});

describe.each<[string, Mode, ClientCapabilities['elicitation'] | undefined]>([
  ['of 2026-07-28 that shows forms only', 'auto', { form: {} }],
  ['of 2026-07-28 that is asked nothing', 'auto', undefined],
  // It says so to a server that it has a session with, and we have none.
  ['of 2025-11-25 that opens URLs', 'legacy', urls],
  ['of 2025-11-25 that is asked nothing', 'legacy', undefined],
])('a client %s', (_which, mode, elicitation) => {
  it('gets the refusal with a link in the result of its call', async () => {
    const client = await AskedClient.connect(mode, elicitation, async () => 'accept');
    await using(client, async (agent) => {
      const { isError, text } = await agent.search();
      expect([isError, agent.questions]).toEqual([true, []]);
      expect(text).toContain('INVALID_REFRESH_TOKEN');
      expect(text).toContain(`${app.url}/connect/`);
    });
  });
});

describe('a mail that a person has to decide on', () => {
  const mail = { to: ['bea@example.com'], subject: 'Offer', body: 'Hello' };
  const link = () => new RegExp(`${app.url}/approvals/([\\da-f-]{36})`);

  beforeEach(async () => {
    mailbox = await newMailbox(app, { scopes: [gmailScopes.modify], policy: { newRecipients: 'ask' } });
  });

  async function sent(): Promise<number> {
    return (await app.google.outbox()).filter(({ account }) => account === mailbox.account).length;
  }

  async function approve(text: string): Promise<void> {
    const [, id] = link().exec(text) ?? [];
    expect((await app.api('POST', `/api/approvals/${id}`, { decision: 'approve' })).status).toBe(201);
    await until('the server has sent it', async () => (await sent()) === 1);
  }

  it('is put to it at our own page by a client of 2026-07-28, whose call then tells that it was sent', async () => {
    const person = async ({ url = '' }: Question): Promise<Action> => {
      expect(await sent()).toBe(0);
      await approve(url);
      return 'accept';
    };
    await using(await AskedClient.connect('auto', urls, person), async (agent) => {
      const { isError, text } = await agent.call('send_message', mail);
      expect([isError, await sent()]).toEqual([false, 1]);
      expect(text).toMatch(/sent to 1 recipients: message .*by an earlier call/);
      expect(agent.questions).toEqual([
        { mode: 'url', message: expect.any(String), url: expect.stringMatching(link()) },
      ]);
    });
  });

  it.each<Action>(['accept', 'decline', 'cancel'])(
    'waits under its link where the person says %s and has not decided, and is asked about once',
    async (action) => {
      await using(await AskedClient.connect('auto', urls, async () => action), async (agent) => {
        const { isError, text } = await agent.call('send_message', mail);
        expect([isError, agent.questions.length, await sent()]).toEqual([false, 1, 0]);
        expect(text).toMatch(link());
      });
    },
  );

  it.each<[string, Mode, ClientCapabilities['elicitation'] | undefined]>([
    ['of 2026-07-28 that opens no URLs', 'auto', undefined],
    ['of 2025-11-25', 'legacy', urls],
  ])(
    'is told of with its link to a client %s, and that it was sent when it calls again',
    async (_which, mode, can) => {
      await using(await AskedClient.connect(mode, can, async () => 'accept'), async (agent) => {
        const held = await agent.call('send_message', mail);
        expect([held.isError, agent.questions, await sent()]).toEqual([false, [], 0]);
        expect(held.text).toContain('Nothing was sent yet');
        await approve(held.text);
        expect((await agent.call('send_message', mail)).text).toContain('by an earlier call');
        expect(await sent()).toBe(1);
      });
    },
  );
});

describe('a requestState', () => {
  async function post(holder: TestMailbox, more: object = {}) {
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': { elicitation: { url: {} } },
    };
    const params = { name: 'search_messages', arguments: {}, _meta, ...more };
    const response = await fetch(holder.mcpUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${holder.mcpToken}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': params.name },
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    return (await response.json()) as {
      result?: { resultType: string; requestState?: string; isError?: boolean; _meta?: object };
      error?: { code: number };
    };
  }

  const answered = (requestState: unknown) => ({
    requestState,
    inputResponses: { connect: { action: 'accept' } },
  });

  it('comes with the question, and is taken back from who was given it', async () => {
    const { result } = await post(mailbox);
    expect(result).toMatchObject({
      resultType: 'input_required',
      requestState: expect.any(String),
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'evergrant' } },
    });
    expect((await post(mailbox, answered(result?.requestState))).result).toMatchObject({
      ...{ resultType: 'complete', isError: true },
    });
  });

  it('is refused from another mailbox, after an hour, and when it was changed', async () => {
    const { result } = await post(mailbox);
    const state = result?.requestState ?? '';
    const other = await newMailbox(app);
    const refused = { error: { code: -32602 } };
    expect(await post(other, answered(state))).toMatchObject(refused);
    expect(await post(mailbox, answered(`${state.slice(0, -2)}AA`))).toMatchObject(refused);
    expect(await post(mailbox, answered(7))).toMatchObject(refused);
    await app.advance(3601);
    expect(await post(mailbox, answered(state))).toMatchObject(refused);
  });
});
