import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const head = /^HTTP\/1\.1 (\d{3}) [^]*?\r\ncontent-length: (\d+)\r\n[^]*?\r\n\r\n/i;

export interface BareAnswer {
  status: number;
  body: string;
}

/**
 * A caller on a kept-alive connection of its own. It does as little as a caller can, for it runs beside what it
 * measures, where a real one runs elsewhere: its requests are written once, and it knows answers with a length only.
 */
export class BareCaller {
  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {}

  static async connect(url: string): Promise<BareCaller> {
    const { hostname, port, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new BareCaller(socket.setEncoding('utf8'), host);
  }

  /** The text of a GET, to be sent as often as one likes. */
  request(path: string, headers: Record<string, string> = {}): string {
    const lines = Object.entries({ host: this.host, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  }

  /** One request after the other. Rejects when the connection breaks. */
  send(request: string): Promise<BareAnswer> {
    return new Promise((resolve, reject) => {
      let received = '';
      const end = () => {
        this.socket.removeAllListeners();
      };
      this.socket.once('close', () => {
        end();
        reject(new Error(`${this.host} closed a connection`));
      });
      this.socket.on('error', () => undefined);
      this.socket.on('data', (text: string) => {
        received += text;
        const [whole, status, length] = head.exec(received) ?? [];
        if (whole === undefined) return;
        const body = received.slice(whole.length);
        if (Buffer.byteLength(body) < Number(length)) return;
        end();
        resolve({ status: Number(status), body });
      });
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
