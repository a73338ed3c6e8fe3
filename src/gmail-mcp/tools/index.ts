import { createDraft } from './writing/create-draft.tool.js';
import type { GmailTool } from './define-tool.js';
import { getConnectionStatus } from './reading/get-connection-status.tool.js';
import { getMessage } from './reading/get-message.tool.js';
import { getThread } from './reading/get-thread.tool.js';
import { listLabels } from './reading/list-labels.tool.js';
import { modifyMessageLabels } from './writing/modify-message-labels.tool.js';
import { searchMessages } from './reading/search-messages.tool.js';
import { sendMessage } from './writing/send-message.tool.js';

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

export type { GmailTool, UnavailableTool } from './define-tool.js';
