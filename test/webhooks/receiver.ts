import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { until } from '../../sandbox/index.js';

/** A request as it came, whatever it was answered. */
export interface Arrival {
  id: string;
  type: string;
  instanceId: string | null;
  data: Record<string, unknown>;
  /** How the request was answered. */
  status: number;
  body: string;
  headers: Record<string, string>;
}

/** How a request is answered: with a status, with one and headers, or never. */
export type Reply = number | { status: number; headers: Record<string, string> } | 'hang';

/** A receiver of webhooks on this machine, such as a customer writes one. */
export class Receiver {
  readonly arrivals: Arrival[] = [];
  /** What the clocks of the test are ahead. */
  aheadSeconds = 0;
  reply: (arrival: Omit<Arrival, 'status'>) => Reply = () => 204;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    server.on('request', (request, response) => void receiver.receive(request, response));
    return receiver;
  }

  /** Forgets what came, and takes all again. */
  reset(): void {
    this.arrivals.length = 0;
    this.reply = () => 204;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Those of one instance that were taken, in the order in which they came. */
  taken(instanceId: string): Arrival[] {
    return this.arrivals.filter((arrival) => arrival.instanceId === instanceId && arrival.status < 300);
  }

  typesTaken(instanceId: string): string[] {
    return this.taken(instanceId).map(({ type }) => type);
  }

  /** Waits until so many of an instance were taken. */
  async takes(instanceId: string, count: number): Promise<Arrival[]> {
    await until(
      `${count} events of ${instanceId} are taken`,
      () => this.taken(instanceId).length >= count || null,
    );
    return this.taken(instanceId);
  }

  /** Whether a request is signed by the holder of the secret, whenever it was. */
  isSigned({ body, headers }: Pick<Arrival, 'body' | 'headers'>, secret: string): boolean {
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    const signature = new Webhook(secret).sign(headers['webhook-id'] ?? '', at, body);
    return (headers['webhook-signature'] ?? '').split(' ').includes(signature);
  }

  /** Whether a request is by the holder of the secret, at this moment of the test. */
  isGenuine({ body, headers }: Pick<Arrival, 'body' | 'headers'>, secret: string): boolean {
    // The library asks the machine for the time.
    const machine = Date.now;
    Date.now = () => machine() + this.aheadSeconds * 1_000;
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    } finally {
      Date.now = machine;
    }
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    const { type, data } = JSON.parse(body) as Pick<Arrival, 'type' | 'data'>;
    const instanceId = typeof data.instanceId === 'string' ? data.instanceId : null;
    const arrival = { id: headers['webhook-id'] ?? '', type, instanceId, data, body, headers };
    const reply = this.reply(arrival);
    const status = typeof reply === 'number' ? reply : reply === 'hang' ? 599 : reply.status;
    this.arrivals.push({ ...arrival, status });
    if (reply === 'hang') return;
    response.writeHead(status, typeof reply === 'number' ? {} : reply.headers).end('canary-answer');
  }
}
