import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { until } from '../../sandbox/index.js';
import { Deployment, type Mailbox } from './deployment.js';
import { structureUrl } from '../harness/structured-answers.js';

// Whole processes, up to two for a test.
jest.setTimeout(120_000);

let deployment: Deployment;
beforeEach(async () => {
  deployment = await Deployment.create();
});
afterEach(() => deployment.remove());

async function searchMessages({ mcpUrl, mcpToken }: Mailbox) {
  const client = new Client({ name: 'evergrant-tests', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${mcpToken}` } };
  await client.connect(new StreamableHTTPClientTransport(structureUrl(mcpUrl), { requestInit }));
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

describe('SIGTERM with a drain time', () => {
  it('tells load balancers to leave, serves those who come meanwhile, and ends at a second signal', async () => {
    const evergrant = await deployment.start({ SHUTDOWN_DRAIN_SECONDS: '600' });
    const mailbox = await deployment.connectedMailbox();
    const probe = (path: string) => fetch(`${deployment.url}${path}`);
    expect((await probe('/health/ready')).headers.get('connection')).toBe('keep-alive');

    process.kill(evergrant.pid, 'SIGTERM');
    await until('not ready', async () => (await probe('/health/ready')).status === 503);
    for (const path of ['/health/ready', '/health']) {
      const answer = await probe(path);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      const said = { errorCode: 'SERVICE_UNAVAILABLE', reason: 'shutting_down', status: 'shutting_down' };
      expect(await answer.json()).toMatchObject(said);
    }
    expect((await probe('/health/live')).status).toBe(200);
    const served = await probe('/api/openapi.json');
    expect([served.status, served.headers.get('connection')]).toEqual([200, 'close']);
    expect((await searchMessages(mailbox)).isError).not.toBe(true);

    expect(await evergrant.stop('SIGTERM')).toBe(0);
  });

  it('ends when that time is over, and Ctrl-C waits for none', async () => {
    const drained = await deployment.start({ SHUTDOWN_DRAIN_SECONDS: '1' });
    const sentAt = performance.now();
    expect(await drained.stop('SIGTERM')).toBe(0);
    expect(performance.now() - sentAt).toBeGreaterThan(1_000);
    const interrupted = await deployment.start({ SHUTDOWN_DRAIN_SECONDS: '600' });
    expect(await interrupted.stop('SIGINT')).toBe(0);
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
