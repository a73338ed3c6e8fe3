import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** What a request meets on its way to the OAuth service. */
export type WireFault =
  /** Something else answers in the service's place. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body: string }
  /** The request never reaches the service, and its caller never hears. */
  | { kind: 'hang' | 'reset' }
  /** The service does its work, and its answer never arrives. */
  | { kind: 'hang-after' }
  | { kind: 'reset-after' }
  /** The service does its work, and its answer arrives byte by byte. */
  | { kind: 'drip-after'; everyMs: number };

/** The way from the chain to the OAuth service, on which answers get lost at will. */
export class ServiceWire {
  /** Methods and paths of all that came by. */
  readonly seen: string[] = [];
  private faults: { fault: WireFault; method: string; path: string; times: number }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** `serviceUrl` is asked for anew with each request, so that the service may move or be gone. */
  static async start(serviceUrl: () => string): Promise<ServiceWire> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const wire = new ServiceWire(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (incoming, outgoing) => void wire.serve(serviceUrl(), incoming, outgoing));
    return wire;
  }

  /** Puts a fault in the way of requests of this method whose path begins so. */
  cut(fault: WireFault, { method = 'POST', path = '/', times = Infinity } = {}): void {
    this.faults.push({ fault, method, path, times });
  }

  /** Puts a fault in the way of all that is asked about tokens, but not of the hello, which the service answers. */
  cutTokens(fault: WireFault): void {
    for (const method of ['GET', 'POST']) this.cut(fault, { method, path: '/token/' });
  }

  mend(): void {
    this.faults = [];
    this.seen.length = 0;
  }

  /** Resolves when the next request of this method whose path begins so has come by. */
  async passed(method: string, path = '/'): Promise<void> {
    for (;;) {
      const [incoming] = (await once(this.server, 'request')) as [IncomingMessage];
      if (incoming.method === method && incoming.url?.startsWith(path)) return;
    }
  }

  posts(): number {
    return this.seen.filter((line) => line.startsWith('POST')).length;
  }

  /** May be called more than once. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(
    serviceUrl: string,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const { method = '', url = '' } = incoming;
    this.seen.push(`${method} ${url}`);
    const body = await buffer(incoming);
    const fault = this.take(method, url);
    switch (fault?.kind) {
      case 'answer':
        outgoing
          .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
          .end(fault.body);
        return;
      case 'hang':
        return;
      case 'reset':
        incoming.socket.resetAndDestroy();
        return;
      case 'hang-after':
      case 'reset-after':
      case 'drip-after':
      case undefined: {
        const answer = request(serviceUrl + url, { method, headers: incoming.headers }).end(body);
        const [response] = (await once(answer, 'response')) as [IncomingMessage];
        const text = await buffer(response);
        if (fault?.kind === 'hang-after') return;
        if (fault?.kind === 'reset-after') {
          incoming.socket.resetAndDestroy();
          return;
        }
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        if (fault?.kind === 'drip-after') Readable.from(drops(text, fault.everyMs)).pipe(outgoing);
        else outgoing.end(text);
      }
    }
  }

  private take(method: string, url: string): WireFault | undefined {
    const found = this.faults.find(
      (entry) => entry.method === method && url.startsWith(entry.path) && entry.times > 0,
    );
    if (found) found.times -= 1;
    return found?.fault;
  }
}

async function* drops(bytes: Buffer, everyMs: number): AsyncGenerator<Buffer> {
  for (const byte of bytes) {
    yield Buffer.of(byte);
    await pause(everyMs, undefined, { ref: false });
  }
}
