import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { type ErrorBody, toolErrorSentence } from '../../errors/index.js';
import type { ToolRun } from '../calls/tool-run.js';
import { mayWatch, usableTools } from '../calls/tools-of-instance.js';
import type { McpCaller } from '../guards/mcp-request.js';
import {
  mailboxResource,
  resourceMimeType,
  resourceRead,
  resourceTemplatesOf,
} from '../resources/mail-resources.js';
import type { AskedCalls } from './asked-calls.js';
import { namingTools } from '../naming/tool-names.js';
import { requireFirstPage } from './one-page.js';

/** Answers the methods of resources for one caller. There are too many messages to list: searching finds them. */
export function serveResources({ server }: McpServer, caller: McpCaller, calls: AskedCalls): void {
  const { instance } = caller;
  server.setRequestHandler('resources/list', ({ params }) => {
    requireFirstPage(params);
    return { resources: mayWatch(instance) ? [namingTools(instance, mailboxResource)] : [] };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    requireFirstPage(params);
    const usable = usableTools(instance).map(({ name }) => name);
    return { resourceTemplates: resourceTemplatesOf(new Set(usable)) };
  });
  server.setRequestHandler('resources/read', async ({ params: { uri } }, { mcpReq }) => {
    const read = resourceRead(uri);
    if (read === null) throw new ResourceNotFoundError(uri);
    // As text in any case: a resource has no structured content.
    const asText: McpCaller = { ...caller, resultForm: () => 'text' };
    return calls.answer(read, asText, mcpReq, (run) => resourceResult(uri, run));
  });
}

/** @throws ProtocolError for a refusal: a resource has no result for it */
export function resourceResult(uri: string, run: ToolRun): ReadResourceResult {
  if (run.status === 'refused') throw resourceError(uri, run.error);
  const [first] = run.content;
  const text = first?.type === 'text' ? first.text : '';
  return { contents: [{ uri, mimeType: resourceMimeType, text }] };
}

/** -32602 for what there is not, with the URI as its data (2026-07-28, Resources); else -32603 with the error fields. */
function resourceError(uri: string, body: ErrorBody): ProtocolError {
  // What Gmail would take for no id names no message either.
  if (body.errorCode === 'NOT_FOUND' || body.errorCode === 'VALIDATION_FAILED')
    return new ResourceNotFoundError(uri);
  return new ProtocolError(ProtocolErrorCode.InternalError, toolErrorSentence(body), body);
}
