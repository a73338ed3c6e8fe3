import type { Implementation } from '@modelcontextprotocol/server';
import type { Instance } from '../../instances/index.js';
import type { McpOptions } from '../mcp-options.js';
import { mailboxName } from '../naming/mailbox-name.js';

type NamedMailbox = Pick<Instance, 'email' | 'name'>;

/** How the server names itself to clients: an agent with two mailboxes tells them apart by the title. */
export function serverInfo({ serverVersion }: McpOptions, mailbox: NamedMailbox): Implementation {
  return { name: 'evergrant', title: `Evergrant: ${mailboxName(mailbox)}`, version: serverVersion };
}
