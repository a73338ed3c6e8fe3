import type { Resource, ResourceTemplateType } from '@modelcontextprotocol/server';
import { mailboxUri } from '../tools/changes/mailbox-uri.js';
import { getProfile } from '../tools/mailbox/get-profile.tool.js';
import { getMessage } from '../tools/reading/get-message.tool.js';
import { getThread } from '../tools/reading/get-thread.tool.js';
import type { GmailTool } from '../tools/index.js';

/** The call of a tool that reads a resource: there is no second reader beside the tools. */
export interface ResourceRead {
  tool: GmailTool;
  input: Record<string, unknown>;
}

export const resourceMimeType = 'text/plain';

interface MailResource {
  template: ResourceTemplateType;
  tool: GmailTool;
  /** The argument of the tool that the id in the URI is. */
  argument: string;
}

const mailResources: readonly MailResource[] = [
  {
    template: {
      uriTemplate: 'gmail://message/{id}',
      name: 'message',
      title: 'Message',
      description: 'One message as a person sees it, with its addresses and attachments',
      mimeType: resourceMimeType,
    },
    tool: getMessage,
    argument: 'messageId',
  },
  {
    template: {
      uriTemplate: 'gmail://thread/{id}',
      name: 'thread',
      title: 'Conversation',
      description: 'A conversation, newest message first, with what repeats older messages folded',
      mimeType: resourceMimeType,
    },
    tool: getThread,
    argument: 'threadId',
  },
];

/** The one resource that is listed: of the others there are too many. */
export const mailboxResource: Resource = {
  uri: mailboxUri,
  name: 'mailbox',
  title: 'Mailbox',
  description:
    'The address of the mailbox and how much is in it; updated while it is watched (watch_mailbox)',
  mimeType: resourceMimeType,
};

/** What reads the resource of a URI; null where there is none of its kind. Whether it exists, only reading it tells. */
export function resourceRead(uri: string): ResourceRead | null {
  if (uri === mailboxUri) return { tool: getProfile, input: {} };
  for (const { template, tool, argument } of mailResources) {
    const prefix = template.uriTemplate.replace('{id}', '');
    if (uri.startsWith(prefix)) return { tool, input: { [argument]: uri.slice(prefix.length) } };
  }
  return null;
}

/** The templates of what these tools can read. */
export function resourceTemplatesOf(toolNames: ReadonlySet<string>): ResourceTemplateType[] {
  return mailResources.filter(({ tool }) => toolNames.has(tool.name)).map(({ template }) => template);
}
