import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { classifyNetworkFailure } from '../classify-network-failure.js';
import { connectLimitedAgents } from './connect-limited-agents.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('gives up a connection that is not made in two seconds, which proves that nothing was sent', async () => {
  const socket = connectLimitedAgents().httpAgent.createConnection({
    host: 'nobody.test',
    port: 443,
    // A name that is never resolved stands for a host that never answers.
    lookup: () => undefined,
  });
  const failed = once(socket!, 'close').catch((error: unknown) => error);
  jest.advanceTimersByTime(2_000);
  expect(classifyNetworkFailure(await failed)).toMatchObject({
    errorCode: 'NETWORK_ERROR',
    reason: 'connection_timeout',
    provablyNotSent: true,
  });
});
