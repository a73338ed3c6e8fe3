import { gmailTools } from '../../src/gmail-mcp/tools/index.js';

const core = gmailTools.filter(({ toolset }) => toolset === 'core');

/** All tools of an instance that names no toolsets, in the order in which they are listed. */
export const toolNames = core.map(({ name }) => name);

/** Those of one that may only read. */
export const readingToolNames = core.filter(({ writes }) => !writes).map(({ name }) => name);
