import type { McpServer, ServerContext } from '@modelcontextprotocol/server';

type Handler = (request: unknown, context: ServerContext) => unknown;

/** The handlers that a part of the product sets, for a server that answers some requests itself. */
export class RecordedHandlers {
  private readonly handlers = new Map<string, Handler>();

  /** @param serve sets them on what it takes for a server */
  constructor(serve: (server: McpServer) => void) {
    const server = {
      setRequestHandler: (method: string, handler: Handler) => this.handlers.set(method, handler),
    };
    serve({ server } as unknown as McpServer);
  }

  /** The product's own answer. */
  async answer<Result>(method: string, request: unknown, context: ServerContext): Promise<Result> {
    const handler = this.handlers.get(method);
    if (handler === undefined) throw new Error(`The product does not answer ${method}`);
    return (await handler(request, context)) as Result;
  }
}
