import type { z } from 'zod';
import type { Fence, Line } from '../answers/fence.js';
import { failedText } from '../failed-reads.js';
import type { messageItem } from './message-items.js';
import { messageText } from './message-text.js';

/** One of the messages asked for, or why it is not here; of those that did not fit the answer tells together. */
export function itemText(item: z.output<typeof messageItem>, fence: Fence): Line[] {
  const { id, status, errorCode, retryAfterSeconds } = item;
  switch (status) {
    case 'ok':
      return messageText(item, fence);
    case 'not_found':
      return [fence.own(`message ${id}: not_found`)];
    case 'failed':
      return failedText('message', [{ id, errorCode: errorCode ?? '', retryAfterSeconds }], fence);
    case 'not_read':
      return [];
  }
}
