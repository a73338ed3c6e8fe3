import { structureUrl, unfenced } from '../harness/structured-answers.js';
import type { CreatedInstance } from '../harness/test-app.js';

export interface ToolAnswer {
  isError: boolean;
  /** The error fields of a refusal. */
  error: Record<string, unknown>;
  structured: Record<string, unknown>;
  /** All of it, as it came. */
  text: string;
}

interface RpcAnswer {
  id: number;
  result: {
    tools?: { name: string }[];
    isError?: boolean;
    content?: { text: string }[];
    structuredContent?: Record<string, unknown>;
  };
}

async function post(
  { mcpUrl, mcpToken }: CreatedInstance,
  body: unknown,
  signal: AbortSignal | null = null,
): Promise<string> {
  const response = await fetch(structureUrl(mcpUrl), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${mcpToken}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
    signal,
  });
  return response.text();
}

function answersIn(text: string): RpcAnswer[] {
  const events = [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => data ?? '');
  return (events.length === 0 ? [text] : events).flatMap(
    (each) => JSON.parse(each) as RpcAnswer[] | RpcAnswer,
  );
}

function toolAnswer({ result }: RpcAnswer): ToolAnswer {
  const isError = result.isError === true;
  const last = result.content?.at(-1)?.text ?? '{}';
  return {
    isError,
    error: isError ? (JSON.parse(last) as Record<string, unknown>) : {},
    structured: unfenced(result.structuredContent ?? {}),
    text: JSON.stringify(result),
  };
}

/** Calls tools in one request, as an array if there are several; the answers come in the order of the calls. */
export async function callTools(
  instance: CreatedInstance,
  ...calls: readonly [name: string, input: object][]
): Promise<ToolAnswer[]> {
  const messages = calls.map(([name, input], id) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: input },
  }));
  const text = await post(instance, messages.length === 1 ? messages[0] : messages);
  return answersIn(text)
    .sort((one, other) => one.id - other.id)
    .map(toolAnswer);
}

/** @param signal hangs up */
export async function callTool(
  instance: CreatedInstance,
  name: string,
  input = {},
  signal?: AbortSignal,
): Promise<ToolAnswer> {
  const params = { name, arguments: input };
  const [answer] = answersIn(
    await post(instance, { jsonrpc: '2.0', id: 0, method: 'tools/call', params }, signal),
  );
  return toolAnswer(answer!);
}

export async function listTools(instance: CreatedInstance): Promise<string[]> {
  const text = await post(instance, { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
  return (answersIn(text)[0]?.result.tools ?? []).map(({ name }) => name);
}
