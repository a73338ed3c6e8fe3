import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { startBareApp } from './bare-app.js';

const limits = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, checkEveryMs: 60_000 };

it.each([
  ['has sent nothing', ''],
  ['has sent half a request', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['was answered and is kept alive', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
])('the end is not held up by a connection that %s', async (_what, text) => {
  const app = await startBareApp('https://evergrant.example.com', limits);
  const socket = connect(app.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.resume();
  const closed = once(socket, 'close');
  socket.write(text);
  // Answered, the server has read what the other connection sent before.
  await fetch(`http://127.0.0.1:${app.port}/`, { headers: { connection: 'close' } });
  const startedAt = performance.now();
  await app.stop();
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
