import type { CallToolResult } from '@modelcontextprotocol/server';
import { errorBody, type ErrorBody, type EvergrantError } from '../errors/index.js';

/**
 * An error as a tool result: a sentence for the model, then the error contract's fields as JSON.
 * Not as `structuredContent`, which would have to conform to the tool's output schema.
 */
export function toolErrorResult(error: EvergrantError): CallToolResult {
  const body = errorBody(error);
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
  return `Try again in ${retryAfterSeconds} seconds; nobody has to sign in again.`;
}
