import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import type { ErrorCode, toolErrorResult } from '../../errors/index.js';

/** How one run of a tool ended: with what it found, also as JSON, or with a refusal for the model to read. */
export type ToolRun =
  | { status: 'ok'; output: Record<string, unknown>; json: string; shown: readonly ContentBlock[] }
  | { status: 'refused'; errorCode: ErrorCode; result: ReturnType<typeof toolErrorResult> };

/** As the SDK takes it: what was found as data, and once more as text for clients that know no structured content. */
export function callToolResult(run: ToolRun): CallToolResult {
  if (run.status === 'refused') return run.result;
  return { content: [{ type: 'text', text: run.json }, ...run.shown], structuredContent: run.output };
}

/** The fields of {@link callToolResult} as JSON, in the SDK's order; what was found is not written a second time. */
export function resultFields(run: ToolRun): string {
  if (run.status === 'refused') return `"content":${JSON.stringify(run.result.content)},"isError":true`;
  const shown = run.shown.map((block) => `,${JSON.stringify(block)}`).join('');
  return `"content":[{"type":"text","text":${JSON.stringify(run.json)}}${shown}],"structuredContent":${run.json}`;
}
