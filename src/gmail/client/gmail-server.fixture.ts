import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { json } from 'node:stream/consumers';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers with a status and JSON, or a string as it is. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A loopback HTTP server that gives scripted answers in order, the last one again and again. */
export class GmailServer {
  readonly requests: { path: string; authorization: string | undefined }[] = [];
  /** What was POSTed, whole, in order. */
  readonly posts: { path: string; body: unknown }[] = [];
  readonly sockets = new Set<Socket>();
  private answers: Answer[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.on('connection', (socket) => this.sockets.add(socket));
  }

  static async start(): Promise<GmailServer> {
    const gmail = new GmailServer();
    gmail.server.listen(0, '127.0.0.1');
    await once(gmail.server, 'listening');
    return gmail;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  script(...answers: Answer[]): void {
    this.answers = answers;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    this.requests.push({ path, authorization: request.headers.authorization });
    if (request.method === 'POST') this.posts.push({ path, body: await json(request) });
    const next = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    next?.(request, response);
  }
}
