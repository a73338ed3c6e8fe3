import { createDraft } from './writing/create-draft.tool.js';
import { getAttachment } from './attachments/get-attachment.tool.js';
import type { GmailTool } from './define-tool.js';
import { getConnectionStatus } from './mailbox/get-connection-status.tool.js';
import { getMessages } from './reading/get-messages.tool.js';
import { listChanges } from './changes/list-changes.tool.js';
import { getProfile } from './mailbox/get-profile.tool.js';
import { searchThreads } from './searching/search-threads.tool.js';
import { getMessage } from './reading/get-message.tool.js';
import { getThread } from './reading/get-thread.tool.js';
import { listLabels } from './mailbox/list-labels.tool.js';
import { modifyMessageLabels } from './writing/modify-message-labels.tool.js';
import { searchMessages } from './searching/search-messages.tool.js';
import { sendMessage } from './writing/send-message.tool.js';

/** Every tool of the endpoint, in the order in which clients see them. */
export const gmailTools: readonly GmailTool[] = [
  searchMessages,
  searchThreads,
  getMessage,
  getMessages,
  getThread,
  getAttachment,
  listLabels,
  getProfile,
  listChanges,
  modifyMessageLabels,
  createDraft,
  sendMessage,
  getConnectionStatus,
];

export type { GmailTool, UnavailableTool } from './define-tool.js';
