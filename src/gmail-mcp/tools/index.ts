import type { GmailTool } from './define-tool.js';
import { getConnectionStatus } from './get-connection-status.tool.js';
import { getMessage } from './get-message.tool.js';
import { searchMessages } from './search-messages.tool.js';

/** Every tool of the endpoint, in the order in which clients see them. */
export const gmailTools: readonly GmailTool[] = [searchMessages, getMessage, getConnectionStatus];

export type { GmailTool } from './define-tool.js';
