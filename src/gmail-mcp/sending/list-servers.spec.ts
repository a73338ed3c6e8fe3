import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { HostResolver } from '../../resilience/index.js';
import { ListServers, ListServersOptions } from './list-servers.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Asked {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A list's server on loopback, and what it was asked. */
async function listServer(
  answer: RequestListener,
  host = '127.0.0.1',
): Promise<{ url: string; port: number; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    void text(request).then((body) => {
      asked.push({ method, url, headers, body });
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://${host}:${port}`, port, asked };
}

function resolvesTo(...addresses: string[]): HostResolver & { asked: string[] } {
  const asked: string[] = [];
  const resolver = async (host: string) => {
    asked.push(host);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return Object.assign(resolver, { asked });
}

function asking(resolver?: HostResolver, deadlineMs?: number): ListServers {
  return new ListServers(new ListServersOptions(true, false, resolver, deadlineMs));
}
function real(resolver?: HostResolver): ListServers {
  return new ListServers(new ListServersOptions(false, false, resolver));
}
const { signal } = new AbortController();

describe('the server of a list', () => {
  it('is asked with the form alone', async () => {
    const { url, asked } = await listServer((_request, response) =>
      response.writeHead(202, { 'set-cookie': 'a=b' }).end('Goodbye'),
    );
    const servers = asking();
    for (let round = 0; round < 2; round += 1)
      expect(await servers.ask(`${url}/u?c=1#part`, signal)).toEqual({ status: 'answered', httpStatus: 202 });
    expect(asked[1]).toMatchObject({ method: 'POST', url: '/u?c=1', body: 'List-Unsubscribe=One-Click' });
    expect(Object.keys(asked[1]!.headers).toSorted()).toEqual([
      ...['connection', 'content-length', 'content-type', 'host'],
    ]);
    expect(asked[1]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('leads nowhere else by a redirect', async () => {
    const other = await listServer((_request, response) => response.end());
    const { url } = await listServer((_request, response) =>
      response.writeHead(307, { location: other.url }).end(),
    );
    expect(await asking().ask(url, signal)).toEqual({ status: 'answered', httpStatus: 307 });
    expect(other.asked).toEqual([]);
  });

  it('is told by its status, and not read, however much it sends', async () => {
    const connection = { isOpen: true };
    const { url } = await listServer((_request, response) => {
      response.writeHead(500);
      const send = (): void => {
        while (connection.isOpen && response.write('x'.repeat(65_536)));
      };
      response.on('drain', send).on('close', () => (connection.isOpen = false));
      send();
    });
    expect(await asking().ask(url, signal)).toEqual({ status: 'answered', httpStatus: 500 });
    while (connection.isOpen) await new Promise((resolve) => setImmediate(resolve));
  });

  it('has only so much time', async () => {
    const { url } = await listServer(() => undefined);
    expect(await asking(undefined, 100).ask(url, signal)).toEqual({
      ...{ status: 'failed', kind: 'deadline_exceeded' },
    });
    const silent = () => new Promise<never>(() => undefined);
    expect(await asking(silent, 100).ask('https://news.example/', signal)).toEqual({
      ...{ status: 'failed', kind: 'deadline_exceeded' },
    });
  });

  it('is not asked any more after the caller has gone', async () => {
    const { url, asked } = await listServer((_request, response) => response.end());
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(asking().ask(url, gone)).rejects.toThrow('gone');
    expect(asked).toEqual([]);
  });

  it('is connected to under the address that was looked at', async () => {
    // A second look at the name would lead to 127.0.0.1, where nothing listens on this port.
    const { port, asked } = await listServer((_request, response) => response.end(), '127.0.0.2');
    const resolver = resolvesTo('127.0.0.2');
    expect(await asking(resolver).ask(`http://localhost:${port}/`, signal)).toEqual({
      ...{ status: 'answered', httpStatus: 200 },
    });
    expect([asked.length, resolver.asked]).toEqual([1, ['localhost']]);
  });

  it.each<[string, string[]]>([
    ['a private address', ['10.0.0.1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['loopback', ['127.0.0.1']],
    ['loopback in IPv6', ['::1']],
    ['loopback as a mapped address', ['::ffff:127.0.0.1']],
    ['a public and a private address', ['8.8.8.8', '192.168.0.1']],
    ['no address', []],
  ])('is not asked where its name leads to %s', async (_what, addresses) => {
    const resolver = resolvesTo(...addresses);
    expect(await real(resolver).ask('https://news.example/u', signal)).toEqual({ status: 'not_public' });
    expect(resolver.asked).toEqual(['news.example']);
  });

  it.each([
    'https://127.0.0.1/u',
    'https://[::1]/u',
    'https://0x7f000001/u',
    'https://2130706433/u',
    'https://169.254.169.254/latest',
    'https://[::ffff:10.0.0.1]/u',
    'https://[64:ff9b::a00:1]/u',
    'http://news.example/u',
    'https://news.example:8443/u',
    'https://user:pass@news.example/u',
    'ftp://news.example/u',
    'http://localhost:3000/u',
  ])('is not asked at %s', async (url) => {
    expect(await real(resolvesTo('8.8.8.8')).ask(url, signal)).toEqual({ status: 'not_public' });
  });

  it('is not asked over loopback by the name of another host, either', async () => {
    const servers = asking(resolvesTo('127.0.0.1'));
    expect(await servers.ask('https://news.example/u', signal)).toEqual({ status: 'not_public' });
  });

  it('is not asked behind a proxy, which resolves names by itself', () => {
    const servers = new ListServers(new ListServersOptions(false, true));
    expect(servers.takes(new URL('https://news.example/u'))).toBe(false);
    expect(real().takes(new URL('https://news.example/u'))).toBe(true);
  });

  it('has to prove its name over TLS', async () => {
    const { port } = await listServer((_request, response) => response.end());
    expect(await asking().ask(`https://localhost:${port}/`, signal)).toMatchObject({ status: 'failed' });
  });
});
