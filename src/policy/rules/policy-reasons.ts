import type { OutboundActKind } from '../../identity/index.js';

/** Which rule an act met; stable, for programs. */
export const policyReasonCodes = [
  'act_kind',
  'conversation',
  'new_recipient',
  'recipient_unreadable',
  'recipient_denied',
  'recipient_not_allowed',
  'recipient_unknown',
  'open_audience',
  'outside_file',
  'secret',
  'other_conversation',
  'other_conversation_text',
] as const;
export type PolicyReasonCode = (typeof policyReasonCodes)[number];

/** Why an act is asked about or denied. */
export interface PolicyReason {
  code: PolicyReasonCode;
  /** What it is about: addresses, names of files, masked places. */
  subjects: readonly string[];
}

interface Sentences {
  /** For the person who decides, who sees all. */
  person: (subjects: readonly string[]) => string;
  /** For the model: no name of a file and nothing of a text, which others may have written. */
  model: (subjects: readonly string[]) => string;
}

const reasonSentences = {
  act_kind: {
    person: () => 'Acts of this kind are decided on by a person',
    model: () => 'acts of this kind are not done without a person',
  },
  conversation: {
    person: () => 'Mail within a conversation is decided on by a person',
    model: () => 'mail within a conversation is not sent without a person',
  },
  new_recipient: {
    person: (addresses) => `The mailbox has never written to ${listed(addresses)}`,
    model: (addresses) => `the mailbox has never written to ${listed(addresses)}`,
  },
  recipient_unreadable: {
    person: () => 'There is a recipient that cannot be read as an address',
    model: () => 'there is a recipient that cannot be read as an address',
  },
  recipient_denied: {
    person: (addresses) => `Nothing may go to ${listed(addresses)}`,
    model: (addresses) => `nothing may go to ${listed(addresses)}`,
  },
  recipient_not_allowed: {
    person: (addresses) => `Mail may go to named recipients only, and not to ${listed(addresses)}`,
    model: (addresses) => `mail may go to named recipients only, and not to ${listed(addresses)}`,
  },
  recipient_unknown: {
    person: (addresses) => `The mailbox has neither written to nor heard from ${listed(addresses)}`,
    model: (addresses) => `the mailbox has neither written to nor heard from ${listed(addresses)}`,
  },
  open_audience: {
    person: () => 'It answers people who cannot be told beforehand',
    model: () => 'it answers people who cannot be told beforehand',
  },
  outside_file: {
    person: (names) => `Files from outside the conversation go along: ${listed(names)}`,
    model: (names) => `${counted(names, 'file')} from outside the conversation would go along`,
  },
  secret: {
    person: (places) => `It holds what looks like a secret: ${listed(places)}`,
    model: (places) => `it holds what looks like a secret (${counted(places, 'place')})`,
  },
  other_conversation: {
    person: (names) =>
      `Files of other mail go to people to whom the mailbox has never written: ${listed(names)}`,
    model: (names) =>
      `${counted(names, 'file')} of other mail would go to people to whom the mailbox has never written`,
  },
  other_conversation_text: {
    person: (threads) =>
      `Words of other mail go to people who take no part in it and to whom the mailbox has never written: ` +
      `they are from the conversation ${listed(threads)}`,
    model: (threads) =>
      `words of ${counted(threads, 'other conversation')} would go to people who do not take part in it, and to whom ` +
      `the mailbox has never written`,
  },
} as const satisfies Record<PolicyReasonCode, Sentences>;

/** A reason as the person reads it who decides. */
export function reasonForPerson({ code, subjects }: PolicyReason): string {
  return reasonSentences[code].person(subjects);
}

/** A reason as the model is told, to stand within a sentence. */
export function reasonForModel({ code, subjects }: PolicyReason): string {
  return reasonSentences[code].model(subjects);
}

/** What an act is called in a sentence. */
export const actNames = {
  send: 'a new message',
  reply: 'a reply',
  forward: 'a forwarded message',
  send_draft: 'a draft',
  unsubscribe: 'an unsubscription',
  forwarding_filter: 'a filter that forwards',
  vacation: 'a vacation responder',
  forwarding: 'the forwarding of all mail',
  delegate: 'a delegate of the mailbox',
} as const satisfies Record<OutboundActKind, string>;

const mostListed = 5;

function listed(subjects: readonly string[]): string {
  const shown = subjects.slice(0, mostListed).join(', ');
  const more = subjects.length - mostListed;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function counted(subjects: readonly string[], noun: string): string {
  return subjects.length === 1 ? `one ${noun}` : `${subjects.length} ${noun}s`;
}
