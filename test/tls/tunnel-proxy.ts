import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { privateCertificate } from './private-authority.js';

/**
 * A proxy that wants a password, and behind it hosts that only it can reach: whatever they are called, each is the same
 * https front of one plain http server.
 */
export class TunnelProxy {
  /** The tunnels that were opened, as `host:port`. */
  readonly opened: string[] = [];
  private readonly front;
  private readonly proxy;

  private constructor(private readonly target: URL) {
    this.front = createTlsServer(privateCertificate, (socket) => {
      const upstream = connect(Number(this.target.port), '127.0.0.1');
      for (const end of [socket, upstream]) end.on('error', () => end.destroy());
      socket.pipe(upstream).pipe(socket);
    });
    this.proxy = createServer();
    this.proxy.on('connect', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const expected = `Basic ${Buffer.from('evergrant:p@ss').toString('base64')}`;
      if (request.headers['proxy-authorization'] !== expected) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      this.opened.push(request.url ?? '');
      const tunnel = connect((this.front.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        if (head.length > 0) tunnel.write(head);
        tunnel.pipe(socket).pipe(tunnel);
      });
      tunnel.on('error', () => socket.destroy());
    });
  }

  static async before(target: string): Promise<TunnelProxy> {
    const made = new TunnelProxy(new URL(target));
    for (const server of [made.front, made.proxy]) await once(server.listen(0, '127.0.0.1'), 'listening');
    return made;
  }

  get url(): string {
    return `http://evergrant:p%40ss@127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  close(): void {
    this.proxy.close();
    this.proxy.closeAllConnections();
    this.front.close();
  }
}
