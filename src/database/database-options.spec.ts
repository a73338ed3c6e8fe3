import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { isDatabaseUnavailable } from '../errors/index.js';
import { databaseOptions } from './database-options.js';

/** A message of PostgreSQL's protocol. */
function message(type: string, body: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + Buffer.byteLength(body));
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
}

const authenticated = message('R', '\0\0\0\0');
const ready = message('Z', 'I');
const farewell = message('E', 'SFATAL\0C57P01\0Mterminating connection\0\0');

it('a server that goes down the moment it has accepted a connection does not end the process', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([authenticated, ready, farewell])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `postgres://someone:secret@127.0.0.1:${(server.address() as AddressInfo).port}/any`;

  const failure = await new DataSource(databaseOptions(url)).initialize().catch((error: unknown) => error);
  expect(isDatabaseUnavailable(failure)).toBe(true);
  server.close();
});
