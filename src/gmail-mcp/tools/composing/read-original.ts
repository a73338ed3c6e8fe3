import { EvergrantError } from '../../../errors/index.js';
import { type GmailMessage, repliedHeaders } from '../../../gmail/index.js';
import type { ToolContext } from '../define-tool.js';

/**
 * The message that a mail answers: all of it, or where that is not needed what ties a reply to it.
 * @param field the argument that has the id
 * @throws EvergrantError `NOT_FOUND` naming the field
 */
export async function readOriginal(
  messageId: string,
  { field, whole }: { field: string; whole: boolean },
  { mailbox }: ToolContext,
): Promise<GmailMessage> {
  const headers = { format: 'metadata', metadataHeaders: repliedHeaders } as const;
  try {
    return await mailbox.getMessage(messageId, whole ? { format: 'full' } : headers);
  } catch (error) {
    if (!(error instanceof EvergrantError) || error.code !== 'NOT_FOUND') throw error;
    throw new EvergrantError('NOT_FOUND', {
      field,
      message: `There is no message with the id in "${field}"`,
      cause: error,
    });
  }
}
