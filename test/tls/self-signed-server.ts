import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Of localhost, by itself, until 2100. The key guards nothing: no client has a reason to trust it. */
const cert = `-----BEGIN CERTIFICATE-----
MIIBaDCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEwMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOcTSbnvOtYEEsuB
CpXCCbNfDxRvrC+89FJSZ4h2K9BHDKP3n3PppM22hooM+TN7r06nq44RKbfZG+NH
SRVOjxCjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBTZ03tiJ6t8c1/aC3GN8QMrKE3nuzAKBggqhkjOPQQD
AgNJADBGAiEA6x09XJjx7nGs75hOO12dbeAdjN3P52J0uLYkfmhL59sCIQCRUCzb
RFafdwmkTwyimlxLS2f9nERlKYF4jcd1nRtcAQ==
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/xZIOkYcWs5h74pi
/hpEdJj1r57vC2D2m/OgqzTd75qhRANCAATnE0m57zrWBBLLgQqVwgmzXw8Ub6wv
vPRSUmeIdivQRwyj959z6aTNtoaKDPkze69Op6uOESm32RvjR0kVTo8Q
-----END PRIVATE KEY-----`;

/** A loopback HTTPS server whose certificate no client trusts; it keeps what is sent to it all the same. */
export class SelfSignedServer {
  readonly received: string[] = [];
  connections = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SelfSignedServer> {
    const server = createServer({ cert, key });
    const started = new SelfSignedServer(server);
    server.on('connection', () => (started.connections += 1));
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        started.received.push(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
