import { createDraft } from './create-draft.tool.js';
import type { GmailTool } from './define-tool.js';
import { getConnectionStatus } from './get-connection-status.tool.js';
import { getMessage } from './get-message.tool.js';
import { getThread } from './get-thread.tool.js';
import { listLabels } from './list-labels.tool.js';
import { modifyMessageLabels } from './modify-message-labels.tool.js';
import { searchMessages } from './search-messages.tool.js';
import { sendMessage } from './send-message.tool.js';

/** Every tool of the endpoint, in the order in which clients see them. */
export const gmailTools: readonly GmailTool[] = [
  searchMessages,
  getMessage,
  getThread,
  listLabels,
  modifyMessageLabels,
  createDraft,
  sendMessage,
  getConnectionStatus,
];

export type { GmailTool } from './define-tool.js';
