import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { Pool } from 'undici';
import { connector } from './connector.js';
import { networkFailure } from './network-failure.js';

let server: Server;
afterEach(async () => {
  await once(server.close(), 'close');
});

/** What a request fails with at a server that does this with every connection once something has come over it. */
async function failureOf(scheme: 'http' | 'https', onFirstData: (socket: Socket) => void): Promise<unknown> {
  server = createServer((socket) =>
    socket.on('error', () => undefined).once('data', () => onFirstData(socket)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = new Pool(`${scheme}://127.0.0.1:${port}`, { connect: connector(1_000) });
  try {
    return await pool
      .request({ method: 'POST', path: '/', body: 'once only' })
      .catch((error: unknown) => error);
  } finally {
    await pool.destroy();
  }
}

it.each<[string, (socket: Socket) => void, string]>([
  ['is reset', (socket) => socket.resetAndDestroy(), 'connection_reset'],
  ['ends', (socket) => socket.end(), 'connection_reset'],
  ['is no TLS', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tls_failure'],
])('proves that nothing was sent when the TLS handshake %s', async (_how, onFirstData, kind) => {
  expect(networkFailure(await failureOf('https', onFirstData))).toEqual({ kind, provablyNotSent: true });
});

it.each<[string, (socket: Socket) => void, string]>([
  ['is reset', (socket) => socket.resetAndDestroy(), 'connection_reset'],
  ['ends', (socket) => socket.end(), 'connection_reset'],
  ['answers something else', (socket) => socket.end('220 mail ESMTP\r\n'), 'malformed_response'],
])('proves nothing when the connection %s after the request', async (_how, onFirstData, kind) => {
  expect(networkFailure(await failureOf('http', onFirstData))).toEqual({ kind, provablyNotSent: false });
});
