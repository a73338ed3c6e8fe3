import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DeadService {
  url: string;
  /** Methods of the requests that reached it, in their order. */
  requests: string[];
  close(): Promise<void>;
}

/** An OAuth service that resets every connection, and counts who tried. */
export async function startDeadService(): Promise<DeadService> {
  const requests: string[] = [];
  const server = createServer((request) => {
    requests.push(request.method ?? '');
    request.socket.resetAndDestroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
