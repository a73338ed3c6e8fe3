import type { Tool } from '@modelcontextprotocol/server';
import { usableTools } from '../calls/tools-of-instance.js';
import type { OpenedInstance } from '../tool-permission.js';
import { type GmailTool, gmailTools } from '../tools/index.js';
import { listMailboxes } from './list-mailboxes.js';

/** The argument that every tool has here: which mailbox. */
export const mailboxArgument = 'mailbox';

/** Tools that look into all mailboxes if none is named. */
const spanning: ReadonlySet<string> = new Set(['search_messages', 'search_threads', 'get_connection_status']);

export function spansMailboxes({ name }: GmailTool): boolean {
  return spanning.has(name);
}

const toolsByName = new Map(gmailTools.map((tool) => [tool.name, tool]));

/** A tool of the endpoint of all mailboxes, where none has a prefix. */
export function toolNamed(name: string): GmailTool | undefined {
  return toolsByName.get(name);
}

/** `list_mailboxes` stands beside it here, which is to be called first. */
const otherwiseSaid = new Map([['get_connection_status', 'Tells more of how a mailbox is connected.']]);

/** What it means is said once, in the server's instructions: an agent pays for the list before it has asked anything. */
const listings = new Map(gmailTools.map(({ name, listing }) => [name, withMailbox(listing)] as const));

function withMailbox({ inputSchema, ...listing }: Tool): Tool {
  const properties = { ...inputSchema.properties, [mailboxArgument]: { type: 'string' } };
  const description = otherwiseSaid.get(listing.name) ?? listing.description;
  return {
    ...listing,
    ...(description !== undefined && { description }),
    inputSchema: { ...inputSchema, properties },
  };
}

/** The names of the tools that can be used in one of the mailboxes at least. */
export function usableNames(instances: readonly OpenedInstance[]): ReadonlySet<string> {
  return new Set(instances.flatMap((instance) => usableTools(instance).map(({ name }) => name)));
}

/** Those tools as clients see them, and the one that tells the mailboxes. */
export function listedTools(instances: readonly OpenedInstance[]): Tool[] {
  const usable = usableNames(instances);
  return [
    ...gmailTools.flatMap(({ name }) => (usable.has(name) ? (listings.get(name) ?? []) : [])),
    listMailboxes.listing,
  ];
}
