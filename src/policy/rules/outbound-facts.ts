import type { OutboundActKind } from '../../identity/index.js';
import type { SecretFinding } from '../secrets/secret-finding.js';

/** How well the mailbox knows an address, by its mail; one about whom that could not be found out is `new`. */
export type RecipientStanding = 'written_to' | 'heard_from' | 'new';

/** One to whom something is to go. */
export interface RecipientFact {
  /** The bare address, without a name. */
  address: string;
  standing: RecipientStanding;
  /** Sent, or was sent, mail of the conversation that the act belongs to. */
  inConversation: boolean;
}

/** A file that is to go along. */
export interface FileFact {
  name: string;
  /** From the conversation that the act belongs to, from other mail of the mailbox, or given by the caller. */
  origin: 'conversation' | 'other_mail' | 'upload';
}

/** A conversation whose words stand in a text that is to leave. */
export interface CopiedFact {
  threadId: string;
  /** All whom its mail is from or to, in small letters. */
  participants: ReadonlySet<string>;
}

/**
 * Acts that send one message. What unsubscribes goes where the list's own mail says, and says nothing of the mailbox: its
 * recipient counts as heard from and as in the conversation.
 */
export interface MessageFacts {
  kind: Extract<OutboundActKind, 'send' | 'reply' | 'forward' | 'send_draft' | 'unsubscribe'>;
  recipients: readonly RecipientFact[];
  files: readonly FileFact[];
  findings: readonly SecretFinding[];
  /** Other conversations than its own. */
  copied: readonly CopiedFact[];
}

/**
 * Acts after which mail goes on leaving by itself, or others may send; and those that ask a list's server to end a
 * subscription, which go to no recipient and say nothing but what the list's own mail says.
 */
export interface StandingFacts {
  kind: Extract<OutboundActKind, 'forwarding_filter' | 'forwarding' | 'delegate' | 'unsubscribe'>;
  recipients: readonly RecipientFact[];
}

/** Answers to those who write meanwhile. */
export interface VacationFacts {
  kind: 'vacation';
  audience: 'anyone' | 'contacts' | 'domain';
  findings: readonly SecretFinding[];
  copied: readonly CopiedFact[];
}

/** What is known of an act before it is decided on. */
export type OutboundFacts = MessageFacts | StandingFacts | VacationFacts;
