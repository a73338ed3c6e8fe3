import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { getAllMcpTools, MCPServerStreamableHttp, RunContext } from '@openai/agents';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { TestApp } from '../harness/test-app.js';
import { readingToolNames } from '../harness/tool-names.js';
import { authorization } from './client-library.js';

/** The tools of several mailboxes as one agent has them. */
interface AgentTools {
  names: string[];
  call: (name: string) => Promise<string>;
  close: () => Promise<void>;
}

let app: TestApp;
let plain: TestMailbox[];
let prefixed: TestMailbox[];
beforeAll(async () => {
  app = await TestApp.start();
  const mailboxes = (inputs: object[]) =>
    Promise.all(inputs.map((input) => newMailbox(app, { ...input, scopes: ['gmail.readonly'] })));
  plain = await mailboxes([{}, {}]);
  prefixed = await mailboxes([{ toolPrefix: 'work' }, { toolPrefix: 'private' }]);
});
afterAll(() => app.stop());

async function aiSdk(mailboxes: TestMailbox[]): Promise<AgentTools> {
  const clients = await Promise.all(
    mailboxes.map((each) =>
      createMCPClient({ transport: { type: 'http', url: each.mcpUrl, headers: authorization(each) } }),
    ),
  );
  const toolSets = await Promise.all(clients.map((client) => client.tools()));
  // As its documentation puts the tools of several servers together.
  const tools = Object.assign({}, ...toolSets) as (typeof toolSets)[number];
  return {
    names: Object.keys(tools),
    call: async (name) => {
      const options = { toolCallId: '1', messages: [], context: undefined };
      return JSON.stringify(await tools[name]?.execute({}, options as never));
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

async function langchain(mailboxes: TestMailbox[]): Promise<AgentTools> {
  const servers = mailboxes.map((each, index) => [
    `gmail${index}`,
    { transport: 'http', url: each.mcpUrl, headers: authorization(each) } as const,
  ]);
  const client = new MultiServerMCPClient({ mcpServers: Object.fromEntries(servers) as never });
  const tools = await client.getTools();
  return {
    names: tools.map(({ name }) => name),
    call: async (name) => JSON.stringify(await tools.find((tool) => tool.name === name)?.invoke({})),
    close: () => client.close(),
  };
}

async function openaiAgents(mailboxes: TestMailbox[]): Promise<AgentTools> {
  const servers = mailboxes.map(
    (each) =>
      new MCPServerStreamableHttp({ url: each.mcpUrl, requestInit: { headers: authorization(each) } }),
  );
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
  };
  await Promise.all(servers.map((server) => server.connect()));
  try {
    const tools = await getAllMcpTools(servers);
    return {
      names: tools.map(({ name }) => name),
      call: async (name) => {
        const tool = tools.find((each) => each.name === name);
        if (tool?.type !== 'function') throw new Error(`There is no ${name}`);
        return JSON.stringify(await tool.invoke(new RunContext(), '{}'));
      },
      close,
    };
  } catch (failure) {
    await close();
    throw failure;
  }
}

type Library = (mailboxes: TestMailbox[]) => Promise<AgentTools>;

async function using<Found>(library: Library, mailboxes: TestMailbox[], use: (tools: AgentTools) => Found) {
  const tools = await library(mailboxes);
  try {
    return await use(tools);
  } finally {
    await tools.close();
  }
}

describe.each<[string, Library]>([
  ['@ai-sdk/mcp', aiSdk],
  ['@langchain/mcp-adapters', langchain],
  ['@openai/agents', openaiAgents],
])('an agent with two mailboxes in %s', (_name, library) => {
  it('has the tools of both under names of their own, and reaches with each its own mailbox', async () => {
    await using(library, prefixed, async ({ names, call }) => {
      const wanted = ['work', 'private'].flatMap((prefix) =>
        readingToolNames.map((name) => `${prefix}_${name}`),
      );
      expect([...names].sort()).toEqual(wanted.sort());
      const [work, own] = prefixed;
      expect(await call('work_get_profile')).toContain(work!.account);
      expect(await call('private_get_profile')).toContain(own!.account);
    });
  });
});

describe('without prefixes', () => {
  it('@ai-sdk/mcp keeps the tools of one mailbox only', async () => {
    expect(await using(aiSdk, plain, ({ names }) => names)).toEqual(readingToolNames);
  });

  it('@langchain/mcp-adapters has two tools of each name', async () => {
    const names = await using(langchain, plain, (tools) => tools.names);
    expect([...names].sort()).toEqual([...readingToolNames, ...readingToolNames].sort());
  });

  it('@openai/agents refuses both', async () => {
    await expect(using(openaiAgents, plain, () => undefined)).rejects.toThrow(/[Dd]uplicate tool name/);
  });
});
