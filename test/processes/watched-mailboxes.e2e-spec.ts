import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { callTool } from '../scopes/mcp-agent.js';
import { pubsubVariables } from '../watching/watched-mailbox.js';
import { Deployment } from './deployment.js';

// Processes take their time to start.
jest.setTimeout(300_000);

const account = 'watched@sandbox.test';
const watchPath = '/gmail/v1/users/me/watch';
const day = 86_400;
const leaseOverSeconds = 95;

let deployment: Deployment;
beforeAll(async () => void (deployment = await Deployment.start()));
afterAll(() => deployment.stop());

interface Watch {
  expiresAt: Date;
  leaseId: string | null;
}

async function watchRow(): Promise<Watch> {
  const [row] = await deployment.sql<Watch>(
    'SELECT expires_at AS "expiresAt", lease_id AS "leaseId" FROM mailbox_watches',
  );
  return row!;
}

it('renews a watch whose process was killed while it did, and goes on telling changes', async () => {
  const doomed = await deployment.publicApi(pubsubVariables);
  const settings = { scopes: [gmailScopes.readonly], toolsets: ['core', 'changes'] };
  const id = await deployment.mailbox(doomed, account, undefined, settings);
  const tokens = `/api/instances/${id}/mcp-tokens`;
  const { mcpToken } = await deployment.request<{ mcpToken: string }>(doomed, 'POST', tokens, {});
  const agent = { id, name: account, mcpToken, mcpUrl: `${doomed.url}/mcp/${id}` };
  expect(await callTool(agent, 'watch_mailbox')).toMatchObject({ structured: { mode: 'push' } });
  const first = await watchRow();

  await deployment.google.addFault({
    ...{ target: 'gmail', times: 1, match: { path: watchPath, account }, fault: { kind: 'hold' } },
  });
  await deployment.advance(day + 60);
  await deployment.google.heldRequests({ atLeast: 1 });
  const leased = await watchRow();
  expect(leased.leaseId).not.toBeNull();
  await deployment.replica(pubsubVariables);
  await doomed.process.stop('SIGKILL');
  // It is not taken over while its process may still be at it.
  expect(await watchRow()).toEqual(leased);

  await deployment.advance(leaseOverSeconds);
  await until('the renewal', async () => {
    const { expiresAt, leaseId } = await watchRow();
    return leaseId === null && expiresAt > first.expiresAt;
  });
  await deployment.google.release();

  const { id: messageId } = await deployment.google.deliver(account, {
    ...{ from: 'Bea <bea@example.com>', subject: 'News' },
    body: { contentType: 'text/plain', charset: 'utf-8', text: 'All that is new' },
  });
  await deployment.advance(901);
  await until('the change', async () => {
    const changes = await deployment.sql<{ messageIds: string[] }>(
      'SELECT message_ids AS "messageIds" FROM mailbox_changes',
    );
    return changes.some(({ messageIds }) => messageIds.includes(messageId));
  });
});
