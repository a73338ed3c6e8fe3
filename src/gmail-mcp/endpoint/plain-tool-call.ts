import {
  classifyInboundRequest,
  isSpecType,
  SUPPORTED_PROTOCOL_VERSIONS,
  type CallToolRequest,
} from '@modelcontextprotocol/server';
import type { McpRequest } from '../guards/mcp-request.js';
import { acceptedForm, type AnswerForm } from './accepted-form.js';
import { gmailTools, type GmailTool } from '../tools/index.js';

/** A call of a tool, and nothing else: its answer is the tool's result in the form of its era. */
export interface PlainToolCall {
  id: string | number;
  tool: GmailTool;
  input: unknown;
  /** `modern` is revision 2026-07-28, answered in JSON; `legacy` are those before, answered in the client's form. */
  era: Era;
  /** What the client takes. */
  form: AnswerForm;
}

type Era = 'modern' | 'legacy';

const modernRevision = '2026-07-28';
const protocolPrefix = 'io.modelcontextprotocol/';
const envelope = ['protocolVersion', 'clientInfo', 'clientCapabilities'].map((key) => protocolPrefix + key);
const knownMetaKeys = { modern: new Set(envelope), legacy: new Set<string>() } as const;
const legacyRevisions: ReadonlySet<string> = new Set(SUPPORTED_PROTOCOL_VERSIONS);
const toolsByName = new Map(gmailTools.map((tool) => [tool.name, tool]));

/**
 * The request as a plain tool call, or null for all that the SDK might answer in another way: other methods, batches,
 * unknown tools, headers that contradict the body, parameters and metadata that ask for more. In doubt it is not plain.
 */
export function plainToolCall(request: McpRequest): PlainToolCall | null {
  const form = acceptedForm(request.headers.accept);
  if (form === null) return null;
  const { body } = request;
  if (!isSpecType.CallToolRequest(body) || !asksForNothingElse(body.params)) return null;
  const tool = toolsByName.get(body.params.name);
  const era = tool && eraOf(request, tool);
  if (!era || !hasPlainMeta(body.params, era)) return null;
  const { id } = body as unknown as { id: string | number };
  return { id, tool, input: body.params.arguments, era, form };
}

function asksForNothingElse({ name: _name, arguments: _input, _meta, ...rest }: CallToolRequest['params']) {
  return Object.keys(rest).length === 0;
}

function hasPlainMeta({ _meta = {} }: CallToolRequest['params'], era: Era): boolean {
  return Object.keys(_meta).every((key) => !key.startsWith(protocolPrefix) || knownMetaKeys[era].has(key));
}

/** The era by the SDK's own verdict; null if it would refuse the request, or if a header that it asks for is away. */
function eraOf({ method, headers, body }: McpRequest, { name }: GmailTool): Era | null {
  const [version, mcpMethod, mcpName] = ['mcp-protocol-version', 'mcp-method', 'mcp-name'].map((header) =>
    headers[header]?.toString(),
  );
  const route = classifyInboundRequest({
    httpMethod: method,
    body,
    ...(version !== undefined && { protocolVersionHeader: version }),
    ...(mcpMethod !== undefined && { mcpMethodHeader: mcpMethod }),
  });
  if (route.kind === 'legacy' && route.reason === 'no-claim')
    return version === undefined || legacyRevisions.has(version) ? 'legacy' : null;
  const isModern = route.kind === 'modern' && version === modernRevision;
  return isModern && mcpMethod === 'tools/call' && mcpName === name ? 'modern' : null;
}
