import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callTool } from '../scopes/mcp-agent.js';
import { Deployment, type Member } from './deployment.js';

// Processes take their time to start.
jest.setTimeout(90_000);

const limit = 1_000;
const costOfRead = 20;

interface Agent {
  /** The same mailbox at one of the processes. */
  mcpUrl: string;
  mcpToken: string;
  id: string;
  name: string;
}

let deployment: Deployment;
let members: Member[];
beforeAll(async () => {
  deployment = await Deployment.start();
  await deployment.oauthService();
  const variables = { GMAIL_QUOTA_UNITS_PER_MINUTE: String(limit) };
  members = [await deployment.publicApi(variables)];
  for (let n = 0; n < 2; n += 1) members.push(await deployment.replica(variables));
}, 180_000);
afterAll(() => deployment.stop());

async function agents(account: string): Promise<{ messageId: string; agents: Agent[] }> {
  const id = await deployment.mailbox(members[0]!, account);
  const path = `/api/instances/${id}/mcp-tokens`;
  const { mcpToken } = await deployment.request<{ mcpToken: string }>(members[0]!, 'POST', path, {});
  const { id: messageId } = await deployment.google.deliver(account, {
    from: 'ada@x.test',
    subject: 'Hello',
    body: { contentType: 'text/plain', text: 'Hello' },
  });
  return {
    messageId,
    agents: members.map(({ url }) => ({ mcpUrl: `${url}/mcp/${id}`, mcpToken, id, name: account })),
  };
}

/** How many reads were answered until one was refused, and with what. */
async function readAll(agent: Agent, messageId: string): Promise<{ reads: number; reason: unknown }> {
  for (let reads = 0; ; reads += 1) {
    const { isError, error } = await callTool(agent, 'get_message', { messageId });
    if (isError) return { reads, reason: error.reason };
  }
}

describe('three processes over one mailbox', () => {
  it('spend what it has in a minute, and not a unit more, and leave another mailbox alone', async () => {
    await deployment.google.clearLedger();
    const busy = await agents('busy@sandbox.test');
    const quiet = await agents('quiet@sandbox.test');
    // Nine agents at once, three at each process.
    const all = [...busy.agents, ...busy.agents, ...busy.agents];
    const outcomes = await Promise.all(all.map((each) => readAll(each, busy.messageId)));

    expect(new Set(outcomes.map(({ reason }) => reason))).toEqual(new Set(['mailbox_quota']));
    const reads = outcomes.reduce((sum, each) => sum + each.reads, 0);
    const { quota } = await deployment.google.ledger();
    expect(quota.find(({ account }) => account === 'busy@sandbox.test')).toMatchObject({
      units: reads * costOfRead,
    });
    expect(reads * costOfRead).toBeLessThanOrEqual(limit);
    expect(reads * costOfRead).toBeGreaterThan(limit * 0.8);

    for (const each of quiet.agents)
      expect((await callTool(each, 'get_message', { messageId: quiet.messageId })).isError).toBe(false);
  });
});
