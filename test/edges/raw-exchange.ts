import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface RawExchange {
  /** What the server sent before it closed the connection. */
  received: string;
  /** How long it left the connection open, in milliseconds. */
  openMs: number;
}

/** Sends bytes as they are; `drip` goes on byte by byte, every 20 ms, until the server closes the connection. */
export async function rawExchange(port: number, text: string, { drip = '' } = {}): Promise<RawExchange> {
  const socket = connect(port, '127.0.0.1');
  const startedAt = performance.now();
  let received = '';
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  socket.on('data', (chunk) => (received += chunk.toString()));
  // Writing to what the server has closed just now is no fault of the test.
  socket.on('error', () => undefined);
  socket.write(text);
  const dripping = new AbortController();
  void closed.then(() => dripping.abort());
  for (const byte of drip) {
    if (dripping.signal.aborted) break;
    socket.write(byte);
    await wait(20, undefined, { signal: dripping.signal }).catch(() => undefined);
  }
  await closed;
  return { received, openMs: performance.now() - startedAt };
}
