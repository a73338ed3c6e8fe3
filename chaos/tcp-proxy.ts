import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  client: Socket;
  server: Socket;
  /** What the client has sent since the proxy holds. */
  held: Buffer[];
}

/** A network between two processes, which can be stopped, cut and taken away. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private listener: Server | null = null;
  private heldSince: number | null = null;

  private constructor(
    readonly port: number,
    private readonly target: () => number | undefined,
  ) {}

  /** @param target the port on this machine that a new connection is led to; none: it is cut */
  static async start(port: number, target: () => number | undefined): Promise<TcpProxy> {
    const proxy = new TcpProxy(port, target);
    await proxy.accept();
    return proxy;
  }

  /** When it began to hold, as its caller said; null while it does not. */
  get heldSinceMs(): number | null {
    return this.heldSince;
  }

  /** Keeps back what clients send from now on; answers still pass. */
  hold(nowMs: number): void {
    this.heldSince = nowMs;
  }

  /** Whether something that is kept back contains this text. */
  holds(text: string): boolean {
    return [...this.pairs].some(({ held }) => Buffer.concat(held).includes(text));
  }

  /** Sends on what was kept back, of the connections that are still there. */
  resume(): void {
    this.heldSince = null;
    for (const { server, held } of this.pairs) for (const chunk of held.splice(0)) server.write(chunk);
  }

  /** Resets all connections; what was kept back never arrives. */
  cut(): void {
    for (const { client, server } of this.pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
    this.pairs.clear();
  }

  /** New connections are refused; those there are stay. */
  refuse(): void {
    this.listener?.close();
    this.listener = null;
  }

  async accept(): Promise<void> {
    if (this.listener !== null) return;
    this.listener = createServer((client) => this.pair(client)).listen(this.port, 'localhost');
    await once(this.listener, 'listening');
  }

  close(): void {
    this.refuse();
    this.cut();
  }

  private pair(client: Socket): void {
    const target = this.target();
    if (target === undefined) {
      client.resetAndDestroy();
      return;
    }
    const pair: Pair = { client, server: connect(target, 'localhost'), held: [] };
    this.pairs.add(pair);
    const { server, held } = pair;
    for (const socket of [client, server]) {
      socket.setNoDelay();
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(pair);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (this.heldSince !== null) held.push(chunk);
      else server.write(chunk);
    });
    server.on('data', (chunk) => client.write(chunk));
  }
}
