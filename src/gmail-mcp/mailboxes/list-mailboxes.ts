import { z } from 'zod';
import type { Instance, PersonScope } from '../../instances/index.js';
import { toolListing, type UnavailableTool, unavailableText } from '../tools/index.js';

type MailboxState = 'connected' | 'sign_in_required' | 'not_connected' | 'in_trouble';

/** Each in words, for a model. */
const stateWords = {
  connected: 'connected',
  sign_in_required: 'its owner has to sign in again',
  not_connected: 'not connected yet',
  in_trouble: 'does not work now and needs no sign-in: it is tried again',
} as const satisfies Record<MailboxState, string>;

type Told = Pick<Instance, 'oauthStatus' | 'requiresReauth' | 'errorCode'>;

export function mailboxState({ oauthStatus, requiresReauth, errorCode }: Told): MailboxState {
  if (oauthStatus === 'pending') return 'not_connected';
  if (requiresReauth) return 'sign_in_required';
  return errorCode === null ? 'connected' : 'in_trouble';
}

/** A mailbox as the tool tells it. */
export interface ListedMailbox {
  /** What the argument `mailbox` of other tools takes. */
  mailbox: string;
  instanceId: string;
  state: MailboxState;
  /** What the caller may do there, in scopes of ours. */
  scopes: readonly PersonScope[];
  unavailableTools: UnavailableTool[];
  /** For its owner to open, once, within ten minutes. */
  connectUrl?: string;
}

interface ListedMailboxes {
  mailboxes: ListedMailbox[];
  /** For the user to open, to connect one more, or one with more permissions. */
  connectAnotherUrl: string;
  /** For the user to open, to let the client do more, once, within ten minutes. */
  allowMoreUrl?: string;
}

/** The tool that the endpoint of all mailboxes has beside those of each. */
export const listMailboxes = {
  name: 'list_mailboxes',
  listing: toolListing({
    name: 'list_mailboxes',
    title: 'List mailboxes',
    description:
      'Tells the mailboxes and whether each works: use it when a tool fails or is missing. A connectUrl is for a ' +
      'person to open: show it and wait.',
    inputSchema: z.strictObject({}),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  }),
};

/** The answer as text. */
export function listedText({
  mailboxes,
  connectAnotherUrl,
  allowMoreUrl,
}: ListedMailboxes): (string | false)[] {
  return [
    mailboxes.length === 0 && 'No mailbox is connected.',
    ...mailboxes.flatMap(({ mailbox: name, instanceId, state, scopes, unavailableTools, connectUrl }) => [
      `${onOneLine(name)}: ${stateWords[state]} (instance ${instanceId})`,
      `  you may: ${scopes.join(', ') || 'nothing'}`,
      ...unavailableText(unavailableTools).map((line) => `  ${line}`),
      connectUrl !== undefined && `  for its owner to open, once, within ten minutes: ${connectUrl}`,
    ]),
    `To connect another mailbox, or one with more permissions, the user opens ${connectAnotherUrl}`,
    allowMoreUrl !== undefined &&
      `To let you do more in them, the user opens, once, within ten minutes: ${allowMoreUrl}`,
  ];
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
