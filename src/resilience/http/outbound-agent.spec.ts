import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { networkFailure } from './network-failure.js';
import { outboundAgent } from './outbound-agent.js';

/** What tunnels were asked for. */
let asked: string[];
/** Answers every tunnel with this, and says no more. */
let answer: string;
const proxy = createServer((_request, response) => response.end('direct'));
proxy.on('connect', (request, socket) => {
  asked.push(request.url ?? '');
  socket.end(answer);
});
beforeEach(async () => {
  asked = [];
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  await once(proxy.close(), 'close');
});

function port(): number {
  return (proxy.address() as AddressInfo).port;
}

async function request(origin: string, { exceptFor = '', proxyPort = port() } = {}): Promise<unknown> {
  const url = `http://user:secret@127.0.0.1:${proxyPort}`;
  const agent = outboundAgent({ connectTimeoutMs: 2_000, maxResponseSize: 1_000, proxy: { url, exceptFor } });
  try {
    const { body } = await agent.request({ origin, method: 'POST', path: '/', body: 'once only' });
    return await body.text();
  } catch (error) {
    return networkFailure(error);
  } finally {
    await agent.destroy();
  }
}

describe('a request through a proxy', () => {
  it.each([
    ['403 Forbidden', 'proxy_refused'],
    ['407 Proxy Authentication Required', 'proxy_refused'],
    ['502 Bad Gateway', 'proxy_refused'],
  ])('that answers %s provably is not sent', async (status, kind) => {
    answer = `HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`;
    expect(await request('https://host.test')).toEqual({ kind, provablyNotSent: true });
    expect(asked).toEqual(['host.test:443']);
  });

  it('that says nothing provably is not sent', async () => {
    answer = '';
    expect(await request('https://host.test')).toMatchObject({ provablyNotSent: true });
  });

  it('that is not there provably is not sent', async () => {
    const failure = await request('https://host.test', { proxyPort: 1 });
    expect(failure).toEqual({ kind: 'connection_refused', provablyNotSent: true });
  });
});

it('a host of NO_PROXY is asked without the proxy, and so is this machine', async () => {
  const failure = await request('https://api.host.test', { exceptFor: 'other.test, .host.test' });
  expect(failure).toMatchObject({ provablyNotSent: true });
  for (const name of ['127.0.0.1', 'localhost'])
    expect(await request(`http://${name}:${port()}`)).toBe('direct');
  expect(asked).toEqual([]);
});
