import { connect, type Socket } from 'node:net';

/** What one raw request was answered (status 0: nothing that arrived), and whether the server ended the connection. */
export interface RawAnswer {
  status: number;
  head: string;
  closed: boolean;
}

interface PostOptions {
  method?: string;
  headers?: Record<string, string>;
  /** Bytes that the head announces, and those that are sent: so many spaces, or these. */
  declared?: number;
  sent?: number | Buffer;
  /** Hangs up. */
  signal?: AbortSignal | undefined;
}

/** A POST whose head is sent and whose body is begun and never ended, as long as the server does not answer. */
export function unfinishedPost(
  url: string,
  path: string,
  { method = 'POST', headers = {}, declared = 9_800_000, sent = 1000, signal }: PostOptions = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const answer = (closed: boolean): void => {
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), head: text, closed });
      socket.destroy();
    };
    socket.setTimeout(15_000, () => answer(false));
    signal?.addEventListener('abort', () => answer(false));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    // Cut off while it still sends.
    socket.on('error', () => answer(true));
    socket.on('close', () => answer(true));
    const lines = Object.entries({
      host: `${hostname}:${port}`,
      'content-type': 'application/json',
      'content-length': String(declared),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.write(typeof sent === 'number' ? ' '.repeat(sent) : sent);
  });
}

/** Connections that ask again as soon as they are answered, until they are stopped. */
export class Flood {
  answered = 0;
  private stopped = false;
  private readonly sockets: Socket[] = [];

  constructor(url: string, connections: number, request: (n: number) => string) {
    const { hostname, port } = new URL(url);
    for (let n = 0; n < connections; n += 1) {
      const socket = connect(Number(port), hostname);
      const ask = (): void => {
        if (!this.stopped) socket.write(request(this.answered));
      };
      socket.on('connect', ask);
      socket.on('data', () => {
        this.answered += 1;
        ask();
      });
      socket.on('error', () => undefined);
      this.sockets.push(socket);
    }
  }

  stop(): void {
    this.stopped = true;
    for (const socket of this.sockets) socket.destroy();
  }
}

/** How long each of so many pieces of work took, one after the other, in milliseconds and sorted. */
export async function timed(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startedMs = performance.now();
    await work();
    took.push(performance.now() - startedMs);
  }
  return took.sort((a, b) => a - b);
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
