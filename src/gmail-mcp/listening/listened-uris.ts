import type { MailboxChange } from '../../instances/index.js';
import { mayWatch, usableTools } from '../calls/tools-of-instance.js';
import { resourceRead } from '../resources/mail-resources.js';
import type { OpenedInstance } from '../tool-permission.js';
import { mailboxUri } from '../tools/changes/mailbox-uri.js';

/** More than that is easier told as the mailbox. */
export const mostUris = 200;

/** What of these URIs is told of when it changes: resources of ours that the instance may read. */
export function listenedUris(uris: readonly unknown[], instance: OpenedInstance): string[] {
  if (!mayWatch(instance)) return [];
  const usable = new Set(usableTools(instance));
  const known = uris.filter((uri): uri is string => {
    const read = typeof uri === 'string' ? resourceRead(uri) : null;
    return read !== null && usable.has(read.tool);
  });
  return [...new Set(known)].slice(0, mostUris);
}

/** Which of these URIs a change is an update of. */
export function updatedUris(
  uris: readonly string[],
  { messageIds, threadIds }: Pick<MailboxChange, 'messageIds' | 'threadIds'>,
): string[] {
  const isUpdated = (uri: string): boolean => {
    if (uri === mailboxUri) return true;
    const { messageId, threadId } = resourceRead(uri)?.input ?? {};
    if (typeof messageId === 'string') return messageIds === null || messageIds.includes(messageId);
    return typeof threadId === 'string' && (threadIds === null || threadIds.includes(threadId));
  };
  return uris.filter(isUpdated);
}
