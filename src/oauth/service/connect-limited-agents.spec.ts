import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { unanswered } from '../http/unanswered.js';
import { connectLimitedAgents } from './connect-limited-agents.js';

afterEach(() => void jest.useRealTimers());

it('gives up a connection that is not made in two seconds, which proves that nothing was sent', async () => {
  jest.useFakeTimers();
  const socket = connectLimitedAgents().httpAgent.createConnection({
    host: 'silent.test',
    port: 443,
    // A name that is never resolved stands for a host that never answers.
    lookup: () => undefined,
  });
  const failed = once(socket!, 'close').catch((error: unknown) => error);
  jest.advanceTimersByTime(2_000);
  expect(unanswered(await failed)).toMatchObject({
    errorCode: 'NETWORK_ERROR',
    reason: 'connection_timeout',
    provablyNotSent: true,
  });
});

describe('a connection that is reset by the other side', () => {
  async function failureOf(agent: 'httpAgent' | 'httpsAgent'): Promise<unknown> {
    const server = createServer((socket: Socket) => socket.once('data', () => socket.resetAndDestroy()));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connectLimitedAgents()[agent].createConnection({ host: '127.0.0.1', port })!;
    const failed = once(socket, 'close').catch((error: unknown) => error);
    if (agent === 'httpAgent') socket.write('POST / HTTP/1.1\r\n');
    const failure = await failed;
    await once(server.close(), 'close');
    return failure;
  }

  it('provably carried no request before it was secure', async () => {
    expect(unanswered(await failureOf('httpsAgent'))).toMatchObject({
      reason: 'connection_reset',
      provablyNotSent: true,
    });
  });

  it('may have carried one once it was made', async () => {
    expect(unanswered(await failureOf('httpAgent'))).toMatchObject({
      reason: 'connection_reset',
      provablyNotSent: false,
    });
  });
});
