import { gmailTools } from '../../src/gmail-mcp/tools/index.js';

/** All tools, in the order in which they are listed. */
export const toolNames = gmailTools.map(({ name }) => name);

/** Those of an instance that may only read. */
export const readingToolNames = gmailTools.filter(({ writes }) => !writes).map(({ name }) => name);
