import type { EvergrantError } from '../evergrant-error.js';
import type { ErrorBody } from '../error-schema.js';
import { errorBody } from './rest.js';

/** A `CallToolResult` of MCP (revision 2025-11-25, section Tools), as plain data. */
interface ToolErrorResult {
  isError: true;
  content: { type: 'text'; text: string }[];
  [field: string]: unknown;
}

/**
 * An error as a tool result: a sentence for the model, then the error contract's fields as JSON.
 * Not as `structuredContent`, which would have to conform to the tool's output schema.
 * @param readable what a model may see of the fields; they may repeat what strangers wrote
 */
export function toolErrorResult(
  error: EvergrantError,
  readable: (body: ErrorBody) => ErrorBody,
): ToolErrorResult {
  const body = readable(errorBody(error));
  return {
    isError: true,
    content: [
      { type: 'text', text: `${body.error}. ${whatToDo(body)}`.trimEnd() },
      { type: 'text', text: JSON.stringify(body) },
    ],
  };
}

function whatToDo({ connectUrl, requiresReauth, retryAfterSeconds }: ErrorBody): string {
  if (connectUrl !== undefined) {
    return `Show this link to the owner of the mailbox, who has to open it: ${connectUrl}`;
  }
  if (requiresReauth) return 'The owner of the mailbox has to connect it again.';
  if (retryAfterSeconds === undefined) return '';
  return `Try again in ${retryAfterSeconds} seconds; no new sign-in is needed.`;
}
