import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { until } from '../../sandbox/index.js';
import { Deployment, type Mailbox } from './deployment.js';

let deployment: Deployment;
beforeEach(async () => {
  deployment = await Deployment.create();
});
afterEach(() => deployment.remove());

async function searchMessages({ mcpUrl, mcpToken }: Mailbox) {
  const client = new Client({ name: 'evergrant-tests', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${mcpToken}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { requestInit }));
  return client.callTool({ name: 'search_messages', arguments: {} }).finally(() => client.close());
}

async function hold(target: 'token' | 'gmail'): Promise<void> {
  await deployment.google.addFault({ target, times: 1, fault: { kind: 'hold' } });
}

async function expectRefusedConnections(): Promise<void> {
  await until('connections are refused', () =>
    fetch(`${deployment.url}/health/live`, { headers: { connection: 'close' } }).then(
      () => false,
      () => true,
    ),
  );
}

describe('SIGTERM', () => {
  it('lets the requests in flight be answered, and takes no new ones', async () => {
    const evergrant = await deployment.start();
    const mailbox = await deployment.connectedMailbox();
    await hold('gmail');
    await hold('token');
    const search = searchMessages(mailbox);
    const refresh = deployment.api('POST', `/api/instances/${mailbox.id}/refresh`, {});
    await deployment.google.heldRequests({ atLeast: 2 });

    const stopped = evergrant.stop('SIGTERM');
    await expectRefusedConnections();
    expect(evergrant.running).toBe(true);
    await deployment.google.release();

    expect(await refresh).toMatchObject({ status: 200, body: { stale: false } });
    expect((await search).structuredContent).toMatchObject({ messages: expect.anything() });
    expect(await stopped).toBe(0);
  });
});

describe('kill -9 in the middle of a refresh', () => {
  it('leaves a mailbox that works after the next start', async () => {
    const killed = await deployment.start();
    const mailbox = await deployment.connectedMailbox();
    await hold('token');
    const refresh = deployment.api('POST', `/api/instances/${mailbox.id}/refresh`, {});
    const broken = expect(refresh).rejects.toThrow('fetch failed');
    await deployment.google.heldRequests({ atLeast: 1 });
    await killed.stop('SIGKILL');
    await broken;
    await deployment.google.release();
    await deployment.endLeases();

    await deployment.start();
    expect(await deployment.api('POST', `/api/instances/${mailbox.id}/refresh`, {})).toMatchObject({
      status: 200,
      body: { stale: false },
    });
    expect((await searchMessages(mailbox)).isError).not.toBe(true);
    expect(await deployment.api('GET', `/api/instances/${mailbox.id}`)).toMatchObject({
      body: { oauthStatus: 'completed', requiresReauth: false },
    });
  });
});
