import type { Implementation } from '@modelcontextprotocol/server';
import { readableText } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import type { McpOptions } from '../mcp-options.js';

type NamedMailbox = Pick<Instance, 'email' | 'name'>;

/** How the server names itself to clients: an agent with two mailboxes tells them apart by the title. */
export function serverInfo({ serverVersion }: McpOptions, mailbox: NamedMailbox): Implementation {
  return { name: 'evergrant', title: `Evergrant: ${mailboxName(mailbox)}`, version: serverVersion };
}

/** Its address; before it was ever connected, the name of the instance. On one line. */
export function mailboxName({ email, name }: NamedMailbox): string {
  return readableText(email ?? name).replaceAll(/\s+/g, ' ');
}
