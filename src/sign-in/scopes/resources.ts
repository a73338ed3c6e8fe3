import { EvergrantError } from '../../errors/index.js';

/** RFC 9562, in the lower case in which we write ids. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whether a URL is an MCP endpoint of ours, letter by letter (RFC 8707, section 2): all mailboxes of a person, or one
 * instance, which need not exist.
 */
export function isMcpResource(url: string, publicUrl: string): boolean {
  const all = `${publicUrl}/mcp`;
  return url === all || (url.startsWith(`${all}/`) && uuid.test(url.slice(all.length + 1)));
}

/** @throws EvergrantError `NOT_FOUND` for what is no id of an instance, and need not exist */
export function requireInstanceId(text: string): void {
  if (!uuid.test(text)) throw new EvergrantError('NOT_FOUND');
}
