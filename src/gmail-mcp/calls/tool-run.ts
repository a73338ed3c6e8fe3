import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { type ErrorBody, toolErrorResult } from '../../errors/index.js';
import type { QuotaLeft } from '../../gmail/index.js';
import type { ReadText } from '../../policy/index.js';

/** Under which the `_meta` of a result tells what is left of the mailbox's quota (MCP 2025-11-25, section "_meta"). */
const quotaKey = 'evergrant/quota';

/** How one run of a tool ended: with what it found, in the form that is given to the caller, or with a refusal for the model to read. */
export type ToolRun = (
  | {
      status: 'ok';
      output: Record<string, unknown>;
      content: readonly ContentBlock[];
      structure: Record<string, unknown>;
      /** What the caller has put into drafts, in its own words. */
      drafted: readonly ReadText[];
    }
  | { status: 'refused'; error: ErrorBody }
) & {
  /** What is left of the mailbox's quota; null where that is not known, or nothing was asked of Gmail. */
  quota: QuotaLeft | null;
};

/** Tells the client how far a call is. */
export type ReportProgress = (done: number, total: number) => void;

/** What passes between a call and its client while it runs. */
export interface CallEvents {
  /** Aborts when the client hangs up. */
  signal: AbortSignal;
  progress?: ReportProgress;
}

/** As the SDK takes it. */
export function callToolResult(run: ToolRun): CallToolResult {
  const meta = run.quota === null ? {} : { _meta: { [quotaKey]: run.quota } };
  if (run.status === 'refused') return { ...toolErrorResult(run.error), ...meta };
  return { content: [...run.content], structuredContent: run.structure, ...meta };
}

/** The fields of {@link callToolResult} as JSON, in the SDK's order. */
export function resultFields(run: ToolRun): string {
  if (run.status === 'refused')
    return `"content":${JSON.stringify(toolErrorResult(run.error).content)},"isError":true`;
  return `"content":${JSON.stringify(run.content)},"structuredContent":${JSON.stringify(run.structure)}`;
}

/** What stands in the `_meta` of a result, as JSON without braces; empty for nothing. */
export function metaFields({ quota }: ToolRun): string {
  return quota === null ? '' : `${JSON.stringify(quotaKey)}:${JSON.stringify(quota)}`;
}
