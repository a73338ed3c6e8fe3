import type { ErrorBody } from '../error-schema.js';

/** A `CallToolResult` of MCP (revision 2025-11-25, section Tools), as plain data. */
interface ToolErrorResult {
  isError: true;
  content: { type: 'text'; text: string }[];
  [field: string]: unknown;
}

/**
 * An error as a tool result: a sentence for the model, then the error contract's fields as JSON.
 * Not as `structuredContent`, which would have to conform to the tool's output schema.
 */
export function toolErrorResult(body: ErrorBody): ToolErrorResult {
  return {
    isError: true,
    content: [
      { type: 'text', text: toolErrorSentence(body) },
      { type: 'text', text: JSON.stringify(body) },
    ],
  };
}

/** What went wrong and what to do about it, for a model. */
export function toolErrorSentence(body: ErrorBody): string {
  return `${body.error}. ${whatToDo(body)}`.trimEnd();
}

function whatToDo({ connectUrl, requiresReauth, retryAfterSeconds }: ErrorBody): string {
  if (connectUrl !== undefined) {
    return `Show this link to the owner of the mailbox, who has to open it: ${connectUrl}`;
  }
  if (requiresReauth) return 'The owner of the mailbox has to connect it again.';
  if (retryAfterSeconds === undefined) return '';
  return `Try again in ${retryAfterSeconds} seconds; no new sign-in is needed.`;
}
