import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a stranger answers to what it was sent; null for nothing at all. */
export type StrangersAnswer = (request: string) => string | null;

/** An answer of HTTP, which keeps the connection. */
export function httpAnswer(status: string, body: string, type = 'application/json'): string {
  return `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** A program that is not ours where the OAuth service should be, and keeps every byte it gets. */
export class Stranger {
  private readonly chunks: Buffer[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async listen(
    answer: StrangersAnswer = () => httpAnswer('200 OK', '{"status":"ok"}'),
    port = 0,
  ): Promise<Stranger> {
    const server = createServer().listen(port, 'localhost');
    await once(server, 'listening');
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    const stranger = new Stranger(server, url);
    server.on('connection', (socket) => stranger.meet(socket, answer));
    return stranger;
  }

  /** All that it was ever sent, also what base64 hides. */
  get heard(): string {
    const text = Buffer.concat(this.chunks).toString('latin1');
    const words = text.split(/[^\w+/=-]+/).filter((word) => word.length > 15);
    return [text, ...words.map((word) => Buffer.from(word, 'base64').toString('latin1'))].join('\n');
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private meet(socket: Socket, answer: StrangersAnswer): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk) => {
      this.chunks.push(chunk);
      const text = answer(chunk.toString('latin1'));
      if (text !== null) socket.write(text);
    });
  }
}
