import {
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
  type McpHandlerRequestOptions,
} from '@modelcontextprotocol/server';

/** Has a server answer one request of the older revisions in JSON, which the SDK's own handler never does. */
export async function jsonAnswer(
  server: McpServer,
  request: Request,
  options: McpHandlerRequestOptions = {},
): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  request.signal.addEventListener('abort', () => void server.close(), { once: true });
  try {
    return await transport.handleRequest(request, options);
  } finally {
    await server.close();
  }
}
