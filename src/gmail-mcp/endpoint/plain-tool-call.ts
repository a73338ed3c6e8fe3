import { callerOf, isPersonCaller, type McpCaller, type McpRequest } from '../guards/mcp-request.js';
import { toolCalled } from '../naming/tool-names.js';
import { type Era, eraOf } from '../serving/protocol-era.js';
import type { GmailTool } from '../tools/index.js';
import { acceptedForm, type AnswerForm } from './accepted-form.js';

/** A call of a tool, and nothing else: its answer is the tool's result in the form of its era. */
export interface PlainToolCall {
  id: string | number;
  caller: McpCaller;
  tool: GmailTool;
  input: unknown;
  /** `modern` is answered in JSON; `legacy` in the client's form. */
  era: Era;
  /** Whether the client can be asked to have a person open a URL. */
  takesUrls: boolean;
  /** What the client takes. */
  form: AnswerForm;
}

interface CallMessage {
  id: string | number;
  params: { name: string; arguments?: Record<string, unknown>; _meta?: unknown };
}

const messageFields: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params']);
const paramFields: ReadonlySet<string> = new Set(['name', 'arguments', '_meta']);

/**
 * The request as a plain tool call, or null for all that the SDK might answer in another way: other methods, batches,
 * unknown tools, headers that contradict the body, parameters and metadata that ask for more. In doubt it is not plain.
 */
export function plainToolCall(request: McpRequest): PlainToolCall | null {
  const { method, headers, body } = request;
  const form = acceptedForm(headers.accept);
  if (form === null || method !== 'POST' || !isCallMessage(body)) return null;
  const { id, params } = body;
  const caller = callerOf(request);
  // Of which mailbox a person's call is, its arguments say.
  if (isPersonCaller(caller)) return null;
  const tool = toolCalled(caller.instance, params.name);
  if (tool === undefined) return null;
  const claim = {
    version: headerOf(headers, 'mcp-protocol-version'),
    mcpMethod: headerOf(headers, 'mcp-method'),
    meta: params._meta,
  };
  const verdict = eraOf(claim);
  if (verdict === null) return null;
  if (verdict.era === 'modern' && headerOf(headers, 'mcp-name') !== params.name) return null;
  return { id, caller, tool, input: params.arguments, ...verdict, form };
}

function headerOf(headers: McpRequest['headers'], name: string): string | undefined {
  return headers[name]?.toString();
}

/** JSON-RPC 2.0, and what the protocol's schema says of `tools/call`, but for `_meta`; nothing beside it. */
function isCallMessage(body: unknown): body is CallMessage {
  if (!isObjectOf(messageFields, body) || body.jsonrpc !== '2.0' || body.method !== 'tools/call')
    return false;
  const { id, params } = body;
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) return false;
  if (!isObjectOf(paramFields, params) || typeof params.name !== 'string') return false;
  return params.arguments === undefined || isObject(params.arguments);
}

function isObjectOf(fields: ReadonlySet<string>, value: unknown): value is Record<string, unknown> {
  return isObject(value) && Object.keys(value).every((name) => fields.has(name));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
