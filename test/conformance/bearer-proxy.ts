import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Hands every request on to one MCP endpoint, as it came, with the bearer token that the suite does not send. */
export class BearerProxy {
  private target: { mcpUrl: string; mcpToken: string } | null = null;
  private readonly server: Server = createServer((request, response) => {
    if (this.target === null) return void response.writeHead(503).end();
    const { method, headers } = request;
    const authorization = `Bearer ${this.target.mcpToken}`;
    const onward = httpRequest(this.target.mcpUrl, { method, headers: { ...headers, authorization } });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });

  async listen(): Promise<void> {
    this.server.listen(0, 'localhost');
    await once(this.server, 'listening');
  }

  /** As an endpoint of MCP. */
  get url(): string {
    return `${this.origin}/mcp`;
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  leadTo(target: { mcpUrl: string; mcpToken: string }): void {
    this.target = target;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
