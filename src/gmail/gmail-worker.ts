// What a thread does, by name (src/gmail/threads/worker-threads.ts).
import type { ForeignHtml } from './answering/sanitized-html.js';

export { parseJson } from './client/parse-json.js';
export { bodyText as readBody } from './reading/body-text.js';

/** Loads what it needs when the first quotation does: threads that parse alone start sooner. */
export async function sanitizeHtml(foreign: ForeignHtml): Promise<string> {
  const { sanitizedHtml } = await import('./answering/sanitized-html.js');
  return sanitizedHtml(foreign);
}
